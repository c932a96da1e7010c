#include "retraind/intake/oversize_rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::intake {
namespace {

/// So large that decoding one takes seconds and not minutes; larger ones are no drop folder's.
constexpr picture_limits shrinkable{
    .max_bytes = std::uint64_t{1} << 30,
    .max_side = 0xFFFF,
    .max_pixels = 500'000'000,
    .whose = "what can be made smaller here has",
    .mend = "make it smaller",
};

} // namespace

picture_limits limits_for(oversize too_large) noexcept {
    return too_large == oversize::shrink ? shrinkable : picture_limits{};
}

bool must_shrink(const picture& whole, std::uint64_t bytes) noexcept {
    const picture_limits limits;
    return bytes > limits.max_bytes || std::max(whole.width, whole.height) > limits.max_side;
}

refusal refuse_unshrinkable(const picture& whole, std::uint64_t bytes, std::string_view why) {
    const bool by_bytes = bytes > picture_limits{}.max_bytes;
    return {std::string(by_bytes ? code::image_size : code::image_dimensions),
            fmt::format("{} bytes, {} x {} pixels, and it cannot be made smaller here: {}",
                        format_count(bytes), format_count(whole.width), format_count(whole.height),
                        why),
            "make it smaller, or export it again"};
}

} // namespace retraind::intake
