// What a request that failed costs: nothing that was planned, and time.
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "retraind/batch/bisection_planner.hpp"
#include "retraind/intake/wire_names.hpp"
#include "retraind/pipeline/answer_rules.hpp"
#include "upload_sending.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::verdict;

task<void> upload_loop::recover(failure why) {
    if (why.meaning == verdict::shrink) {
        budget_.on_too_large();
    }
    co_await recovery_.after(std::move(why));
}

task<void> upload_loop::bisect(std::vector<batch::item> items, failure why) {
    project_.emit(event_name::batch_failed, severity::warning,
                  fmt::format("a request was refused as a whole; looking for the picture: {}",
                              why.cause.message),
                  {{"images", items.size()}, {"code", why.code}, {"request_id", why.request_id}});
    std::unordered_map<batch::item_id, batch::item> by_id;
    std::vector<batch::item_id> ids;
    for (batch::item& item : items) {
        ids.push_back(item.id);
        by_id.emplace(item.id, std::move(item));
    }
    batch::bisection_planner search(ids);
    std::vector<batch::item> again;
    std::optional<failure> broken;
    while (!broken) {
        const std::optional<std::vector<batch::item_id>> part = search.next();
        if (!part) {
            break;
        }
        std::vector<batch::item> chosen;
        for (const batch::item_id id : *part) {
            chosen.push_back(by_id.at(id));
        }
        sending batch = prepare(chosen);
        const bool answered = co_await send(batch);
        if (answered) {
            co_await take_results(batch);
            again.insert(again.end(), batch.again.begin(), batch.again.end());
            search.on_accepted();
        } else if (batch.refused->meaning == verdict::refused_batch) {
            search.on_refused();
            why = *batch.refused;
        } else {
            broken = *batch.refused;
            drop_changed(batch);
        }
    }
    for (const batch::item_id id : search.culprits()) {
        ends_.hold(id,
                   fmt::format("the service refuses every request with it: {}", why.cause.message));
    }
    if (broken) {
        co_await recover(*broken);
    }
    for (const batch::item_id id : search.pending()) {
        if (project_.slots.find(id) != nullptr) {
            again.push_back(by_id.at(id));
        }
    }
    if (!again.empty()) {
        put_back(std::move(again));
    }
}

/// A form's length is known once its pictures were read: what came out larger than planned is
/// planned with it, and goes in smaller batches.
void upload_loop::take_sizes(sending& batch) {
    const std::vector<std::uint64_t>& measured = batch.refused->entry_bytes;
    for (std::size_t at = 0; at < batch.items.size(); ++at) {
        batch.items[at].encoded_bytes = measured[at] + intake::wire_name_slack;
    }
}

void upload_loop::hold_if_too_large(sending& batch) {
    if (batch.items.size() != 1 || batch.refused->meaning != verdict::shrink) {
        return;
    }
    journey* each = project_.slots.find(batch.items.front().id);
    if (each != nullptr && ++each->attempts >= most_attempts) {
        ends_.hold(each->number, fmt::format("{} bytes do not get through, even alone: {}",
                                             each->bytes_to_send(), batch.refused->cause.message));
    }
}

std::vector<batch::item> upload_loop::still_planned(const sending& batch) {
    std::vector<batch::item> items;
    for (const batch::item& item : batch.items) {
        if (journey* each = project_.slots.find(item.id)) {
            each->at = journey::stage::planned;
            items.push_back(item);
        }
    }
    return items;
}

void upload_loop::drop_changed(sending& batch) {
    for (std::size_t at = 0; at < batch.items.size(); ++at) {
        const std::optional<error>& failed = batch.streams[at]->failure();
        if (!failed) {
            continue;
        }
        if (failed->code == errc::changed) {
            ends_.changed(batch.items[at].id);
        } else {
            ends_.abandon(batch.items[at].id);
        }
    }
}

} // namespace retraind::pipeline
