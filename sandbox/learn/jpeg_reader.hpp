#pragma once

#include "sandbox/learn/area_scaler.hpp"
#include "sandbox/learn/image.hpp"
#include "sandbox/learn/result.hpp"

namespace sandbox::learn {

/// Whether the first bytes are those of a JPEG file.
[[nodiscard]] bool is_jpeg(bytes_view file);

/// inspect() for JPEG files.
[[nodiscard]] result<image_info> inspect_jpeg(bytes_view file);

/// The pixels of a file that inspect_jpeg() has passed, for a square of `side`.
[[nodiscard]] result<area_scaler> read_jpeg(bytes_view file, unsigned side);

} // namespace sandbox::learn
