// Pictures that are too large: made smaller one after the other, once nothing else is in doubt.
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"
#include "retraind/pipeline/intake_loop.hpp"

namespace retraind::pipeline {
namespace {

/// Smaller pictures that lie in the state folder at once: each is a descriptor and up to 6 MB.
constexpr std::size_t most_shrunken = 32;

std::string pixels(std::uint32_t width, std::uint32_t height) {
    return fmt::format("{} x {}", format_count(width), format_count(height));
}

} // namespace

intake_loop::numbers intake_loop::take_too_large(numbers& whole) {
    numbers found;
    numbers others;
    for (const journey_number number : whole) {
        const bool too_large = project_.slots.find(number)->too_large;
        (too_large ? found : others).push_back(number);
    }
    whole = std::move(others);
    return found;
}

task<void> intake_loop::shrink_and_plan(journey_number number) {
    settled_batch ended;
    if (project_.slots.find(number)->content) {
        // It came back to have its tags found anew, and counts among those that lie there.
        numbers one{number};
        co_await plan(std::move(one), ended);
        if (!ended.files.empty()) {
            co_await ends_.settle(std::move(ended));
        }
        co_return;
    }
    while (project_.slots.shrunken() >= most_shrunken && !project_.common.stop.requested()) {
        co_await wakeup_.wait();
    }
    const journey& before = *project_.slots.find(number);
    oversize_picture picture{project_.folder_of(before).absolute(before.file.path),
                             before.file.identity, before.shape};
    std::string folder = project_.common.state_folder;
    result<shrinking> done = co_await shrink_oversize(project_.files, project_.common.stop,
                                                      std::move(picture), std::move(folder));
    if (!done && done.error().code == errc::full) {
        // Decoding it again at once would find the disk as full.
        project_.health.block("state", done.error().message);
        const duration pause = std::chrono::seconds(5);
        co_await project_.common.stop.sleep_for(pause);
    }
    if (take_smaller(*project_.slots.find(number), std::move(done), ended)) {
        numbers one{number};
        co_await plan(std::move(one), ended);
    }
    if (!ended.files.empty()) {
        co_await ends_.settle(std::move(ended));
    }
}

bool intake_loop::take_smaller(journey& each, result<shrinking> done, settled_batch& ended) {
    if (!done) {
        judge_error(each, done.error(), ended);
        return false;
    }
    project_.health.clear("state");
    if (const auto* refusal = std::get_if<intake::refusal>(&*done)) {
        ended.files.push_back(rejected(each.number, *refusal));
        return false;
    }
    each.content = std::get<std::shared_ptr<const shrunken_picture>>(std::move(*done));
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    const imaging::shrink_attempt& now = each.content->how();
    project_.emit(event_name::file_shrunk, severity::info,
                  fmt::format("{} is made smaller to be sent: from {} pixels and {} bytes to {} "
                              "and {}",
                              printable(path), pixels(each.shape.width, each.shape.height),
                              format_count(each.file.identity.size), pixels(now.width, now.height),
                              format_count(each.content->bytes())),
                  {{"path", path}, {"bytes", each.content->bytes()}});
    return true;
}

} // namespace retraind::pipeline
