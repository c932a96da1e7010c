#pragma once

#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// A PNG's rows by libpng: palettes and few bits unfolded, 16 bits rounded to 8, grey kept grey and
/// alpha kept. An interlaced one is held whole (`most_held_bytes`). `file` outlives it.
[[nodiscard]] result<std::unique_ptr<row_source>> open_png(byte_input& file);

} // namespace retraind::imaging
