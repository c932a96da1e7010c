#include "sandbox/learn/bmp_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>

#include <fmt/format.h>

namespace sandbox::learn {

namespace {

constexpr std::size_t file_header_bytes = 14;
constexpr std::size_t old_header_bytes = 12;
constexpr std::size_t info_header_bytes = 40;

/// A number of `Bytes` bytes, the lowest first; the place is inside of the file.
template <std::size_t Bytes>
std::uint32_t number_at(bytes_view file, std::size_t place) {
    std::uint32_t number = 0;
    for (std::size_t each = Bytes; each > 0; --each) {
        number = number << 8 | std::to_integer<std::uint32_t>(file[place + each - 1]);
    }
    return number;
}

struct layout {
    unsigned width = 0;
    unsigned height = 0;
    unsigned bits = 0; ///< a pixel
    bool is_top_down = false;
    std::size_t colours = 0; ///< where the palette begins
    std::size_t colour_bytes = 4;
    std::size_t pixels = 0;    ///< where they begin
    std::size_t row_bytes = 0; ///< filled up to a multiple of four
};

tl::unexpected<std::string> refuse(std::string_view why) {
    return tl::unexpected(fmt::format("The BMP picture {}", why));
}

void read_old_header(bytes_view file, layout& made) {
    made.width = number_at<2>(file, 18);
    made.height = number_at<2>(file, 20);
    made.bits = number_at<2>(file, 24);
    made.colour_bytes = 3;
}

void read_info_header(bytes_view file, layout& made) {
    const auto width = static_cast<std::int32_t>(number_at<4>(file, 18));
    const auto height = static_cast<std::int32_t>(number_at<4>(file, 22));
    made.width = static_cast<unsigned>(std::max(width, 0));
    made.is_top_down = height < 0;
    made.height = static_cast<unsigned>(std::abs(std::int64_t{height}));
    made.bits = number_at<2>(file, 28);
}

/// Colours as they lie in a plain 32 bit picture, whether or not the header spells their masks out.
bool is_plain(bytes_view file, const layout& made) {
    constexpr std::uint32_t plain = 0;
    constexpr std::uint32_t masks = 3;
    const std::uint32_t compression = number_at<4>(file, 30);
    if (compression != masks || made.bits != 32) {
        return compression == plain;
    }
    const std::size_t place = file_header_bytes + info_header_bytes;
    return file.size() >= place + 12 && number_at<4>(file, place) == 0xFF0000 &&
           number_at<4>(file, place + 4) == 0xFF00 && number_at<4>(file, place + 8) == 0xFF;
}

bool has_known_depth(const layout& made) {
    return made.bits == 1 || made.bits == 4 || made.bits == 8 || made.bits == 24 || made.bits == 32;
}

bool is_whole(bytes_view file, const layout& made) {
    const std::size_t after_palette = made.colours + (made.bits <= 8 ? made.colour_bytes : 0);
    return made.pixels >= after_palette && made.pixels <= file.size() &&
           made.height <= (file.size() - made.pixels) / std::max<std::size_t>(made.row_bytes, 1);
}

result<layout> layout_of(bytes_view file) {
    if (file.size() < file_header_bytes + old_header_bytes) {
        return refuse("is cut off");
    }
    const std::size_t header_bytes = number_at<4>(file, file_header_bytes);
    const bool is_old = header_bytes == old_header_bytes;
    if (!is_old && (header_bytes < info_header_bytes || header_bytes > 1024)) {
        return refuse("has an unknown header");
    }
    if (file.size() < file_header_bytes + header_bytes) {
        return refuse("is cut off");
    }
    layout made;
    made.pixels = number_at<4>(file, 10);
    made.colours = file_header_bytes + header_bytes;
    is_old ? read_old_header(file, made) : read_info_header(file, made);
    if (!has_known_depth(made) || (!is_old && !is_plain(file, made))) {
        return refuse("is compressed, or of a colour depth that is not read");
    }
    made.row_bytes = (std::size_t{made.width} * made.bits + 31) / 32 * 4;
    if (!is_whole(file, made)) {
        return refuse("is cut off");
    }
    return made;
}

rgba from_palette(bytes_view file, const layout& from, unsigned index) {
    const std::size_t place = from.colours + index * from.colour_bytes;
    if (place + from.colour_bytes > from.pixels) {
        return {};
    }
    return {.red = static_cast<std::uint8_t>(number_at<1>(file, place + 2)),
            .green = static_cast<std::uint8_t>(number_at<1>(file, place + 1)),
            .blue = static_cast<std::uint8_t>(number_at<1>(file, place))};
}

rgba pixel_at(bytes_view file, const layout& from, std::size_t row_begin, unsigned column) {
    const std::size_t bit = std::size_t{column} * from.bits;
    const std::size_t place = row_begin + bit / 8;
    if (from.bits <= 8) {
        const unsigned shift = 8 - from.bits - static_cast<unsigned>(bit % 8);
        const unsigned index = number_at<1>(file, place) >> shift & ((1U << from.bits) - 1);
        return from_palette(file, from, index);
    }
    return {.red = static_cast<std::uint8_t>(number_at<1>(file, place + 2)),
            .green = static_cast<std::uint8_t>(number_at<1>(file, place + 1)),
            .blue = static_cast<std::uint8_t>(number_at<1>(file, place))};
}

} // namespace

bool is_bmp(bytes_view file) {
    return file.size() >= 2 && file[0] == std::byte{'B'} && file[1] == std::byte{'M'};
}

result<image_info> inspect_bmp(bytes_view file) {
    return layout_of(file).map([](const layout& found) {
        return image_info{
            .kind = image_info::format::bmp, .width = found.width, .height = found.height};
    });
}

result<area_scaler> read_bmp(bytes_view file, unsigned side) {
    const auto from = layout_of(file);
    if (!from) {
        return tl::unexpected(from.error());
    }
    area_scaler scaler(from->width, from->height, side);
    for (unsigned line = 0; line < from->height; ++line) {
        const unsigned row = from->is_top_down ? line : from->height - 1 - line;
        for (unsigned column = 0; column < from->width; ++column) {
            scaler.add(column, row,
                       pixel_at(file, *from, from->pixels + line * from->row_bytes, column));
        }
    }
    return scaler;
}

} // namespace sandbox::learn
