#include "retraind/pipeline/capacity_tracker.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace retraind::pipeline {
namespace {

constexpr duration look_while_closed = std::chrono::minutes(1);
constexpr duration look_while_open = std::chrono::minutes(15);
/// A refusal that the count does not explain is believed this long.
constexpr duration believe_refusal = std::chrono::minutes(15);

/// So is one for a mode that the project says it is not in; less than until the next look.
constexpr duration believe_read_only = look_while_closed - std::chrono::seconds(5);

} // namespace

capacity_tracker::capacity_tracker(capacity_status limits) : now_(limits) {}

void capacity_tracker::on_images(std::uint64_t count, mono_time now) {
    now_.images.used = count;
    counted_ = true;
    if (refused_) {
        refused_ = false;
        learned_ = count;
        learned_until_ = now + believe_refusal;
    } else if (learned_ && now >= learned_until_) {
        learned_.reset();
    }
}

void capacity_tracker::on_confirmed(std::uint64_t count) {
    now_.images.used += count;
}

void capacity_tracker::on_read_only(bool read_only, mono_time now) {
    if (std::exchange(read_only_refused_, false) && !read_only) {
        read_only_until_ = now + believe_read_only;
    }
    read_only_ = read_only || now < read_only_until_;
}

void capacity_tracker::on_read_only_refusal() noexcept {
    read_only_ = true;
    read_only_refused_ = true;
}

void capacity_tracker::on_refused() {
    refused_ = true;
}

std::uint64_t capacity_tracker::limit() const {
    return std::min(now_.images.limit, learned_.value_or(now_.images.limit));
}

std::optional<std::uint64_t> capacity_tracker::room(std::uint64_t on_their_way) const {
    if (refused_) {
        return 0;
    }
    if (!counted_) {
        return std::nullopt;
    }
    const std::uint64_t taken = now_.images.used + on_their_way;
    return limit() - std::min(limit(), taken);
}

std::optional<std::string> capacity_tracker::why_full() const {
    if (!full()) {
        return std::nullopt;
    }
    constexpr const char* mend =
        "no picture is uploaded until images are deleted in the portal, or "
        "the resource has a larger tier that is written as service.tier";
    if (refused_ || learned_) {
        return fmt::format("the service takes no more images into the project, which has {} (its "
                           "tier's limit is {}); {}",
                           now_.images.used, now_.images.limit, mend);
    }
    return fmt::format("the project has {} images and its tier takes {}; {}", now_.images.used,
                       now_.images.limit, mend);
}

duration capacity_tracker::look_again_in() const {
    return closed() || !counted_ ? look_while_closed : look_while_open;
}

} // namespace retraind::pipeline
