#include "retraind/imaging/shrink_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace retraind::imaging {
namespace {

constexpr unsigned most_attempts = 12;

struct quality_step {
    int quality;
    double bytes; ///< about, of the first step's
};

constexpr std::array quality_steps{
    quality_step{92, 1.0},
    quality_step{85, 0.66},
    quality_step{75, 0.48},
};

/// An estimate that is so much above the limit may be wrong, so that it is tried all the same.
constexpr double doubt = 1.1;
/// A picture packs the worse the smaller it is made, so that a little less is aimed at.
constexpr double caution = 0.95;
/// The first rows of a picture may pack far worse than the others.
constexpr double largest_step = 0.3;

double bytes_of(int quality) {
    const auto found = std::ranges::find(quality_steps, quality, &quality_step::quality);
    return found == quality_steps.end() ? 1.0 : found->bytes;
}

} // namespace

shrink_rules::shrink_rules(encoding as, std::uint32_t width, std::uint32_t height,
                           std::uint64_t bytes, const shrink_limits& limits)
    : as_(as),
      width_(width),
      height_(height),
      limits_(limits),
      now_{width, height, as == encoding::jpeg ? quality_steps.front().quality : 0} {
    const std::uint32_t longer = std::max(width, height);
    if (longer > limits.max_side) {
        scale_by(static_cast<double>(limits.max_side) / longer);
    }
    if (as == encoding::png) {
        const double share =
            static_cast<double>(now_.width) * now_.height / (static_cast<double>(width) * height);
        const double expected = static_cast<double>(bytes) * share;
        constexpr double worth_trying = 1.5; // packed better, or of fewer bits a sample
        const double most = worth_trying * static_cast<double>(limits.max_bytes);
        if (expected > most) {
            scale_by(std::sqrt(most / expected));
        }
    }
}

std::optional<shrink_attempt> shrink_rules::next() const {
    return attempts_ < most_attempts ? std::optional(now_) : std::nullopt;
}

void shrink_rules::on_too_large(std::uint64_t written, std::uint32_t rows) {
    ++attempts_;
    const double estimate = static_cast<double>(written) * now_.height / std::max(rows, 1U);
    const auto most = static_cast<double>(limits_.max_bytes);
    double over = std::max(estimate / most, 1.0);
    if (as_ == encoding::jpeg) {
        const double as_now = bytes_of(now_.quality);
        for (const quality_step& step : quality_steps) {
            if (step.quality < now_.quality && over * step.bytes / as_now <= doubt) {
                now_.quality = step.quality;
                return;
            }
        }
        over *= quality_steps.back().bytes / as_now;
        now_.quality = quality_steps.back().quality;
    }
    scale_by(std::clamp(std::sqrt(1 / over) * caution, largest_step, caution));
}

void shrink_rules::scale_by(double factor) {
    const std::uint32_t longer = std::max(width_, height_);
    const std::uint32_t shorter = std::min(width_, height_);
    const auto wanted =
        static_cast<std::uint32_t>(std::floor(std::max(now_.width, now_.height) * factor + 1e-6));
    const std::uint32_t longer_now = std::clamp(wanted, 1U, longer);
    // Rounded up, so that a picture of 25:1 stays one.
    const auto shorter_now =
        static_cast<std::uint32_t>((std::uint64_t{shorter} * longer_now + longer - 1) / longer);
    const bool wide = width_ >= height_;
    now_.width = wide ? longer_now : shorter_now;
    now_.height = wide ? shorter_now : longer_now;
}

} // namespace retraind::imaging
