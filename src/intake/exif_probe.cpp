#include "exif_probe.hpp"

#include <algorithm>
#include <string_view>

namespace retraind::intake {
namespace {

using namespace std::string_view_literals;

// Exif 2.32, sections 4.5.4 and 4.6.2 to 4.6.4; TIFF 6.0, section 2.
constexpr std::string_view exif_mark = "Exif\0\0"sv;
constexpr std::uint32_t little_mark = 0x4949;
constexpr std::uint32_t big_mark = 0x4D4D;
constexpr std::uint32_t tiff_mark = 42;
constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::uint32_t type_short = 3;
constexpr std::uint64_t entry_bytes = 12;
constexpr std::uint8_t upright = 1;
constexpr std::uint32_t highest = 8;

/// Numbers of a TIFF structure in its own byte order; what lies behind its end is 0.
class tiff_window {
public:
    tiff_window(byte_window& bytes, std::uint64_t begin, std::uint64_t end)
        : bytes_(bytes), begin_(begin), end_(end) {}

    void set_little(bool little) { little_ = little; }

    std::uint32_t number16(std::uint64_t at) {
        if (!holds(at, 2)) {
            return 0;
        }
        const auto found = little_ ? bytes_.little16_at(begin_ + at) : bytes_.big16_at(begin_ + at);
        return found.value_or(0);
    }
    std::uint32_t number32(std::uint64_t at) {
        if (!holds(at, 4)) {
            return 0;
        }
        const auto found = little_ ? bytes_.little32_at(begin_ + at) : bytes_.big32_at(begin_ + at);
        return found.value_or(0);
    }
    [[nodiscard]] bool holds(std::uint64_t at, std::uint64_t count) const {
        return at <= end_ - begin_ && count <= end_ - begin_ - at;
    }

private:
    byte_window& bytes_;
    std::uint64_t begin_;
    std::uint64_t end_;
    bool little_ = false;
};

bool is_exif(byte_window& bytes, std::uint64_t begin, std::uint64_t end) {
    if (end < begin || end - begin < exif_mark.size()) {
        return false;
    }
    const auto head = bytes.view(begin, exif_mark.size());
    return !head.empty() &&
           std::equal(head.begin(), head.end(), exif_mark.begin(),
                      [](std::byte one, char other) { return one == std::byte(other); });
}

} // namespace

std::optional<std::uint8_t> exif_orientation(byte_window& bytes, std::uint64_t begin,
                                             std::uint64_t end) {
    if (!is_exif(bytes, begin, end)) {
        return std::nullopt;
    }
    tiff_window tiff(bytes, begin + exif_mark.size(), end);
    const std::uint32_t order = tiff.number16(0);
    if (order != little_mark && order != big_mark) {
        return upright;
    }
    tiff.set_little(order == little_mark);
    if (tiff.number16(2) != tiff_mark) {
        return upright;
    }
    const std::uint64_t directory = tiff.number32(4);
    const std::uint32_t entries = tiff.number16(directory);
    for (std::uint32_t each = 0; each < entries; ++each) {
        const std::uint64_t at = directory + 2 + each * entry_bytes;
        if (!tiff.holds(at, entry_bytes)) {
            break;
        }
        if (tiff.number16(at) == orientation_tag && tiff.number16(at + 2) == type_short) {
            const std::uint32_t stated = tiff.number16(at + 8);
            return stated >= upright && stated <= highest ? static_cast<std::uint8_t>(stated)
                                                          : upright;
        }
    }
    return upright;
}

} // namespace retraind::intake
