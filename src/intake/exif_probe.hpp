#pragma once

#include <cstdint>
#include <optional>

#include "byte_window.hpp"

namespace retraind::intake {

/// The orientation (1 to 8) that a JPEG's APP1 segment states, whose body lies from `begin` to
/// `end`. Nothing where that is no Exif segment; 1 where it states none, or none that there is.
/// Looks at the segment's first directory and no further.
[[nodiscard]] std::optional<std::uint8_t> exif_orientation(byte_window& bytes, std::uint64_t begin,
                                                           std::uint64_t end);

} // namespace retraind::intake
