#include "retraind/pipeline/intake_loop.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/truncation_rules.hpp"

namespace retraind::pipeline {
namespace {

/// Pictures looked at in one hop to the file threads.
constexpr std::size_t group_size = 64;

} // namespace

intake_loop::intake_loop(project_state& project, settler& ends, upload_loop& uploads,
                         tagging_loop& tagging, std::size_t most_shrunken)
    : project_(project),
      ends_(ends),
      uploads_(uploads),
      tagging_(tagging),
      sidecars_(project, ends),
      tags_(project, "tags"),
      wakeup_(project.common.loop),
      most_shrunken_(most_shrunken) {}

void intake_loop::arrive(std::size_t folder, watch::found_file file) {
    const journey& started = project_.slots.start(folder, std::move(file));
    project_.emit(event_name::file_found, severity::debug, "found",
                  {{"path", project_.folder_of(started).absolute(started.file.path)}});
    arrived_.push_back(started.number);
    wakeup_.notify();
}

void intake_loop::resume(const std::vector<journey_number>& journeys) {
    arrived_.insert(arrived_.end(), journeys.begin(), journeys.end());
    wakeup_.notify();
}

task<void> intake_loop::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    while (!project_.common.stop.requested()) {
        look_again_at_incomplete();
        co_await sidecars_.look_again();
        if (arrived_.empty() && !may_shrink() && !may_find_tags()) {
            mono_time due = std::min(incomplete_.next_due(), sidecars_.next_due());
            if (project_.common.time.now() < shrink_at_) {
                due = std::min(due, shrink_at_);
            }
            co_await wakeup_.wait_until(due);
            continue;
        }
        busy_ = true;
        if (may_find_tags()) {
            numbers again = std::exchange(without_tags_, {});
            co_await plan_and_settle(std::move(again));
        }
        // One large picture between two groups: neither keeps the other waiting.
        if (!arrived_.empty()) {
            co_await handle(take_group());
        }
        if (may_shrink()) {
            co_await shrink_next();
        }
        busy_ = false;
    }
}

intake_loop::numbers intake_loop::take_group() {
    const std::size_t size = std::min(group_size, arrived_.size());
    numbers group(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(size));
    arrived_.erase(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(size));
    return group;
}

task<void> intake_loop::handle(numbers group) {
    settled_batch ended;
    numbers whole = co_await probe(std::move(group), ended);
    whole = co_await sidecars_.attach(std::move(whole), ended);
    whole = label(whole, ended);
    whole = co_await without_duplicates(std::move(whole), ended);
    if (!ended.files.empty()) {
        // What has its outcome does not wait for a tag that cannot be made now.
        co_await ends_.settle(std::move(ended));
    }
    take_too_large(whole);
    co_await plan_and_settle(std::move(whole));
}

task<intake_loop::numbers> intake_loop::probe(numbers group, settled_batch& ended) {
    struct question {
        std::string path;
        file_identity identity;
        intake::picture_limits limits;
    };
    std::vector<question> questions;
    for (const journey_number number : group) {
        const journey& each = *project_.slots.find(number);
        questions.push_back(
            {project_.folder_of(each).absolute(each.file.path), each.file.identity,
             intake::limits_for(project_.folder_of(each).options().intake.too_large)});
    }
    auto look = [&questions] {
        std::vector<result<intake::verdict>> found;
        found.reserve(questions.size());
        for (const question& each : questions) {
            found.push_back(intake::probe_file(each.path, each.identity, each.limits));
        }
        return found;
    };
    std::vector<result<intake::verdict>> found = co_await project_.files.run(look);
    numbers whole;
    for (std::size_t at = 0; at < group.size(); ++at) {
        judge(*project_.slots.find(group[at]), std::move(found[at]), whole, ended);
    }
    co_return whole;
}

void intake_loop::judge(journey& each, result<intake::verdict> found, numbers& whole,
                        settled_batch& ended) {
    incomplete_.met(each.folder, each.file.path, each.file.print);
    if (!found) {
        judge_error(each, found.error(), ended);
        return;
    }
    if (const auto* part = std::get_if<intake::incomplete>(&*found)) {
        judge_incomplete(each, *part, ended);
        return;
    }
    incomplete_.forget(each.file.print);
    if (const auto* refusal = std::get_if<intake::refusal>(&*found)) {
        ended.files.push_back(rejected(each.number, *refusal));
        return;
    }
    each.shape = std::get<intake::picture>(*found);
    each.too_large = intake::must_shrink(each.shape, each.file.identity.size);
    whole.push_back(each.number);
}

void intake_loop::judge_error(journey& each, const error& why, settled_batch& ended) {
    switch (why.code) {
    case errc::changed:
        ends_.changed(each.number);
        return;
    case errc::denied:
    case errc::io:
        // A share that hiccups and a writer that grants access last both heal by themselves.
        wait_or_reject(each, why.message, intake::refuse_unreadable(why.message), ended);
        return;
    case errc::invalid:
        ended.files.push_back(rejected(each.number, intake::refuse_unreadable(why.message)));
        return;
    default:
        ends_.abandon(each.number);
        return;
    }
}

void intake_loop::judge_incomplete(journey& each, const intake::incomplete& found,
                                   settled_batch& ended) {
    const auto never = std::chrono::hours(24 * 365);
    const std::optional<intake::refusal> truncated =
        intake::refuse_truncated(found, never, std::chrono::seconds(0));
    wait_or_reject(each, found.sentence + "; waiting for its end", *truncated, ended);
}

void intake_loop::wait_or_reject(journey& each, const std::string& sentence,
                                 const intake::refusal& in_the_end, settled_batch& ended) {
    const duration patience = project_.folder_of(each).options().intake.truncated_after;
    const mono_time now = project_.common.time.now();
    const mono_time since = incomplete_.unchanged_since(each.file.print, each.file.first_seen);
    if (now - since >= patience) {
        incomplete_.forget(each.file.print);
        ended.files.push_back(rejected(each.number, in_the_end));
        return;
    }
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    project_.emit(event_name::file_waiting, severity::info,
                  fmt::format("{}: {}", printable(path), sentence), {{"path", path}});
    incomplete_.wait({each.folder, each.file.print, each.file.path}, since + patience);
    ends_.set_aside(each.number);
}

intake_loop::numbers intake_loop::label(const numbers& whole, settled_batch& ended) {
    numbers labelled;
    for (const journey_number number : whole) {
        journey& each = *project_.slots.find(number);
        intake::labelling labelling = sidecars_.label(each);
        if (const auto* held = std::get_if<intake::held>(&labelling)) {
            ends_.hold(each.number, held->sentence);
            continue;
        }
        const auto& wanted = std::get<intake::labels>(labelling);
        each.labels = wanted.names;
        if (const auto mixed = intake::refuse_mixed_labels(wanted)) {
            ended.files.push_back(rejected(each.number, *mixed));
            continue;
        }
        labelled.push_back(number);
    }
    return labelled;
}

task<void> intake_loop::plan_and_settle(numbers group) {
    settled_batch refused;
    co_await plan(std::move(group), refused);
    if (!refused.files.empty()) {
        co_await ends_.settle(std::move(refused));
    }
}

/// It keeps its slot: nothing is sent meanwhile, so nobody else needs it.
void intake_loop::wait_for_tags(const journey& each) {
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    project_.emit(event_name::file_waiting, severity::info,
                  fmt::format("{}: its tag is made when the service lets the project be written to "
                              "again; it keeps it read-only for now (drModeEnabled)",
                              printable(path)),
                  {{"path", path}});
    without_tags_.push_back(each.number);
}

task<void> intake_loop::plan(numbers group, settled_batch& ended) {
    for (const journey_number number : group) {
        journey& each = *project_.slots.find(number);
        intake::labels wanted;
        wanted.names = each.existing ? each.missing : each.labels;
        const bool create = project_.folder_of(each).options().intake.create_tags;
        const std::optional<intake::tag_resolution> resolution =
            co_await tags_.find(std::move(wanted), create);
        if (!resolution && project_.common.stop.requested()) {
            ends_.abandon(number);
        } else if (!resolution) {
            wait_for_tags(each);
        } else if (const auto* tags = std::get_if<intake::resolved_tags>(&*resolution)) {
            each.tags = tags->ids;
            const bool placed = co_await sidecars_.place_regions(each);
            if (!placed) {
                ends_.abandon(number);
            } else if (each.existing) {
                tagging_.add(each, *each.existing, false);
            } else {
                uploads_.add(each);
            }
        } else if (const auto* held = std::get_if<intake::held>(&*resolution)) {
            ends_.hold(number, held->sentence);
        } else {
            ended.files.push_back(rejected(number, std::get<intake::refusal>(*resolution)));
        }
    }
}

void intake_loop::look_again_at_incomplete() {
    for (const auto& file : incomplete_.due(project_.common.time.now())) {
        project_.folders[file.folder]->look_again_at(file.print, file.path);
    }
}

} // namespace retraind::pipeline
