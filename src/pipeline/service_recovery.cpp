#include "retraind/pipeline/service_recovery.hpp"

#include <string>
#include <utility>

#include "retraind/pipeline/tagging_rules.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::verdict;

task<void> service_recovery::after(failure why) {
    shared& common = project_.common;
    if (why.meaning == verdict::abandoned) {
        co_return;
    }
    if (says_read_only(why)) {
        project_.capacity.on_read_only_refusal();
        project_.ask_capacity();
        co_return;
    }
    ++failures_in_a_row_;
    project_.emit(event_name::batch_failed, severity::warning, why.cause.message,
                  {{"status", why.status}, {"code", why.code}, {"request_id", why.request_id}});
    const bool stopped_by_service = why.meaning == verdict::unauthorised ||
                                    why.meaning == verdict::missing_project ||
                                    why.meaning == verdict::needs_operator;
    // One failure among successes is not worth a page at night; two in a row say that it is stuck.
    if (stopped_by_service || (failures_in_a_row_ > 1 && why.meaning != verdict::throttled)) {
        project_.health.block(source_, why.cause.message);
    }
    const duration pause = patience_.after(why, common.random());
    co_await common.stop.sleep_for(pause);
    if (stopped_by_service) {
        co_await until_a_read_goes_through();
    }
}

/// The key or the project is back; whether it takes what is sent, the next request tells.
task<void> service_recovery::until_a_read_goes_through() {
    shared& common = project_.common;
    while (!common.stop.requested()) {
        const result<void> key = co_await common.reload_key();
        if (!key) {
            project_.health.block(source_, key.error().message);
        }
        const customvision::answer<customvision::project> looked =
            co_await common.client.get_project(project_.identity.id);
        if (project_.contact.heard(looked, common.time.now())) {
            co_return;
        }
        const duration pause = patience_.after(looked.error(), common.random());
        co_await common.stop.sleep_for(pause);
    }
}

task<void> service_recovery::put_off() {
    const failure later{};
    const duration pause = patience_.after(later, project_.common.random());
    co_await project_.common.stop.sleep_for(pause);
}

void service_recovery::on_judged() {
    patience_.success();
    failures_in_a_row_ = 0;
    project_.health.clear(source_);
}

} // namespace retraind::pipeline
