#include "retraind/pipeline/retrain_loop.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/pipeline/training_time_rules.hpp"
#include "retraind/retrain/publish_planner.hpp"

namespace retraind::pipeline {

using ledger::training_record;
using ledger::training_state;

std::string_view to_string(training_state state) {
    switch (state) {
    case training_state::intended:
        return "intended";
    case training_state::running:
        return "running";
    case training_state::completed:
        return "completed";
    case training_state::published:
        return "published";
    case training_state::not_needed:
        return "not_needed";
    case training_state::failed:
        return "failed";
    case training_state::timed_out:
        return "timed_out";
    }
    return "unknown";
}

retrain_loop::retrain_loop(shared& common, service_contact& contact, readiness& health,
                           project_identity project, retrain::options options,
                           std::optional<retrain::publish_options> publish, ended_listener ended)
    : common_(common),
      project_(std::move(project)),
      health_(health),
      options_(options),
      pursuit_(common, contact, health, project_, options, status_),
      publish_options_(std::move(publish)),
      ended_(std::move(ended)),
      wakeup_(common.loop) {
    status_.state = "idle";
    if (publish_options_) {
        publisher_.emplace(common, contact, health, project_, *publish_options_);
    }
}

void retrain_loop::on_confirmed() {
    at_rest_ = false;
    wakeup_.notify();
}

void retrain_loop::publish_again() {
    if (unpublished_) {
        publish_at_ = common_.time.now();
        wakeup_.notify();
    }
}

task<void> retrain_loop::run() {
    const auto stopping = common_.stop.subscribe([this] { wakeup_.notify(); });
    co_await resume();
    while (!common_.stop.requested()) {
        co_await decide();
    }
}

task<void> retrain_loop::resume() {
    std::optional<ledger::training_facts> known;
    while (!known && !common_.stop.requested()) {
        known = co_await facts();
    }
    if (!known || !known->last) {
        co_return;
    }
    training_record last = *known->last;
    remember_last(last);
    if (last.state == training_state::intended || last.state == training_state::running) {
        last = co_await pursuit_.finish(last, false);
        co_await conclude(last);
    } else if (last.state == training_state::completed && publisher_) {
        co_await publish(last);
    }
}

task<void> retrain_loop::decide() {
    if (unpublished_ && common_.time.now() >= publish_at_) {
        training_record again = *unpublished_;
        co_await publish(std::move(again));
    }
    const std::optional<ledger::training_facts> known = co_await facts();
    if (!known) {
        co_return;
    }
    const wall_time now = common_.time.wall();
    const retrain::training_decision decision =
        retrain::decide_training(options_, decidable(*known), now);
    status_.state = "idle";
    status_.reason = decision.reason;
    if (decision.train) {
        co_await train(decision);
        co_return;
    }
    at_rest_ = !decision.ask_again || decision.closed;
    mono_time due = unpublished_ ? publish_at_ : mono_time::max();
    if (decision.ask_again) {
        due = std::min(due, common_.time.now() + (*decision.ask_again - now));
    }
    co_await wakeup_.wait_until(due);
    at_rest_ = false;
}

task<void> retrain_loop::train(retrain::training_decision decision) {
    const std::optional<training_record> begun = co_await pursuit_.begin();
    if (!begun) {
        co_return;
    }
    common_.events.emit({event_name::training_due,
                         severity::info,
                         project_.label,
                         decision.never_quiet
                             ? fmt::format("{}; the folder is never quiet", decision.reason)
                             : decision.reason,
                         {}});
    const training_record ended = co_await pursuit_.finish(*begun, true);
    co_await conclude(ended);
}

task<void> retrain_loop::conclude(training_record ended) {
    co_await read_uses();
    remember_last(ended);
    ended_();
    failure_.reset();
    if (ended.state == training_state::failed || ended.state == training_state::timed_out) {
        failure_ = fmt::format("training failed: {}", ended.detail);
    }
    if (ended.state == training_state::completed && publisher_) {
        co_await publish(ended);
    }
}

task<void> retrain_loop::publish(training_record trained) {
    status_.state = "publishing";
    if (!trained.iteration) {
        co_return;
    }
    const bool done = co_await publisher_->publish(*trained.iteration);
    if (done) {
        health_.clear("publish");
        unpublished_.reset();
        failure_.reset();
        published_ = {{publish_options_->name, retraind::to_string(*trained.iteration)}};
        trained.state = training_state::published;
        co_await pursuit_.keep(trained);
        remember_last(trained);
    } else if (publisher_->refusal()) {
        failure_ = *publisher_->refusal() + "; it is tried again every hour, and after SIGUSR1";
        health_.block("publish", *failure_);
        unpublished_ = std::move(trained);
        publish_at_ = common_.time.now() + retrain::refused_publish_every;
    }
}

task<std::optional<ledger::training_facts>> retrain_loop::facts() {
    result<ledger::training_facts> known = co_await common_.memory.training(project_.id);
    if (known) {
        health_.clear("ledger");
        co_await read_uses();
        co_return std::move(*known);
    }
    health_.block("ledger", known.error().message);
    const duration pause = std::chrono::seconds(5);
    co_await common_.stop.sleep_for(pause);
    co_return std::nullopt;
}

/// Where that fails the next look makes up for it: nothing is decided by it.
task<void> retrain_loop::read_uses() {
    const wall_time since = month_begin(common_.time.wall());
    result<std::vector<ledger::training_use>> found =
        co_await common_.memory.training_uses(project_.id, since);
    if (found) {
        uses_ = std::move(*found);
    }
}

training_status retrain_loop::status() const {
    training_status now = status_;
    if (now.last) {
        now.used_seconds = used_this_month(uses_, common_.time.wall()).count();
    }
    return now;
}

retrain::training_facts retrain_loop::decidable(const ledger::training_facts& known) const {
    retrain::training_facts facts;
    facts.confirmed = known.confirmed_since_training;
    facts.first_confirmed = known.first_confirmed_since;
    facts.last_confirmed = known.last_confirmed;
    facts.last_training = pursuit_.stranger_seen();
    if (!known.last) {
        return facts;
    }
    const bool failed = known.last->state == training_state::failed ||
                        known.last->state == training_state::timed_out;
    if (failed) {
        facts.last_failure = known.last->changed_at;
        facts.confirmed_since_failure = known.last_confirmed > known.last->changed_at ? 1 : 0;
    }
    // One that the service never began (too few pictures, a limit) cost nothing and cools nothing.
    if (!failed || known.last->iteration) {
        facts.last_training = std::max(facts.last_training.value_or(known.last->intended_at),
                                       known.last->intended_at);
    }
    return facts;
}

void retrain_loop::remember_last(const training_record& record) {
    training_result last;
    last.iteration = record.iteration ? retraind::to_string(*record.iteration) : "";
    last.result = to_string(record.state);
    last.at = record.changed_at;
    status_.last = last;
    if (record.state == training_state::published && publish_options_) {
        published_ = {{publish_options_->name, last.iteration}};
    }
}

} // namespace retraind::pipeline
