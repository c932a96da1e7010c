#pragma once

#include "sandbox/learn/area_scaler.hpp"
#include "sandbox/learn/image.hpp"
#include "sandbox/learn/result.hpp"

namespace sandbox::learn {

/// Whether the first bytes are those of a PNG file.
[[nodiscard]] bool is_png(bytes_view file);

/// inspect() for PNG files.
[[nodiscard]] result<image_info> inspect_png(bytes_view file);

/// The pixels of a file that inspect_png() has passed, for a square of `side`.
[[nodiscard]] result<area_scaler> read_png(bytes_view file, unsigned side);

} // namespace sandbox::learn
