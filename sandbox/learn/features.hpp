#pragma once

#include <cstddef>
#include <vector>

#include "sandbox/learn/image.hpp"

namespace sandbox::learn {

/// The side of the squares that features are taken from.
inline constexpr unsigned feature_side = 64;

/// Numbers in a feature vector.
inline constexpr std::size_t feature_count = 8 * 8 * 31 + 8 * 8 * 3;

/// Names this way of computing features: those of another method do not compare.
inline constexpr const char* feature_method = "fhog64-8+rgb8/1";

/// What a linear machine can tell pictures apart by: Felzenszwalb's histograms of oriented
/// gradients (8 x 8 cells of 31 numbers) and a thumbnail (8 x 8 cells, red, green and blue), all
/// from 0 to 1. `picture` has a side of feature_side. Pure and deterministic.
[[nodiscard]] std::vector<float> features_of(const square_image& picture);

/// decode() and features_of() in one.
[[nodiscard]] result<std::vector<float>> features_of_file(bytes_view file);

} // namespace sandbox::learn
