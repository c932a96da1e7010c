#include "retraind/pipeline/training_pursuit.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/units.hpp"
#include "retraind/pipeline/retrain_loop.hpp"
#include "retraind/pipeline/training_time_rules.hpp"

namespace retraind::pipeline {
namespace {

using customvision::answer;
using customvision::failure;
using customvision::verdict;
using ledger::training_record;
using ledger::training_state;
using retrain::progress;

bool is_open(const training_record& record) {
    return record.state == training_state::intended || record.state == training_state::running;
}

event_name event_of(training_state state) {
    switch (state) {
    case training_state::not_needed:
        return event_name::training_not_needed;
    case training_state::completed:
        return event_name::training_completed;
    default:
        return event_name::training_failed;
    }
}

} // namespace

training_pursuit::training_pursuit(shared& common, service_contact& contact, readiness& health,
                                   project_identity project, retrain::options options,
                                   training_status& status)
    : common_(common),
      contact_(contact),
      health_(health),
      project_(std::move(project)),
      options_(options),
      status_(status) {}

task<std::optional<training_record>> training_pursuit::begin() {
    const std::optional<views> before = co_await iterations();
    if (!before) {
        co_return std::nullopt;
    }
    if (retrain::find_running(*before)) {
        co_await wait_for_stranger();
        co_return std::nullopt;
    }
    training_record record;
    record.known = retrain::iterations_before(*before);
    record.intended_at = common_.time.wall();
    record.changed_at = record.intended_at;
    const result<std::int64_t> number =
        co_await common_.memory.intend_training(project_.id, record.known, record.intended_at);
    if (!number) {
        health_.block("ledger", number.error().message);
        const duration pause = std::chrono::seconds(5);
        co_await common_.stop.sleep_for(pause);
        co_return std::nullopt;
    }
    health_.clear("ledger");
    record.number = *number;
    co_return record;
}

task<training_record> training_pursuit::finish(training_record record, bool never_asked) {
    bool look_first = !never_asked;
    unclear_ = !never_asked; // a restart does not know whether the call went out
    while (is_open(record) && !common_.stop.requested()) {
        if (record.iteration) {
            co_await follow(record);
            continue;
        }
        if (std::exchange(look_first, true)) {
            const std::optional<views> now = co_await iterations();
            if (!now) {
                continue;
            }
            if (const auto own = retrain::recognise_own(record.known, *now)) {
                record.iteration = own->id;
                record.state = training_state::running;
                common_.events.emit({event_name::training_recognised,
                                     severity::info,
                                     project_.label,
                                     "found the training that was asked for before",
                                     {{"iteration", to_string(own->id)}}});
                co_await keep(record);
                continue;
            }
            if (retrain::find_running(*now)) {
                co_await wait_for_stranger();
                continue;
            }
        }
        co_await ask(record);
    }
    co_return record;
}

task<void> training_pursuit::ask(training_record& record) {
    status_.state = "training";
    customvision::train_request wanted;
    wanted.budget_hours = options_.budget_hours;
    if (options_.advanced) {
        wanted.type = customvision::training_type::advanced;
    }
    wanted.selected_tags = co_await tags_to_train();
    const answer<customvision::iteration> started =
        co_await common_.client.train(project_.id, wanted);
    if (contact_.heard(started, common_.time.now())) {
        patience_.success();
        record.iteration = started->id;
        record.state = training_state::running;
        common_.events.emit({event_name::training_started,
                             severity::info,
                             project_.label,
                             fmt::format("training \"{}\"", started->name),
                             {{"iteration", to_string(started->id)}}});
        co_await keep(record);
        co_return;
    }
    const failure& why = started.error();
    take_answer(record, why);
    if (!is_open(record)) {
        co_await keep(record);
        co_return;
    }
    if (why.code == "BadRequestTrainingAlreadyInProgress") {
        if (unclear_) {
            // The one that runs may be ours, from the call whose answer was lost: look again.
            co_await wait_for_stranger();
        } else {
            co_await disown_running(record);
        }
        co_return;
    }
    unclear_ = unclear_ || why.meaning == verdict::retry || why.meaning == verdict::shrink;
    co_await pause_after(why);
}

task<std::vector<tag_id>> training_pursuit::tags_to_train() {
    const answer<std::vector<customvision::tag>> tags =
        co_await common_.client.get_tags(project_.id);
    std::vector<tag_id> enough;
    std::string left_out;
    if (!contact_.heard(tags, common_.time.now())) {
        co_return enough; // the service judges for itself then
    }
    for (const customvision::tag& each : *tags) {
        if (each.image_count >= project_.least_images_per_tag) {
            enough.push_back(each.id);
        } else if (each.image_count > 0) {
            left_out +=
                fmt::format("{}{} ({})", left_out.empty() ? "" : ", ", each.name, each.image_count);
        }
    }
    if (left_out.empty()) {
        co_return std::vector<tag_id>();
    }
    status_.reason = fmt::format("left out for fewer than {} pictures: {}",
                                 project_.least_images_per_tag, left_out);
    common_.events.emit(
        {event_name::training_waiting, severity::warning, project_.label, status_.reason, {}});
    co_return enough;
}

task<void> training_pursuit::disown_running(training_record& record) {
    // A clear answer: the one that runs is not ours, so it must never be taken for ours later.
    while (!common_.stop.requested()) {
        if (const std::optional<views> now = co_await iterations()) {
            record.known = retrain::iterations_before(*now);
            co_await keep(record);
            co_await wait_for_stranger();
            co_return;
        }
    }
    // Stopping before it is known which one runs: with the intent closed, the next start begins
    // anew.
    close(record, training_state::failed, "somebody else was training this project");
    co_await keep(record);
}

void training_pursuit::take_answer(training_record& record, const failure& why) {
    if (why.code.starts_with("BadRequestTrainingNotNeeded")) {
        close(record, training_state::not_needed, "nothing changed since the last training");
    } else if (why.code != "BadRequestTrainingAlreadyInProgress" && !passes_by_itself(why)) {
        close(record, training_state::failed, why.cause.message);
    }
}

task<void> training_pursuit::follow(training_record& record) {
    status_.state = "training";
    const answer<customvision::iteration> now =
        co_await common_.client.get_iteration(project_.id, *record.iteration);
    const wall_time at = common_.time.wall();
    if (!contact_.heard(now, common_.time.now())) {
        if (now.error().code == "NotFoundIteration") {
            // What it took is used up all the same.
            record.used = time_since(record.intended_at, at);
            close(record, training_state::failed,
                  "the iteration was deleted while it was training");
            co_await keep(record);
            co_return;
        }
        co_await pause_after(now.error());
        co_return;
    }
    patience_.success();
    const auto running_for = at - record.intended_at;
    record.used = time_used(*now, record.intended_at, at);
    switch (retrain::progress_of(now->status)) {
    case progress::completed:
        co_await complete(record);
        co_return;
    case progress::failed:
        close(record, training_state::failed,
              now->error_details.empty() ? "the service says only that it failed"
                                         : now->error_details);
        break;
    default:
        if (running_for < options_.deadline) {
            status_.reason =
                fmt::format("{} for {}", now->status,
                            format_duration(std::chrono::floor<std::chrono::seconds>(running_for)));
            co_await common_.stop.sleep_for(retrain::poll_interval(running_for));
            co_return;
        }
        // It goes on there; what it took when it was given up is the least that it takes.
        record.used = time_since(record.intended_at, at);
        close(record, training_state::timed_out,
              fmt::format("not done within {}", format_duration(options_.deadline)));
    }
    co_await keep(record);
}

task<void> training_pursuit::complete(training_record& record) {
    const answer<customvision::performance> scores =
        co_await common_.client.get_performance(project_.id, *record.iteration);
    if (!contact_.heard(scores, common_.time.now()) && passes_by_itself(scores.error())) {
        co_await pause_after(scores.error());
        co_return;
    }
    if (scores) {
        record.precision = scores->precision;
        record.recall = scores->recall;
    }
    close(record, training_state::completed, "");
    co_await keep(record);
}

void training_pursuit::close(training_record& record, training_state state, std::string detail) {
    record.state = state;
    record.detail = std::move(detail);
    event said{event_name::training_failed, severity::info, project_.label, "trained", {}};
    said.name = event_of(state);
    if (said.name == event_name::training_failed) {
        said.level = severity::error;
        said.sentence = fmt::format("training failed: {}", record.detail);
    } else if (state == training_state::not_needed) {
        said.sentence = record.detail;
    }
    said.fields.emplace_back("result", pipeline::to_string(state));
    if (record.iteration) {
        said.fields.emplace_back("iteration", to_string(*record.iteration));
    }
    if (record.precision) {
        said.fields.emplace_back("precision", *record.precision);
        said.fields.emplace_back("recall", record.recall.value_or(0));
    }
    common_.events.emit(said);
}

task<void> training_pursuit::keep(training_record record) {
    record.changed_at = common_.time.wall();
    while (true) {
        const result<void> kept = co_await common_.memory.update_training(project_.id, record);
        if (kept) {
            health_.clear("ledger");
            co_return;
        }
        health_.block("ledger", kept.error().message);
        const duration pause = std::chrono::seconds(5);
        const bool stopping = co_await common_.stop.sleep_for(pause);
        if (stopping) {
            co_return;
        }
    }
}

task<std::optional<training_pursuit::views>> training_pursuit::iterations() {
    const answer<std::vector<customvision::iteration>> all =
        co_await common_.client.get_iterations(project_.id);
    if (!contact_.heard(all, common_.time.now())) {
        co_await pause_after(all.error());
        co_return std::nullopt;
    }
    patience_.success();
    views seen;
    for (const customvision::iteration& each : *all) {
        seen.push_back({each.id, each.status, each.publish_name});
    }
    co_return seen;
}

task<void> training_pursuit::wait_for_stranger() {
    stranger_seen_ = common_.time.wall();
    const std::string reason = "somebody else is training this project";
    if (status_.reason != reason) {
        common_.events.emit(
            {event_name::training_waiting, severity::info, project_.label, reason, {}});
    }
    status_.state = "waiting";
    status_.reason = reason;
    const duration pause = std::chrono::seconds(5);
    co_await common_.stop.sleep_for(pause);
}

task<void> training_pursuit::pause_after(failure why) {
    status_.reason = why.cause.message;
    const duration pause = patience_.after(why, common_.random());
    co_await common_.stop.sleep_for(pause);
    if (why.meaning == verdict::unauthorised) {
        const result<void> key = co_await common_.reload_key();
        if (!key) {
            status_.reason = key.error().message;
        }
    }
}

} // namespace retraind::pipeline
