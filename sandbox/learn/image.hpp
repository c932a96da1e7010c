#pragma once

#include <cstdint>
#include <vector>

#include "sandbox/learn/result.hpp"

/// Pictures from bytes that nobody vouches for. No function here throws over a picture's content;
/// only memory that has run out does. All are pure, so any thread may call them.
namespace sandbox::learn {

struct image_info {
    enum class format { jpeg, png, bmp, gif };

    format kind = format::jpeg;
    unsigned width = 0; ///< pixels
    unsigned height = 0;
};

/// The service takes pictures up to this length of each side (CONTRACT.md section 5); larger ones
/// are inspected, but not decoded.
inline constexpr unsigned longest_side = 10240;

/// What the bytes are, by their content: a header that its library accepts, and a file that is
/// whole up to its end marker. Costs a walk over the blocks of the file and decodes no pixel, so a
/// picture that passes can still fail in decode().
[[nodiscard]] result<image_info> inspect(bytes_view file);

/// A square picture, 3 bytes a pixel (red, green, blue), row after row from the top.
struct square_image {
    unsigned side = 0;
    std::vector<std::uint8_t> pixels;
};

/// The picture stretched to a square of `side` pixels, at least 1. Of a GIF the first frame;
/// transparent parts are white. Memory does not grow with the picture, but for progressive JPEG
/// files, which have 256 MiB at the most.
[[nodiscard]] result<square_image> decode(bytes_view file, unsigned side);

} // namespace sandbox::learn
