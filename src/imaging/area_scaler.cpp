#include "retraind/imaging/area_scaler.hpp"

#include <algorithm>

namespace retraind::imaging {

// A pixel of the larger picture is `to` units wide and one of the smaller picture `from`, so that
// every overlap is a whole number of units and an average has no error but its rounding.

area_scaler::area_scaler(const row_format& from, std::uint32_t width, std::uint32_t height)
    : from_(from), to_{width, height, from.kind} {
    columns_.reserve(width);
    const std::uint64_t unit = width;
    for (std::uint64_t column = 0; column < width; ++column) {
        const std::uint64_t begin = column * from.width;
        const std::uint64_t end = begin + from.width;
        reach found;
        found.first = static_cast<std::uint32_t>(begin / unit);
        found.last = static_cast<std::uint32_t>((end - 1) / unit);
        found.first_weight =
            static_cast<std::uint32_t>(std::min(end, (found.first + 1) * unit) - begin);
        found.last_weight =
            found.last == found.first ? 0 : static_cast<std::uint32_t>(end - found.last * unit);
        columns_.push_back(found);
    }
    squeezed_.resize(to_.row_bytes());
    sums_.resize(to_.row_bytes());
    row_.resize(to_.row_bytes());
}

std::optional<std::span<const std::uint8_t>> area_scaler::add(std::span<const std::uint8_t> row) {
    squeeze_row(row);
    const std::uint64_t top = std::uint64_t{taken_} * to_.height;
    const std::uint64_t bottom = top + to_.height;
    const std::uint64_t end = (std::uint64_t{given_} + 1) * from_.height;
    ++taken_;
    accumulate(std::min(bottom, end) - top);
    if (bottom < end) {
        return std::nullopt;
    }
    complete();
    if (bottom > end) {
        accumulate(bottom - end);
    }
    return row_;
}

template <unsigned Channels, bool Alpha>
void area_scaler::squeeze(std::span<const std::uint8_t> row) {
    const std::uint32_t inner = to_.width;
    std::uint32_t* sums = squeezed_.data();
    for (const reach& column : columns_) {
        std::uint32_t pixel[Channels] = {};
        const std::uint8_t* samples = row.data() + std::size_t{column.first} * Channels;
        const auto take = [&pixel, &samples](std::uint32_t weight) {
            if constexpr (Alpha) {
                const std::uint32_t seen = samples[Channels - 1] * weight;
                for (unsigned channel = 0; channel + 1 < Channels; ++channel) {
                    pixel[channel] += samples[channel] * seen;
                }
                pixel[Channels - 1] += seen;
            } else {
                for (unsigned channel = 0; channel < Channels; ++channel) {
                    pixel[channel] += samples[channel] * weight;
                }
            }
            samples += Channels;
        };
        take(column.first_weight);
        for (std::uint32_t at = column.first + 1; at < column.last; ++at) {
            take(inner);
        }
        if (column.last_weight > 0) {
            take(column.last_weight);
        }
        sums = std::copy_n(pixel, Channels, sums);
    }
}

void area_scaler::squeeze_row(std::span<const std::uint8_t> row) {
    switch (from_.kind) {
    case colours::grey:
        return squeeze<1, false>(row);
    case colours::grey_alpha:
        return squeeze<2, true>(row);
    case colours::rgb:
        return squeeze<3, false>(row);
    case colours::rgba:
        return squeeze<4, true>(row);
    case colours::cmyk:
        return squeeze<4, false>(row);
    }
}

void area_scaler::accumulate(std::uint64_t weight) {
    for (std::size_t at = 0; at < sums_.size(); ++at) {
        sums_[at] += weight * squeezed_[at];
    }
}

void area_scaler::complete() {
    const std::uint64_t area = std::uint64_t{from_.width} * from_.height;
    const unsigned channels = channels_of(to_.kind);
    const bool alpha = has_alpha(to_.kind);
    for (std::size_t pixel = 0; pixel < sums_.size(); pixel += channels) {
        const std::uint64_t seen = sums_[pixel + channels - 1];
        for (unsigned channel = 0; channel < channels; ++channel) {
            const bool weighed = alpha && channel + 1 < channels;
            const std::uint64_t whole = weighed ? seen : area;
            row_[pixel + channel] =
                whole == 0
                    ? std::uint8_t{0}
                    : static_cast<std::uint8_t>((sums_[pixel + channel] + whole / 2) / whole);
        }
    }
    std::fill(sums_.begin(), sums_.end(), 0);
    ++given_;
}

} // namespace retraind::imaging
