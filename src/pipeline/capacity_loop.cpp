#include "retraind/pipeline/capacity_loop.hpp"

#include <utility>

namespace retraind::pipeline {

capacity_loop::capacity_loop(project_state& project, std::function<void()> reopened)
    : project_(project), reopened_(std::move(reopened)), wakeup_(project.common.loop) {}

task<void> capacity_loop::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    while (!project_.common.stop.requested()) {
        const mono_time due = project_.common.time.now() + project_.capacity.look_again_in();
        co_await wakeup_.wait_until(due);
        if (!project_.common.stop.requested()) {
            co_await look();
        }
    }
}

task<void> capacity_loop::look() {
    shared& common = project_.common;
    const bool was_closed = project_.capacity.closed();
    const bool was_read_only = project_.capacity.read_only();
    if (project_.capacity.read_only()) {
        co_await look_at_mode();
    }
    const customvision::answer<std::uint64_t> images =
        co_await common.client.get_image_count(project_.identity.id);
    if (project_.contact.heard(images, common.time.now())) {
        project_.capacity.on_images(*images, common.time.now());
    }
    const customvision::answer<std::vector<customvision::iteration>> iterations =
        co_await common.client.get_iterations(project_.identity.id);
    if (project_.contact.heard(iterations, common.time.now())) {
        project_.capacity.on_iterations(iterations->size());
    }
    say_state();
    const bool writable = was_read_only && !project_.capacity.read_only();
    if (writable || (was_closed && !project_.capacity.closed())) {
        reopened_();
    }
}

task<void> capacity_loop::look_at_mode() {
    const customvision::answer<customvision::project> found =
        co_await project_.common.client.get_project(project_.identity.id);
    if (project_.contact.heard(found, project_.common.time.now())) {
        project_.capacity.on_read_only(found->read_only, project_.common.time.now());
    }
}

void capacity_loop::say_state() {
    if (const auto why = project_.capacity.why_full()) {
        project_.health.block("images", *why);
    } else {
        project_.health.clear("images");
    }
    if (project_.capacity.read_only()) {
        project_.health.block(
            "read_only", "the service keeps this project read-only for now (drModeEnabled), so "
                         "nothing is uploaded; it is asked every minute and goes on by itself; "
                         "if it lasts, see Azure Service Health for the resource's region");
    } else {
        project_.health.clear("read_only");
    }
}

} // namespace retraind::pipeline
