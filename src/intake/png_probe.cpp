#include "format_probes.hpp"

namespace retraind::intake {
namespace {

constexpr std::uint64_t signature_size = 8;
constexpr std::uint64_t chunk_overhead = 12; // length, type, CRC
constexpr std::uint32_t ihdr = 0x49484452;
constexpr std::uint32_t iend = 0x49454E44;
constexpr std::uint32_t iend_crc = 0xAE426082;
constexpr std::uint64_t after_ihdr = signature_size + chunk_overhead + 13;

bool is_chunk_type(std::uint32_t type) {
    for (int shift = 0; shift < 32; shift += 8) {
        const std::uint32_t letter = (type >> shift) & 0xFF;
        if ((letter | 0x20) < 'a' || (letter | 0x20) > 'z') {
            return false;
        }
    }
    return true;
}

bool ends_with_iend(byte_window& bytes) {
    const std::uint64_t size = bytes.size();
    return size >= after_ihdr + chunk_overhead && bytes.big32_at(size - 12) == 0u &&
           bytes.big32_at(size - 8) == iend && bytes.big32_at(size - 4) == iend_crc;
}

verdict walk(byte_window& bytes, const picture& found) {
    std::uint64_t offset = after_ihdr;
    for (;;) {
        const auto length = bytes.big32_at(offset);
        const auto type = bytes.big32_at(offset + 4);
        // A hole that a copy has not filled yet reads as zeros.
        if (!length || !type || *type == 0) {
            return without_end(image_format::png);
        }
        if (!is_chunk_type(*type) || *length > 0x7FFFFFFF) {
            return damaged(image_format::png, "there is no chunk", offset);
        }
        if (*type == iend) {
            return bytes.big32_at(offset + 8 + *length) == iend_crc
                       ? verdict(found)
                       : without_end(image_format::png);
        }
        offset += chunk_overhead + *length;
    }
}

} // namespace

verdict probe_png(byte_window& bytes) {
    const auto length = bytes.big32_at(signature_size);
    const auto type = bytes.big32_at(signature_size + 4);
    const auto width = bytes.big32_at(signature_size + 8);
    const auto height = bytes.big32_at(signature_size + 12);
    if (!length || !type || !width || !height) {
        return without_end(image_format::png);
    }
    if (*type != ihdr || *length != 13) {
        return damaged(image_format::png, "its header is missing", signature_size);
    }
    const picture found{image_format::png, *width, *height};
    return ends_with_iend(bytes) ? verdict(found) : walk(bytes, found);
}

} // namespace retraind::intake
