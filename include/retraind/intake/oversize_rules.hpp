#pragma once

#include <cstdint>

#include "retraind/intake/image_probe.hpp"
#include "retraind/intake/options.hpp"

namespace retraind::intake {

/// What the probe is to let through: the service's limits, or, where larger pictures are made
/// smaller, those of that. Its ratio of sides cannot be mended and stays.
[[nodiscard]] picture_limits limits_for(oversize too_large) noexcept;

/// Whether the service would refuse a whole picture of so many bytes, so that it has to be made
/// smaller.
[[nodiscard]] bool must_shrink(const picture& whole, std::uint64_t bytes) noexcept;

/// A picture that was decoded and could not be made smaller; `why` is the reason's own sentence.
[[nodiscard]] refusal refuse_unshrinkable(const picture& whole, std::uint64_t bytes,
                                          std::string_view why);

} // namespace retraind::intake
