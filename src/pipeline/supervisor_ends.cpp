// How a run ends: by a signal, or with `--once` because all is done.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "retraind/base/units.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {
namespace {

constexpr auto requests_end_within = std::chrono::seconds(15);
constexpr auto process_ends_within = std::chrono::seconds(20);
constexpr auto once_gives_up_after = std::chrono::minutes(10);

} // namespace

task<void> supervisor::end_on_signals() {
    const auto [failed, number] = co_await ends_.async_wait(use_tuple);
    if (failed) {
        co_return;
    }
    say(event_name::daemon_stopping, severity::info,
        "stopping: no new pictures are taken, requests under way may end");
    stop_.request();
    boost::asio::co_spawn(loop_, insist_on_the_end(), [](const std::exception_ptr&) {});
    const auto [again_failed, again] = co_await ends_.async_wait(use_tuple);
    if (!again_failed) {
        abort_everything();
    }
}

task<void> supervisor::insist_on_the_end() {
    insistence_.expires_after(requests_end_within);
    const auto [ended_before] = co_await insistence_.async_wait(use_tuple);
    if (ended_before) {
        co_return;
    }
    say(event_name::daemon_stopping, severity::warning, "abandoning the requests under way");
    abort_everything();
    insistence_.expires_after(process_ends_within - requests_end_within);
    const auto [ended_late] = co_await insistence_.async_wait(use_tuple);
    if (ended_late) {
        co_return;
    }
    say(event_name::daemon_stopped, severity::warning,
        "ended without waiting for a file call that does not return");
    // A thread that hangs in the kernel can be neither joined nor cancelled.
    std::_Exit(options_.code_of(result_));
}

task<void> supervisor::scan_on_signals() {
    while (true) {
        const auto [failed, number] = co_await scans_.async_wait(use_tuple);
        if (failed) {
            co_return;
        }
        for (const auto& project : projects_) {
            project->runner().scan_now();
        }
    }
}

task<void> supervisor::watch_for_the_end() {
    while (!stop_.requested()) {
        if (const std::optional<run_result> verdict = once_verdict()) {
            result_ = *verdict;
            stop_.request();
            boost::asio::co_spawn(loop_, insist_on_the_end(), [](const std::exception_ptr&) {});
            co_return;
        }
        const duration look_every = std::chrono::milliseconds(50);
        co_await stop_.sleep_for(look_every);
    }
    result_ = run_result::failed; // a signal came before the end
}

std::optional<run_result> supervisor::once_verdict() {
    if (link_->contact().key_refused()) {
        return run_result::key_refused;
    }
    if (link_->contact().silent_for(time_.now()) > once_gives_up_after) {
        say(event_name::daemon_stopping, severity::error,
            fmt::format("giving up after {} without one answered request: {}",
                        format_duration(once_gives_up_after), link_->contact().last_failure()));
        return run_result::failed;
    }
    bool finished = true;
    bool trained_well = true;
    for (const auto& project : projects_) {
        if (project->runner().gave_up() || project->runner().stuck(time_.now())) {
            return run_result::failed;
        }
        finished = finished && project->runner().finished();
        trained_well = trained_well && !project->runner().training_failure();
    }
    if (!finished) {
        return std::nullopt;
    }
    return trained_well ? run_result::done : run_result::failed;
}

void supervisor::count_files() {
    outcome_totals all;
    std::size_t held = 0;
    std::size_t waiting = 0;
    std::size_t unreadable = 0;
    for (const auto& project : projects_) {
        const outcome_totals& each = project->runner().session();
        all.confirmed += each.confirmed;
        all.duplicate += each.duplicate;
        all.held_out += each.held_out;
        all.removed += each.removed;
        all.rejected += each.rejected;
        held += project->runner().held();
        waiting += project->runner().waiting();
        unreadable += project->runner().unreadable_folders();
    }
    fmt::print("confirmed {}, duplicate {}, held out {}, removed {}, rejected {}, held {}, "
               "waiting {}\n",
               all.confirmed, all.duplicate, all.held_out, all.removed, all.rejected, held,
               waiting);
    std::fflush(stdout);
    if (result_ == run_result::done && all.rejected + held + waiting + unreadable > 0) {
        result_ = run_result::files_left;
    }
}

} // namespace retraind::pipeline
