#pragma once

#include "sandbox/learn/area_scaler.hpp"
#include "sandbox/learn/image.hpp"
#include "sandbox/learn/result.hpp"

namespace sandbox::learn {

/// Whether the first bytes are those of a GIF file.
[[nodiscard]] bool is_gif(bytes_view file);

/// inspect() for GIF files.
[[nodiscard]] result<image_info> inspect_gif(bytes_view file);

/// The pixels of a file that inspect_gif() has passed, for a square of `side`.
[[nodiscard]] result<area_scaler> read_gif(bytes_view file, unsigned side);

} // namespace sandbox::learn
