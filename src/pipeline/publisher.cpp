#include "retraind/pipeline/publisher.hpp"

#include <utility>

#include <fmt/format.h>

#include "retraind/retrain/publish_planner.hpp"

namespace retraind::pipeline {

using customvision::answer;
using customvision::failure;
using customvision::verdict;

publisher::publisher(shared& common, service_contact& contact, readiness& health,
                     project_identity project, retrain::publish_options options)
    : common_(common),
      contact_(contact),
      health_(health),
      project_(std::move(project)),
      options_(std::move(options)) {}

task<bool> publisher::publish(iteration_id which) {
    common_.events.emit({event_name::publish_started,
                         severity::debug,
                         project_.label,
                         fmt::format("publishing as \"{}\"", options_.name),
                         {{"iteration", to_string(which)}}});
    unsigned failures = 0;
    while (!common_.stop.requested()) {
        const answer<void> done = co_await attempt(which);
        if (done) {
            refusal_.reset();
            patience_.success();
            common_.events.emit({event_name::published,
                                 severity::info,
                                 project_.label,
                                 fmt::format("published as \"{}\"", options_.name),
                                 {{"iteration", to_string(which)}, {"name", options_.name}}});
            co_return true;
        }
        if (!passes_by_itself(done.error())) {
            refused(which, done.error());
            co_return false;
        }
        if (++failures > 1 && done.error().meaning != verdict::throttled &&
            done.error().meaning != verdict::abandoned) {
            health_.block("publish", fmt::format("the iteration is not published as \"{}\" yet: {}",
                                                 options_.name, done.error().cause.message));
        }
        const duration pause = patience_.after(done.error(), common_.random());
        co_await common_.stop.sleep_for(pause);
        if (done.error().meaning == verdict::unauthorised) {
            // Where there is no key, the next attempt says so.
            const result<void> key = co_await common_.reload_key();
            static_cast<void>(key);
        }
    }
    co_return false;
}

task<answer<void>> publisher::attempt(iteration_id which) {
    const answer<customvision::iteration> now =
        co_await common_.client.get_iteration(project_.id, which);
    if (!contact_.heard(now, common_.time.now())) {
        co_return tl::unexpected(now.error());
    }
    const auto steps = retrain::plan_publish(now->publish_name, options_.name);
    if (!steps.empty() && !common_.client.takes_names_over()) {
        const answer<void> freed = co_await free_the_name(which);
        if (!freed) {
            co_return freed;
        }
    }
    for (const retrain::publish_step step : steps) {
        answer<void> done;
        if (step == retrain::publish_step::unpublish) {
            done = co_await common_.client.unpublish(project_.id, which);
        } else {
            done = co_await common_.client.publish(project_.id, which, options_.name,
                                                   options_.prediction_resource_id, true);
        }
        if (!contact_.heard(done, common_.time.now())) {
            co_return done;
        }
    }
    co_return answer<void>();
}

task<answer<void>> publisher::free_the_name(iteration_id but) {
    const answer<std::vector<customvision::iteration>> all =
        co_await common_.client.get_iterations(project_.id);
    if (!contact_.heard(all, common_.time.now())) {
        co_return tl::unexpected(all.error());
    }
    for (const customvision::iteration& each : *all) {
        if (each.publish_name == options_.name && each.id != but) {
            const answer<void> freed = co_await common_.client.unpublish(project_.id, each.id);
            if (!contact_.heard(freed, common_.time.now())) {
                co_return freed;
            }
        }
    }
    co_return answer<void>();
}

void publisher::refused(iteration_id which, const failure& why) {
    refusal_ = fmt::format("the iteration cannot be published as \"{}\": {}", options_.name,
                           why.cause.message);
    common_.events.emit(
        {event_name::publish_failed,
         severity::error,
         project_.label,
         *refusal_,
         {{"iteration", to_string(which)}, {"code", why.code}, {"request_id", why.request_id}}});
}

} // namespace retraind::pipeline
