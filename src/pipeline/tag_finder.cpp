#include "retraind/pipeline/tag_finder.hpp"

#include <utility>

#include <fmt/format.h>

#include "retraind/pipeline/tagging_rules.hpp"

namespace retraind::pipeline {

task<std::optional<intake::tag_resolution>> tag_finder::find(intake::labels wanted,
                                                             bool create_tags) {
    while (!project_.common.stop.requested()) {
        if (project_.capacity.read_only() && project_.tags.lacks(wanted, create_tags)) {
            co_return std::nullopt;
        }
        customvision::answer<intake::tag_resolution> found =
            co_await project_.tags.resolve(wanted, create_tags);
        const bool answered = found || !passes_by_itself(found.error());
        if (answered) {
            project_.health.clear(source_);
            patience_.success();
        }
        if (found) {
            co_return std::move(*found);
        }
        if (answered && says_read_only(found.error())) {
            project_.capacity.on_read_only_refusal();
            project_.ask_capacity();
            co_return std::nullopt;
        }
        if (answered) {
            co_return hold(found.error());
        }
        co_await wait_after(found.error());
    }
    co_return std::nullopt;
}

intake::tag_resolution tag_finder::hold(const customvision::failure& why) {
    return intake::held{fmt::format("its tag cannot be made: {}", why.cause.message)};
}

task<void> tag_finder::wait_after(customvision::failure why) {
    if (why.meaning != customvision::verdict::throttled) {
        project_.health.block(source_, why.cause.message);
    }
    const duration pause = patience_.after(why, project_.common.random());
    co_await project_.common.stop.sleep_for(pause);
    const result<void> key = co_await project_.common.reload_key();
    if (!key) {
        project_.health.block(source_, key.error().message);
    }
}

} // namespace retraind::pipeline
