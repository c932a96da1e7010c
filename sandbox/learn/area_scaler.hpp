#pragma once

#include <cstdint>
#include <vector>

#include "sandbox/learn/image.hpp"

namespace sandbox::learn {

struct rgba {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
};

/// Makes a square of a picture whose pixels come in any order, and keeps no more of it than the
/// square: shrinks by the mean over the area that a cell covers, grows by bilinear interpolation.
/// What is never added is white, like the ground under transparent pixels.
class area_scaler {
public:
    /// All three at least 1.
    area_scaler(unsigned width, unsigned height, unsigned side);

    /// Pixels outside of the picture are ignored.
    void add(unsigned column, unsigned row, rgba pixel);

    [[nodiscard]] square_image finish() const;

private:
    /// How much of a cell a source pixel fills, and how much of the next one.
    struct share {
        unsigned cell = 0;
        float first = 0;
        float second = 0;
    };

    static std::vector<share> shares(unsigned length, unsigned cells);
    void darken(unsigned column, unsigned row, float weight, rgba pixel);

    unsigned side_;
    unsigned columns_;
    unsigned rows_;
    std::vector<share> across_;
    std::vector<share> down_;
    std::vector<float> darkness_; ///< 255 less the colour, 3 a cell
};

} // namespace sandbox::learn
