#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "retraind/imaging/rows.hpp"

namespace retraind::imaging {

/// Makes a picture smaller row by row: each pixel is the average of the area that it stands for,
/// exact to rounding. Where there is alpha, colours count by how much of them is to be seen. Holds
/// a few rows, whatever the height. Pure.
class area_scaler {
public:
    /// Sides from 1 to 65,535; neither grows.
    area_scaler(const row_format& from, std::uint32_t width, std::uint32_t height);

    [[nodiscard]] const row_format& format() const noexcept { return to_; }

    /// Takes the next row of the larger picture; the row of the smaller one that it completes, if
    /// any, is valid until the next call.
    [[nodiscard]] std::optional<std::span<const std::uint8_t>>
    add(std::span<const std::uint8_t> row);

private:
    /// The columns that one of the smaller picture stands for, those at the ends in part.
    struct reach {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::uint32_t first_weight = 0;
        std::uint32_t last_weight = 0; ///< 0 where it is the first one
    };

    template <unsigned Channels, bool Alpha>
    void squeeze(std::span<const std::uint8_t> row);
    void squeeze_row(std::span<const std::uint8_t> row);
    void accumulate(std::uint64_t weight);
    void complete();

    row_format from_;
    row_format to_;
    std::vector<reach> columns_;
    std::vector<std::uint32_t> squeezed_; ///< the row as narrow as the smaller picture
    std::vector<std::uint64_t> sums_;     ///< of the rows that the next one stands for
    std::vector<std::uint8_t> row_;
    std::uint32_t taken_ = 0; ///< rows
    std::uint32_t given_ = 0; ///< rows
};

} // namespace retraind::imaging
