// Pictures that are too large: made smaller one after the other, as many as there is room for.
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"
#include "retraind/pipeline/intake_loop.hpp"

namespace retraind::pipeline {
namespace {

constexpr duration pause_when_full = std::chrono::seconds(5);

std::string pixels(std::uint32_t width, std::uint32_t height) {
    return fmt::format("{} x {}", format_count(width), format_count(height));
}

} // namespace

void intake_loop::take_too_large(numbers& whole) {
    numbers others;
    for (const journey_number number : whole) {
        const journey& each = *project_.slots.find(number);
        // One that came back has its smaller picture; one that the project has needs none.
        const bool shrinks = each.too_large && !each.content && !each.existing;
        if (!shrinks) {
            others.push_back(number);
            continue;
        }
        too_large_.push_back(number);
        if (project_.slots.shrunken() + too_large_.size() > most_shrunken_) {
            const std::string path = project_.folder_of(each).absolute(each.file.path);
            project_.emit(
                event_name::file_waiting, severity::info,
                fmt::format("{}: made smaller when those before it were sent", printable(path)),
                {{"path", path}});
        }
    }
    whole = std::move(others);
}

bool intake_loop::may_shrink() const {
    return !too_large_.empty() && project_.slots.shrunken() < most_shrunken_ &&
           project_.common.time.now() >= shrink_at_;
}

task<void> intake_loop::shrink_next() {
    const journey_number number = too_large_.front();
    too_large_.pop_front();
    const journey* before = project_.slots.find(number);
    oversize_picture picture{project_.folder_of(*before).absolute(before->file.path),
                             before->file.identity, before->shape};
    std::string folder = project_.common.state_folder;
    result<shrinking> done = co_await shrink_oversize(project_.files, project_.common.stop,
                                                      std::move(picture), std::move(folder));
    if (!done && done.error().code == errc::full) {
        // Decoding it again at once would find the disk as full.
        project_.health.block("state", done.error().message);
        shrink_at_ = project_.common.time.now() + pause_when_full;
        too_large_.push_back(number);
        co_return;
    }
    // The one that found no room has found some, or needs none any more.
    project_.health.clear("state");
    settled_batch ended;
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
