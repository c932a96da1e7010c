#pragma once

#include <cstdint>
#include <string_view>

#include "byte_window.hpp"
#include "retraind/intake/image_probe.hpp"

/// One walker a format. Each is handed bytes that begin with its format's signature and says where
/// the picture is whole; limits are judged by `probe`.
namespace retraind::intake {

[[nodiscard]] verdict probe_jpeg(byte_window& bytes);
[[nodiscard]] verdict probe_png(byte_window& bytes);
[[nodiscard]] verdict probe_bmp(byte_window& bytes);
[[nodiscard]] verdict probe_gif(byte_window& bytes);

[[nodiscard]] incomplete without_end(image_format format);
/// `what` is wrong at `offset`: no decoder could make a picture of it.
[[nodiscard]] refusal damaged(image_format format, std::string_view what, std::uint64_t offset);

} // namespace retraind::intake
