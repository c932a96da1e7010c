#include "retraind/pipeline/project_runner.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/pipeline/file_call_rules.hpp"
#include "retraind/pipeline/project_setup.hpp"
#include "running_project.hpp"

namespace retraind::pipeline {
namespace {

/// Two threads a project: a hung share stops this project and no other.
constexpr std::size_t file_threads = 2;
/// How long `--once` waits for files that are settling or lack their end.
constexpr duration once_settles_within = std::chrono::minutes(1);

} // namespace

project_runner::project_runner(shared& common, service_contact& contact,
                               config::project_block options, const config::service_block& service)
    : common_(common),
      contact_(contact),
      options_(std::move(options)),
      service_(service),
      health_(common.events, options_.label()),
      files_(common.loop, file_threads) {}

project_runner::~project_runner() = default;

task<void> project_runner::run() {
    std::optional<customvision::project> found = co_await find_project();
    if (!found) {
        co_return;
    }
    const bool prepared = co_await prepare(std::move(*found));
    if (!prepared) {
        co_return;
    }
    runtime::task_group loops(
        common_.loop, [this](const std::exception_ptr& thrown) { common_.internal_error(thrown); });
    health_.clear("start");
    if (only_list_) {
        sending_ = true;
        running_->lists.send_once(*only_list_);
    } else {
        spawn_watching(loops);
    }
    loops.spawn(running_->lists.run());
    loops.spawn(running_->tagging.run());
    loops.spawn(running_->capacity.run());
    co_await loops.wait();
}

void project_runner::spawn_watching(runtime::task_group& loops) {
    for (const auto& watcher : running_->watchers) {
        loops.spawn(watcher->run());
    }
    loops.spawn(running_->intake.run());
    loops.spawn(running_->uploads.run());
    loops.spawn(running_->access.run());
    loops.spawn(refresh_tags());
    if (running_->retraining) {
        loops.spawn(running_->retraining->run());
    }
}

task<std::optional<customvision::project>> project_runner::find_project() {
    patience patient;
    while (!common_.stop.requested()) {
        const result<void> key = co_await common_.reload_key();
        if (!key) {
            health_.block("start", key.error().message);
            gave_up_ = key.error().message;
            const duration pause = std::chrono::seconds(10);
            co_await common_.stop.sleep_for(pause);
            continue;
        }
        const customvision::answer<customvision::project> found =
            co_await find_or_create_project(common_, contact_, options_);
        if (found) {
            gave_up_.reset();
            co_return *found;
        }
        const customvision::failure why = found.error();
        health_.block("start", why.cause.message);
        if (why.meaning == customvision::verdict::missing_project || !passes_by_itself(why)) {
            gave_up_ = why.cause.message;
        }
        const duration pause = patient.after(why, common_.random());
        co_await common_.stop.sleep_for(pause);
    }
    co_return std::nullopt;
}

task<bool> project_runner::prepare(customvision::project found) {
    running_ = std::make_unique<running>(common_, contact_, health_, options_, service_, files_,
                                         std::move(found));
    patience patient;
    while (!common_.stop.requested()) {
        const result<void> key = co_await common_.reload_key();
        const customvision::answer<bool> tags = co_await running_->tags.refresh();
        if (tags) {
            break;
        }
        health_.block("start", key ? tags.error().cause.message : key.error().message);
        const duration pause = patient.after(tags.error(), common_.random());
        co_await common_.stop.sleep_for(pause);
    }
    co_await running_->capacity.look();
    const bool remembered = co_await remember_known_files();
    co_return remembered;
}

task<bool> project_runner::remember_known_files() {
    const project_id id = running_->state.identity.id;
    while (!common_.stop.requested()) {
        const result<ledger::totals> totals = co_await common_.memory.count(id);
        bool good = totals.has_value();
        std::string problem = good ? "" : totals.error().message;
        for (const auto& folder : running_->state.folders) {
            const result<void> known = co_await remember_known_files(*folder);
            if (!known) {
                good = false;
                problem = known.error().message;
                break;
            }
        }
        if (good) {
            running_->state.totals = {totals->confirmed, totals->duplicate, totals->held_out,
                                      totals->removed, totals->rejected};
            co_return true;
        }
        health_.block("ledger", problem);
        const duration pause = std::chrono::seconds(5);
        co_await common_.stop.sleep_for(pause);
    }
    co_return false;
}

task<result<void>> project_runner::remember_known_files(folder_port& folder) {
    remembered_visitor remember = [this, &folder](const ledger::remembered_file& each) {
        if (each.result != outcome::rejected || !rejected_anew_) {
            folder.remember(each.print);
        }
    };
    result<void> gone_through = co_await go_through_remembered(folder, std::move(remember));
    co_return gone_through;
}

task<result<void>> project_runner::go_through_remembered(folder_port& folder,
                                                         remembered_visitor visit) {
    constexpr std::size_t files_a_hop = 4096;
    const project_id id = running_->state.identity.id;
    const std::string path = folder.options().watch.path;
    std::optional<std::string> after = "";
    while (after) {
        result<ledger::remembered_part> part =
            co_await common_.memory.remembered_files(id, path, *after, files_a_hop);
        if (!part) {
            co_return tl::unexpected(std::move(part.error()));
        }
        for (const ledger::remembered_file& each : part->files) {
            visit(each);
        }
        after = std::move(part->next);
    }
    co_return result<void>();
}

task<void> project_runner::refresh_tags() {
    constexpr int rounds_in_an_hour = 4;
    for (int round = 1;; ++round) {
        const duration pause = std::chrono::minutes(15);
        const bool stopping = co_await common_.stop.sleep_for(pause);
        if (stopping) {
            co_return;
        }
        const customvision::answer<bool> differs = co_await running_->tags.refresh();
        if (differs.value_or(false) || round % rounds_in_an_hour == 0) {
            // What a held picture waited for (a tag, room, a person) may be there now.
            look_again();
        }
    }
}

void project_runner::scan_now() {
    if (!running_) {
        return;
    }
    for (const auto& watcher : running_->watchers) {
        watcher->scan_now();
    }
    if (running_->retraining) {
        running_->retraining->publish_again();
    }
}

std::optional<project_id> project_runner::id() const {
    return running_ ? std::optional(running_->state.identity.id) : std::nullopt;
}

void project_runner::look_again() {
    if (running_) {
        for (const auto& folder : running_->state.folders) {
            folder->look_again();
        }
        running_->lists.look_again();
    }
}

bool project_runner::all_scanned() const {
    return std::all_of(running_->watchers.begin(), running_->watchers.end(),
                       [](const auto& watcher) { return watcher->first_pass_done(); });
}

bool project_runner::patience_is_over() const {
    return running_->scanned_at &&
           common_.time.now() - *running_->scanned_at >= once_settles_within;
}

bool project_runner::finished() const {
    if (running_ && only_list_) {
        return sending_ && (running_->lists.idle() || running_->lists.stopped());
    }
    if (!running_) {
        return false;
    }
    if (waits_for_service()) {
        return rests_while_waiting();
    }
    if (!all_scanned()) {
        return false;
    }
    if (!running_->scanned_at) {
        running_->scanned_at = common_.time.now();
    }
    // What settles or lacks its end has a minute; what waits for a slot gets one.
    if ((unsettled() > 0 && !patience_is_over()) ||
        waiting() > unsettled() + running_->state.slots.size()) {
        return false;
    }
    const bool idle = running_->intake.idle() && running_->uploads.idle() &&
                      running_->lists.idle() && running_->state.slots.size() == 0;
    return idle && (!running_->retraining || running_->retraining->at_rest());
}

/// What waits for room or for a writable project waits longer than one run.
bool project_runner::waits_for_service() const {
    const bool read_only = running_->state.capacity.read_only();
    return running_->uploads.stopped() || running_->lists.stopped() ||
           (read_only && (!running_->tagging.idle() || running_->intake.waits_for_tags()));
}

bool project_runner::rests_while_waiting() const {
    // A pass for whose files there are no slots left goes no further before the service does.
    const bool seen =
        std::all_of(running_->watchers.begin(), running_->watchers.end(), [](const auto& watcher) {
            return watcher->first_pass_done() || watcher->counts().paused;
        });
    return seen && running_->intake.idle() && running_->uploads.none_under_way() &&
           (running_->lists.stopped() || running_->lists.idle()) &&
           (running_->state.capacity.read_only() || running_->tagging.idle()) &&
           (!running_->retraining || running_->retraining->at_rest());
}

std::optional<std::string> project_runner::gave_up() const {
    if (gave_up_ || !running_) {
        return gave_up_;
    }
    for (const auto& watcher : running_->watchers) {
        if (!watcher->first_pass_done() && watcher->not_ready()) {
            return watcher->not_ready();
        }
    }
    return running_->lists.failure();
}

std::optional<std::string> project_runner::training_failure() const {
    return running_ && running_->retraining ? running_->retraining->failure() : std::nullopt;
}

bool project_runner::stuck(mono_time now) {
    constexpr duration for_good = std::chrono::minutes(10);
    if (health_.ready() && !trouble()) {
        not_ready_since_.reset();
        return false;
    }
    not_ready_since_ = not_ready_since_.value_or(now);
    return now - *not_ready_since_ > for_good;
}

const outcome_totals& project_runner::session() const {
    static const outcome_totals none;
    return running_ ? running_->state.session : none;
}

std::size_t project_runner::held() const {
    std::size_t held = 0;
    if (running_) {
        held = running_->lists.held();
        for (const auto& folder : running_->state.folders) {
            held += folder->held();
        }
    }
    return held;
}

std::size_t project_runner::unsettled() const {
    std::size_t unsettled = 0;
    if (running_) {
        unsettled += running_->intake.incomplete();
        for (const auto& watcher : running_->watchers) {
            unsettled += watcher->counts().settling;
        }
    }
    return unsettled;
}

std::size_t project_runner::waiting() const {
    std::size_t waiting = 0;
    if (running_) {
        waiting += running_->intake.incomplete();
        for (const auto& watcher : running_->watchers) {
            const watch::watch_counts counts = watcher->counts();
            waiting += counts.settling + counts.waiting;
        }
        waiting += running_->state.slots.size() + running_->lists.waiting();
    }
    return waiting;
}

std::size_t project_runner::unreadable_folders() const {
    std::size_t unreadable = 0;
    if (running_) {
        for (const auto& watcher : running_->watchers) {
            unreadable += watcher->counts().unreadable_folders;
        }
    }
    return unreadable;
}

std::optional<std::string> project_runner::trouble() const {
    std::optional<std::string> reasons = judge_file_calls(files_.running(), common_.time.now());
    for (std::size_t at = 0; running_ && at < running_->watchers.size(); ++at) {
        if (const auto& reason = running_->watchers[at]->not_ready()) {
            reasons = reasons ? *reasons + "; " + *reason : *reason;
        }
    }
    const auto& refused = contact_.key_refused();
    if (refused && health_.ready()) {
        reasons = reasons ? *reasons + "; " + *refused : *refused;
    }
    return reasons;
}

project_status project_runner::status() const {
    project_status now;
    now.name = options_.label();
    now.reason = health_.reason();
    if (running_) {
        running_->fill(now);
    } else {
        now.reason = now.reason.value_or("starting");
    }
    if (const auto found = trouble()) {
        now.reason = now.reason ? *now.reason + "; " + *found : *found;
    }
    now.ready = !now.reason;
    return now;
}

} // namespace retraind::pipeline
