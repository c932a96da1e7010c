#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace retraind::testing {

/// A 32x32 BMP that shows stripes, upright or level, with noise that `seed` decides: every seed
/// another picture, two classes that a small classifier tells apart. All have one size.
[[nodiscard]] std::string striped_picture(bool upright, std::uint32_t seed);

/// A BMP of about so many bytes, of noise that `seed` decides.
[[nodiscard]] std::string noise_picture(std::uint64_t bytes, std::uint32_t seed);

/// A whole small JPEG.
[[nodiscard]] std::string jpeg_picture();

/// Writes `count` pictures of each class into `folder`/upright and `folder`/level.
void drop_pictures(const std::filesystem::path& folder, std::uint32_t count,
                   std::uint32_t first_seed = 0);

} // namespace retraind::testing
