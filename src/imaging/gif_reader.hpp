#pragma once

#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// The rows of a GIF's first frame by giflib, on its screen; what the frame leaves free of it is
/// transparent. An interlaced frame is held whole (`most_held_bytes`). `file` outlives it.
[[nodiscard]] result<std::unique_ptr<row_source>> open_gif(byte_input& file);

} // namespace retraind::imaging
