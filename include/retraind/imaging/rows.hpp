#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "retraind/base/error.hpp"

namespace retraind::imaging {

enum class colours { grey, grey_alpha, rgb, rgba, cmyk };

/// Samples a pixel.
[[nodiscard]] constexpr unsigned channels_of(colours kind) noexcept {
    switch (kind) {
    case colours::grey:
        return 1;
    case colours::grey_alpha:
        return 2;
    case colours::rgb:
        return 3;
    case colours::rgba:
    case colours::cmyk:
        return 4;
    }
    return 4;
}

/// Whether the last sample of a pixel says how much of it is to be seen.
[[nodiscard]] constexpr bool has_alpha(colours kind) noexcept {
    return kind == colours::grey_alpha || kind == colours::rgba;
}

/// Rows of interleaved samples, 8 bits each.
struct row_format {
    std::uint32_t width = 0;  ///< pixels
    std::uint32_t height = 0; ///< pixels
    colours kind = colours::rgb;

    [[nodiscard]] std::size_t row_bytes() const noexcept {
        return std::size_t{width} * channels_of(kind);
    }
    bool operator==(const row_format&) const = default;
};

/// What a picture says beside its pixels and a smaller one of it must say as well: a picture that
/// lost its orientation would be learned lying on its side.
struct attachments {
    std::vector<std::byte> exif;    ///< the TIFF structure, without any envelope
    std::vector<std::byte> icc;     ///< the whole colour profile
    std::optional<int> srgb_intent; ///< PNG's sRGB chunk
    std::optional<int> gamma;       ///< PNG's gAMA chunk, times 100,000
    bool adobe_inks = false;        ///< CMYK samples as Adobe's marker says them: inverted
};

/// A picture's pixels from the top row to the bottom one. Blocks, as what it reads from does.
class row_source {
public:
    virtual ~row_source() = default;
    [[nodiscard]] virtual const row_format& format() const noexcept = 0;
    [[nodiscard]] virtual const attachments& beside() const noexcept = 0;
    /// Fills the whole of `row` (`row_bytes`) with the next one. Fails with `invalid` and a
    /// sentence where the picture is damaged, and as its input does. Never called more often than
    /// there are rows.
    [[nodiscard]] virtual result<void> next(std::span<std::uint8_t> row) = 0;
};

/// Takes a picture's pixels from the top row to the bottom one.
class row_sink {
public:
    virtual ~row_sink() = default;
    [[nodiscard]] virtual result<void> put(std::span<const std::uint8_t> row) = 0;
    /// After the last row; the picture is whole then.
    [[nodiscard]] virtual result<void> finish() = 0;
};

/// Pictures that cannot be read row by row (progressive JPEG, interlaced PNG and GIF) have to be
/// held whole; one that needs more than this is not read.
inline constexpr std::uint64_t most_held_bytes = std::uint64_t{128} << 20;

} // namespace retraind::imaging
