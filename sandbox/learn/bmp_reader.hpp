#pragma once

#include "sandbox/learn/area_scaler.hpp"
#include "sandbox/learn/image.hpp"
#include "sandbox/learn/result.hpp"

namespace sandbox::learn {

/// Whether the first bytes are those of a BMP file.
[[nodiscard]] bool is_bmp(bytes_view file);

/// inspect() for BMP files.
[[nodiscard]] result<image_info> inspect_bmp(bytes_view file);

/// The pixels of a file that inspect_bmp() has passed, for a square of `side`.
[[nodiscard]] result<area_scaler> read_bmp(bytes_view file, unsigned side);

} // namespace sandbox::learn
