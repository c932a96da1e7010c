#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "imaging/bmp_reader.hpp"
#include "imaging/gif_reader.hpp"
#include "imaging/jpeg_reader.hpp"
#include "imaging/jpeg_writer.hpp"
#include "imaging/png_reader.hpp"
#include "imaging/png_writer.hpp"
#include "retraind/imaging/shrink.hpp"

namespace retraind::imaging::testing {

/// A file in memory, to be read and to be written.
class memory_file final : public byte_input, public byte_output {
public:
    memory_file() = default;
    explicit memory_file(std::string content) : bytes(std::move(content)) {}

    result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
        if (broken) {
            return fail(errc::io, "the disk is gone");
        }
        if (offset >= bytes.size()) {
            return 0;
        }
        const std::size_t count = std::min<std::size_t>(into.size(), bytes.size() - offset);
        std::memcpy(into.data(), bytes.data() + offset, count);
        return count;
    }
    result<void> write(std::span<const std::byte> more) override {
        if (broken) {
            return fail(errc::full, "the disk is full");
        }
        bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
        return {};
    }

    std::string bytes;
    bool broken = false; ///< every call fails
};

/// Fills one row of a picture that is made in the test.
using painter = std::function<void(std::uint32_t row, std::span<std::uint8_t> samples)>;

inline painter flat(std::vector<std::uint8_t> pixel) {
    return [pixel = std::move(pixel)](std::uint32_t, std::span<std::uint8_t> samples) {
        for (std::size_t at = 0; at < samples.size(); ++at) {
            samples[at] = pixel[at % pixel.size()];
        }
    };
}

/// Packs badly in every encoding; the same each time.
inline painter noise(std::uint32_t seed = 1) {
    return [state = seed * 2654435761U](std::uint32_t, std::span<std::uint8_t> samples) mutable {
        for (std::uint8_t& each : samples) {
            state = state * 1664525U + 1013904223U;
            each = static_cast<std::uint8_t>(state >> 24);
        }
    };
}

/// Smooth, so that it packs well.
inline painter slope() {
    return [](std::uint32_t row, std::span<std::uint8_t> samples) {
        for (std::size_t at = 0; at < samples.size(); ++at) {
            samples[at] = static_cast<std::uint8_t>(row / 64 + at / 256);
        }
    };
}

/// Writes all rows; fails the test where that fails.
inline void paint(row_sink& to, const row_format& format, const painter& rows) {
    std::vector<std::uint8_t> row(format.row_bytes());
    for (std::uint32_t at = 0; at < format.height; ++at) {
        rows(at, row);
        BOOST_TEST_REQUIRE(to.put(row).has_value());
    }
    BOOST_TEST_REQUIRE(to.finish().has_value());
}

inline std::string jpeg_of(const row_format& format, const painter& rows, int quality = 95,
                           const attachments& beside = {}) {
    memory_file file;
    paint(*create_jpeg(file, format, quality, beside).value(), format, rows);
    return std::move(file.bytes);
}

inline std::string png_of(const row_format& format, const painter& rows,
                          const attachments& beside = {}) {
    memory_file file;
    paint(*create_png(file, format, beside).value(), format, rows);
    return std::move(file.bytes);
}

/// A picture with all its samples.
struct raster {
    row_format format;
    std::vector<std::uint8_t> samples;
    attachments beside;

    [[nodiscard]] std::uint8_t at(std::uint32_t column, std::uint32_t row, unsigned channel) const {
        return samples[row * format.row_bytes() + column * channels_of(format.kind) + channel];
    }
};

inline result<raster> read_all(result<std::unique_ptr<row_source>> opened) {
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    raster all{(*opened)->format(), {}, (*opened)->beside()};
    std::vector<std::uint8_t> row(all.format.row_bytes());
    for (std::uint32_t at = 0; at < all.format.height; ++at) {
        if (const result<void> read = (*opened)->next(row); !read) {
            return tl::unexpected(read.error());
        }
        all.samples.insert(all.samples.end(), row.begin(), row.end());
    }
    return all;
}

inline result<raster> read_jpeg(const std::string& bytes) {
    memory_file file(bytes);
    constexpr std::uint32_t whole = 0xFFFF;
    return read_all(open_jpeg(file, whole, whole));
}

inline result<raster> read_png(const std::string& bytes) {
    memory_file file(bytes);
    return read_all(open_png(file));
}

/// The smaller picture's bytes; fails the test where there is none.
inline std::string shrunk(const std::string& bytes, picture_kind kind,
                          const shrink_attempt& wanted) {
    memory_file from(bytes);
    memory_file into;
    const result<shrink_result> done = shrink(from, kind, wanted, 6'000'000, into);
    BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
    BOOST_TEST_REQUIRE(done->fits);
    BOOST_TEST(done->bytes == into.bytes.size());
    BOOST_TEST(done->rows == wanted.height);
    return std::move(into.bytes);
}

inline std::vector<std::byte> bytes_of(std::string_view text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

/// Exif data that says "turn it by 90 degrees" (tag 0x0112, value 6), little-endian.
inline std::vector<std::byte> turned_exif() {
    using namespace std::string_view_literals;
    return bytes_of("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"sv);
}

} // namespace retraind::imaging::testing
