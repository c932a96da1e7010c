#include "sandbox/learn/area_scaler.hpp"

#include <algorithm>
#include <cmath>

#include <dlib/array2d.h>
#include <dlib/image_transforms.h>
#include <dlib/pixel.h>

namespace sandbox::learn {

namespace {

std::uint8_t to_byte(float darkness) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(255.0F - darkness, 0.0F, 255.0F)));
}

square_image from_dlib(const dlib::array2d<dlib::rgb_pixel>& source) {
    square_image made{.side = static_cast<unsigned>(source.nr()), .pixels = {}};
    made.pixels.reserve(source.size() * 3);
    for (long row = 0; row < source.nr(); ++row) {
        for (long column = 0; column < source.nc(); ++column) {
            const dlib::rgb_pixel& pixel = source[row][column];
            made.pixels.insert(made.pixels.end(), {pixel.red, pixel.green, pixel.blue});
        }
    }
    return made;
}

} // namespace

area_scaler::area_scaler(unsigned width, unsigned height, unsigned side)
    : side_(side),
      columns_(std::min(width, side)),
      rows_(std::min(height, side)),
      across_(shares(width, columns_)),
      down_(shares(height, rows_)),
      darkness_(std::size_t{3} * columns_ * rows_) {}

std::vector<area_scaler::share> area_scaler::shares(unsigned length, unsigned cells) {
    std::vector<share> made;
    made.reserve(length);
    for (std::uint64_t each = 0; each < length; ++each) {
        const std::uint64_t begin = each * cells;
        const std::uint64_t inside = std::min<std::uint64_t>(cells, length - begin % length);
        made.push_back({.cell = static_cast<unsigned>(begin / length),
                        .first = static_cast<float>(inside) / static_cast<float>(length),
                        .second = static_cast<float>(cells - inside) / static_cast<float>(length)});
    }
    return made;
}

void area_scaler::darken(unsigned column, unsigned row, float weight, rgba pixel) {
    float* const cell = &darkness_[3 * (std::size_t{row} * columns_ + column)];
    const float opaque = weight * static_cast<float>(pixel.alpha) / 255.0F;
    cell[0] += opaque * static_cast<float>(255 - pixel.red);
    cell[1] += opaque * static_cast<float>(255 - pixel.green);
    cell[2] += opaque * static_cast<float>(255 - pixel.blue);
}

void area_scaler::add(unsigned column, unsigned row, rgba pixel) {
    if (column >= across_.size() || row >= down_.size()) {
        return;
    }
    const share& x = across_[column];
    const share& y = down_[row];
    darken(x.cell, y.cell, x.first * y.first, pixel);
    if (x.second > 0) {
        darken(x.cell + 1, y.cell, x.second * y.first, pixel);
    }
    if (y.second > 0) {
        darken(x.cell, y.cell + 1, x.first * y.second, pixel);
        if (x.second > 0) {
            darken(x.cell + 1, y.cell + 1, x.second * y.second, pixel);
        }
    }
}

square_image area_scaler::finish() const {
    dlib::array2d<dlib::rgb_pixel> small(rows_, columns_);
    const float* cell = darkness_.data();
    for (long row = 0; row < small.nr(); ++row) {
        for (long column = 0; column < small.nc(); ++column, cell += 3) {
            small[row][column] = {to_byte(cell[0]), to_byte(cell[1]), to_byte(cell[2])};
        }
    }
    if (columns_ == side_ && rows_ == side_) {
        return from_dlib(small);
    }
    dlib::array2d<dlib::rgb_pixel> grown(side_, side_);
    dlib::resize_image(small, grown, dlib::interpolate_bilinear());
    return from_dlib(grown);
}

} // namespace sandbox::learn
