#include "format_probes.hpp"

#include <algorithm>
#include <optional>

namespace retraind::intake {
namespace {

constexpr std::uint32_t core_header = 12;
/// Wider and higher than anything the service takes, small enough to multiply.
constexpr std::uint32_t sane_side = 1u << 20;

struct header {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t planes = 0;
    std::uint32_t bits = 0; ///< a pixel
    std::uint32_t compression = 0;
    std::uint32_t data_bytes = 0; ///< as the header says, often 0
};

/// Rows of a picture that is stored from the top have a negative height.
std::uint32_t magnitude(std::uint32_t value) {
    return (value & 0x80000000u) != 0 ? 0u - value : value;
}

std::optional<header> read_core(byte_window& bytes) {
    const auto width = bytes.little16_at(18);
    const auto height = bytes.little16_at(20);
    const auto planes = bytes.little16_at(22);
    const auto bits = bytes.little16_at(24);
    if (!width || !height || !planes || !bits) {
        return std::nullopt;
    }
    return header{*width, *height, *planes, *bits, 0, 0};
}

std::optional<header> read_info(byte_window& bytes) {
    const auto width = bytes.little32_at(18);
    const auto height = bytes.little32_at(22);
    const auto planes = bytes.little16_at(26);
    const auto bits = bytes.little16_at(28);
    const auto compression = bytes.little32_at(30);
    const auto data_bytes = bytes.little32_at(34);
    if (!width || !height || !planes || !bits || !compression || !data_bytes) {
        return std::nullopt;
    }
    return header{magnitude(*width), magnitude(*height), *planes, *bits, *compression, *data_bytes};
}

bool is_header_size(std::uint32_t size) {
    return size == core_header || (size >= 40 && size <= 124);
}

bool is_sane(const header& found) {
    constexpr std::uint32_t depths[] = {1, 2, 4, 8, 16, 24, 32, 64};
    return found.planes == 1 && (found.bits == 0 || std::ranges::count(depths, found.bits) > 0);
}

/// Uncompressed rows are padded to four bytes; of compressed ones only the header knows the length.
std::uint64_t pixel_bytes(const header& found) {
    constexpr std::uint32_t rgb = 0;
    constexpr std::uint32_t bit_fields = 3;
    if (found.compression != rgb && found.compression != bit_fields) {
        return found.data_bytes;
    }
    if (found.width > sane_side || found.height > sane_side) {
        return 0; // refused for its sides
    }
    const std::uint64_t row = (std::uint64_t{found.width} * found.bits + 31) / 32 * 4;
    return row * found.height;
}

} // namespace

verdict probe_bmp(byte_window& bytes) {
    const auto file_bytes = bytes.little32_at(2);
    const auto pixels_at = bytes.little32_at(10);
    const auto header_size = bytes.little32_at(14);
    if (!file_bytes || !pixels_at || !header_size) {
        return without_end(image_format::bmp);
    }
    if (!is_header_size(*header_size)) {
        return damaged(image_format::bmp, "its header is of no known kind", 14);
    }
    const auto found = *header_size == core_header ? read_core(bytes) : read_info(bytes);
    if (!found) {
        return without_end(image_format::bmp);
    }
    if (!is_sane(*found)) {
        return damaged(image_format::bmp, "its header makes no sense", 14);
    }
    // Some writers leave the file's length at 0 or get it wrong; the pixels have to be there.
    const std::uint64_t needed =
        std::max<std::uint64_t>(*file_bytes, *pixels_at + pixel_bytes(*found));
    if (bytes.size() < needed) {
        return without_end(image_format::bmp);
    }
    return picture{image_format::bmp, found->width, found->height};
}

} // namespace retraind::intake
