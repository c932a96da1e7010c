#include "sandbox/learn/image.hpp"

#include <array>

#include <fmt/format.h>

#include "sandbox/learn/bmp_reader.hpp"
#include "sandbox/learn/gif_reader.hpp"
#include "sandbox/learn/jpeg_reader.hpp"
#include "sandbox/learn/png_reader.hpp"

namespace sandbox::learn {

namespace {

struct reader {
    bool (*is_it)(bytes_view);
    result<image_info> (*inspect)(bytes_view);
    result<area_scaler> (*read)(bytes_view, unsigned);
};

constexpr std::array readers{
    reader{is_jpeg, inspect_jpeg, read_jpeg},
    reader{is_png, inspect_png, read_png},
    reader{is_gif, inspect_gif, read_gif},
    reader{is_bmp, inspect_bmp, read_bmp},
};

const reader* reader_of(bytes_view file) {
    for (const reader& each : readers) {
        if (each.is_it(file)) {
            return &each;
        }
    }
    return nullptr;
}

result<image_info> refuse_without_pixels(const image_info& info) {
    if (info.width == 0 || info.height == 0) {
        return tl::unexpected(std::string("The picture has no pixels"));
    }
    return info;
}

} // namespace

result<image_info> inspect(bytes_view file) {
    const reader* const found = reader_of(file);
    if (found == nullptr) {
        return tl::unexpected(std::string("The file is no JPEG, PNG, GIF or BMP picture"));
    }
    return found->inspect(file).and_then(refuse_without_pixels);
}

result<square_image> decode(bytes_view file, unsigned side) {
    const auto info = inspect(file);
    if (!info) {
        return tl::unexpected(info.error());
    }
    if (info->width > longest_side || info->height > longest_side) {
        return tl::unexpected(fmt::format("The picture measures {} x {} pixels; {} are allowed",
                                          info->width, info->height, longest_side));
    }
    const auto scaler = reader_of(file)->read(file, side);
    if (!scaler) {
        return tl::unexpected(scaler.error());
    }
    return scaler->finish();
}

} // namespace sandbox::learn
