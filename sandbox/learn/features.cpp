#include "sandbox/learn/features.hpp"

#include <algorithm>

#include <dlib/array2d.h>
#include <dlib/image_transforms.h>
#include <dlib/matrix.h>
#include <dlib/pixel.h>

namespace sandbox::learn {

namespace {

constexpr long cell = 8;
constexpr long cells = static_cast<long>(feature_side) / cell;
static_assert(feature_count == cells * cells * 31 + cells * cells * 3);

using canvas = dlib::array2d<dlib::rgb_pixel>;

const std::uint8_t* pixel_of(const square_image& picture, long row, long column) {
    const long side = static_cast<long>(picture.side);
    return &picture.pixels[static_cast<std::size_t>(3 * (row * side + column))];
}

/// The picture with a cell more on each side, because the histograms have none for the outermost
/// cells; the border's own colour goes on, so that no edge appears.
canvas with_margin(const square_image& picture) {
    const long last = static_cast<long>(picture.side) - 1;
    canvas made(last + 1 + 2 * cell, last + 1 + 2 * cell);
    for (long row = 0; row < made.nr(); ++row) {
        for (long column = 0; column < made.nc(); ++column) {
            const std::uint8_t* const from = pixel_of(picture, std::clamp(row - cell, 0L, last),
                                                      std::clamp(column - cell, 0L, last));
            made[row][column] = {from[0], from[1], from[2]};
        }
    }
    return made;
}

void append_gradients(const square_image& picture, std::vector<float>& to) {
    dlib::array2d<dlib::matrix<float, 31, 1>> histograms;
    dlib::extract_fhog_features(with_margin(picture), histograms, cell);
    for (const auto& each : histograms) {
        to.insert(to.end(), each.begin(), each.end());
    }
}

float mean_of_cell(const square_image& picture, long top, long left, long channel) {
    float sum = 0;
    for (long row = top; row < top + cell; ++row) {
        for (long column = left; column < left + cell; ++column) {
            sum += static_cast<float>(pixel_of(picture, row, column)[channel]);
        }
    }
    return sum / (255.0F * cell * cell);
}

void append_thumbnail(const square_image& picture, std::vector<float>& to) {
    for (long row = 0; row < cells; ++row) {
        for (long column = 0; column < cells; ++column) {
            for (long channel = 0; channel < 3; ++channel) {
                to.push_back(mean_of_cell(picture, row * cell, column * cell, channel));
            }
        }
    }
}

} // namespace

std::vector<float> features_of(const square_image& picture) {
    std::vector<float> made;
    made.reserve(feature_count);
    append_gradients(picture, made);
    append_thumbnail(picture, made);
    return made;
}

result<std::vector<float>> features_of_file(bytes_view file) {
    return decode(file, feature_side).map(features_of);
}

} // namespace sandbox::learn
