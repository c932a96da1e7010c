#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <ostream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "retraind/intake/image_probe.hpp"

namespace retraind::intake {

inline std::ostream& operator<<(std::ostream& out, const picture& found) {
    return out << to_string(found.format) << ' ' << found.width << 'x' << found.height;
}
inline std::ostream& operator<<(std::ostream& out, const incomplete& found) {
    return out << "incomplete: " << found.sentence;
}
inline std::ostream& operator<<(std::ostream& out, const refusal& found) {
    return out << found.code << ": " << found.sentence << " / " << found.mend;
}
inline std::ostream& operator<<(std::ostream& out, const held& found) {
    return out << "held: " << found.sentence;
}

namespace testing {

/// Bytes in memory, handed out at most `piece` at a time, counted.
class memory_reader final : public byte_reader {
public:
    explicit memory_reader(std::string_view bytes, std::size_t piece = SIZE_MAX)
        : bytes_(bytes), piece_(piece) {}

    result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
        ++calls;
        const std::string_view rest =
            bytes_.substr(std::min<std::size_t>(bytes_.size(), static_cast<std::size_t>(offset)));
        const std::size_t count = std::min({rest.size(), into.size(), piece_});
        std::ranges::copy(std::as_bytes(std::span(rest.substr(0, count))), into.begin());
        handed_out += count;
        return count;
    }

    std::size_t calls = 0;
    std::uint64_t handed_out = 0;

private:
    std::string_view bytes_;
    std::size_t piece_;
};

inline verdict judged(std::string_view bytes, const picture_limits& limits = {}) {
    memory_reader reader(bytes);
    return probe(reader, bytes.size(), limits).value();
}

inline std::string fixture(const std::string& name) {
    std::ifstream file(std::string(RETRAIND_TEST_DATA "/intake/") + name, std::ios::binary);
    if (!file) {
        throw std::runtime_error("there is no fixture " + name);
    }
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A picture under test/data/intake.
struct sample {
    const char* name;
    picture found;
    std::size_t trailing = 0; ///< bytes behind its end
};

inline constexpr sample samples[] = {
    {"baseline.jpg", {image_format::jpeg, 24, 16}},
    {"progressive.jpg", {image_format::jpeg, 33, 17}},
    {"thumbnail.jpg", {image_format::jpeg, 40, 30}},
    {"trailing.jpg", {image_format::jpeg, 24, 16}, 77},
    {"plain.png", {image_format::png, 19, 23}},
    {"interlaced.png", {image_format::png, 21, 13}},
    {"still.gif", {image_format::gif, 18, 14}},
    {"animated.gif", {image_format::gif, 20, 12}},
    {"colour.bmp", {image_format::bmp, 11, 7}},
    {"palette.bmp", {image_format::bmp, 13, 5}},
};

/// A number as so many bytes, lowest first.
inline std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int n = 0; n < bytes; ++n) {
        text += static_cast<char>(value >> (8 * n));
    }
    return text;
}

/// A number as so many bytes, highest first.
inline std::string big(std::uint64_t value, int bytes) {
    std::string text = little(value, bytes);
    std::ranges::reverse(text);
    return text;
}

inline std::string png_chunk(std::string_view type, std::string_view body) {
    return big(body.size(), 4) + std::string(type) + std::string(body) + "\xAA\xBB\xCC\xDD";
}

inline std::string png_head(std::uint32_t width, std::uint32_t height) {
    return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", big(width, 4) + big(height, 4) +
                                                       std::string("\x08\x00\x00\x00\x00", 5));
}

inline std::string png(std::uint32_t width, std::uint32_t height) {
    return png_head(width, height) + png_chunk("IDAT", "data") +
           std::string("\0\0\0\0IEND\xAE\x42\x60\x82", 12);
}

/// The marker, the length and the body of a JPEG segment.
inline std::string segment(int code, std::string_view body) {
    return std::string("\xFF") + static_cast<char>(code) + big(body.size() + 2, 2) +
           std::string(body);
}

inline std::string frame_segment(int code, std::uint32_t width, std::uint32_t height) {
    return segment(code,
                   "\x08" + big(height, 2) + big(width, 2) + std::string("\x01\x01\x11\0", 4));
}

inline const std::string jpeg_start = "\xFF\xD8";
inline const std::string jpeg_end = "\xFF\xD9";
inline const std::string scan = segment(0xDA, std::string("\x01\x01\0\0\x3F\0", 6));

} // namespace testing
} // namespace retraind::intake
