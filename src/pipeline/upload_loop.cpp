#include "retraind/pipeline/upload_loop.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "retraind/intake/wire_names.hpp"
#include "retraind/pipeline/label_share_rules.hpp"
#include "retraind/pipeline/metadata_rules.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "upload_sending.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::verdict;

namespace {

std::vector<std::string> keys_of(const std::vector<tag_id>& tags) {
    std::vector<std::string> keys;
    for (const tag_id& tag : tags) {
        keys.push_back(to_string(tag));
    }
    return keys;
}

/// A picture's entry, but for its name in the batch and its content.
customvision::image_entry entry_of(const journey& each, std::size_t most_tags) {
    label_share labels = share_labels(each.tags, each.regions, most_tags).first;
    customvision::image_entry entry;
    entry.tags = std::move(labels.tags);
    entry.regions = std::move(labels.regions);
    entry.bytes = each.bytes_to_send();
    return entry;
}

/// The most that a body has beside its entries, whichever folder they are of.
std::uint64_t largest_envelope(const project_state& project) {
    std::uint64_t most = project.common.client.envelope_bytes({});
    for (const config::watch_block& folder : project.options.watch) {
        most = std::max(most, project.common.client.envelope_bytes(folder.intake.metadata));
    }
    return most;
}

std::shared_ptr<picture_stream> stream_of(const journey& each, const folder_port& folder) {
    std::string path = folder.absolute(each.file.path);
    if (each.content) {
        return std::make_shared<picture_stream>(
            shrunken_reader(each.content, std::move(path), each.file.identity, each.digest));
    }
    return std::make_shared<picture_stream>(std::move(path), each.file.identity);
}

} // namespace

upload_loop::upload_loop(project_state& project, settler& ends, tagging_loop& tagging,
                         std::size_t requests_in_flight)
    : project_(project),
      ends_(ends),
      tagging_(tagging),
      most_under_way_(requests_in_flight),
      most_tags_(project.options.batch.max_tags),
      planner_(project.options.batch),
      budget_(project.options.batch.max_bytes),
      recovery_(project, "upload"),
      wakeup_(project.common.loop) {}

void upload_loop::add(journey& each) {
    each.at = journey::stage::planned;
    customvision::image_entry entry = entry_of(each, most_tags_);
    batch::item item;
    item.id = each.number;
    item.tags = keys_of(entry.tags);
    item.group = metadata_group(project_.folder_of(each).options().intake.metadata);
    entry.name = intake::wire_name(each.file.path);
    item.encoded_bytes = project_.common.client.entry_bytes(entry);
    // Names that meet in one batch grow by a few bytes (`~2`).
    item.encoded_bytes += intake::wire_name_slack;
    if (!planner_.add(std::move(item), project_.common.time.now())) {
        throw std::logic_error("a picture's first tags are more than a batch takes");
    }
    wakeup_.notify();
}

task<void> upload_loop::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    const std::uint64_t envelope = largest_envelope(project_);
    while (!project_.common.stop.requested()) {
        const std::uint64_t capacity = budget_.current() - std::min(budget_.current(), envelope);
        if (may_start()) {
            if (auto items = planner_.next(project_.common.time.now(), capacity)) {
                start(within_quota(std::move(*items)));
                continue;
            }
        }
        mono_time due = mono_time::max();
        if (may_start()) {
            due = planner_.due_at().value_or(mono_time::max());
        }
        co_await wakeup_.wait_until(due);
    }
    while (under_way_ > 0) {
        co_await wakeup_.wait();
    }
}

void upload_loop::start(std::vector<batch::item> items) {
    ++under_way_;
    const std::size_t images = items.size();
    project_.images_on_their_way += images;
    for (const batch::item& item : items) {
        if (journey* each = project_.slots.find(item.id)) {
            each->at = journey::stage::in_flight;
        }
    }
    boost::asio::co_spawn(project_.common.loop, carry(std::move(items)),
                          [this, images](const std::exception_ptr& thrown) {
                              --under_way_;
                              project_.images_on_their_way -= images;
                              project_.room_freed();
                              wakeup_.notify();
                              if (thrown) {
                                  project_.common.internal_error(thrown);
                              }
                          });
}

task<void> upload_loop::carry(std::vector<batch::item> items) {
    sending batch = prepare(items);
    const bool answered = co_await send(batch);
    bool tags_found_anew = false;
    if (!answered && may_mean_unknown_tag(*batch.refused)) {
        tags_found_anew = co_await find_tags_anew(batch);
    }
    if (answered) {
        co_await take_results(batch);
    } else if (tags_found_anew) {
        batch.again = still_planned(batch);
    } else if (!batch.refused->entry_bytes.empty()) {
        take_sizes(batch);
        batch.again = still_planned(batch);
    } else if (batch.refused->meaning == verdict::refused_batch && batch.items.size() > 1) {
        co_await bisect(batch.items, *batch.refused);
        co_return;
    } else if (batch.refused->meaning == verdict::refused_batch) {
        ends_.hold(batch.items.front().id, fmt::format("the service refuses a request with it: {}",
                                                       batch.refused->cause.message));
        co_return;
    } else {
        drop_changed(batch);
        hold_if_too_large(batch);
        co_await recover(*batch.refused);
        batch.again = still_planned(batch);
    }
    if (!batch.again.empty()) {
        put_back(std::move(batch.again));
    }
}

void upload_loop::put_back(std::vector<batch::item> items) {
    // They have lingered already, and what stands behind them need not wait for them.
    planner_.put_back(std::move(items), project_.common.time.now() - project_.options.batch.linger);
}

upload_loop::sending upload_loop::prepare(const std::vector<batch::item>& items) {
    sending batch;
    std::vector<std::string> paths;
    for (const batch::item& item : items) {
        if (const journey* each = project_.slots.find(item.id)) {
            batch.items.push_back(item);
            paths.push_back(each->file.path);
        }
    }
    batch.names = intake::unique_wire_names(paths);
    for (std::size_t at = 0; at < batch.items.size(); ++at) {
        journey& each = *project_.slots.find(batch.items[at].id);
        batch.streams.push_back(stream_of(each, project_.folder_of(each)));
        // The planner lets only pictures of the same metadata meet.
        batch.wanted.metadata = project_.folder_of(each).options().intake.metadata;
        customvision::image_entry entry = entry_of(each, most_tags_);
        entry.name = batch.names[at];
        entry.content = batch.streams.back();
        batch.wanted.images.push_back(std::move(entry));
    }
    return batch;
}

task<bool> upload_loop::send(sending& batch) {
    project_.emit(event_name::batch_sending, severity::debug,
                  fmt::format("sending {} pictures", batch.items.size()),
                  {{"images", batch.items.size()}});
    // One alone goes whatever its size: no smaller request has it.
    const std::uint64_t most_bytes =
        batch.items.size() > 1 ? budget_.current() : customvision::training_client::any_size;
    customvision::answer<customvision::image_summary> done =
        co_await project_.common.client.create_images_from_files(
            project_.identity.id, std::move(batch.wanted), project_.files, most_bytes);
    if (!recovery_.heard(done)) {
        batch.refused = done.error();
        co_return false;
    }
    batch.answered = std::move(*done);
    budget_.on_success(batch.answered.body_bytes);
    co_return true;
}

} // namespace retraind::pipeline
