#include "bmp_reader.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace retraind::imaging {
namespace {

constexpr std::uint32_t core_header = 12;
constexpr std::uint64_t file_header = 14;
constexpr std::uint32_t most_side = 0xFFFF;

std::uint32_t little(std::span<const std::byte> bytes, std::size_t at, unsigned count) {
    std::uint32_t value = 0;
    for (unsigned byte = 0; byte < count; ++byte) {
        value |= std::to_integer<std::uint32_t>(bytes[at + byte]) << (8 * byte);
    }
    return value;
}

struct rgb {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
};

/// One sample of a pixel that is a number.
struct bit_field {
    std::uint32_t mask = 0;

    [[nodiscard]] std::uint8_t of(std::uint32_t pixel) const {
        if (mask == 0) {
            return 0;
        }
        const int shift = std::countr_zero(mask);
        const std::uint64_t most = mask >> shift;
        return static_cast<std::uint8_t>(((pixel & mask) >> shift) * std::uint64_t{255} / most);
    }
};

class bmp_reader final : public row_source {
public:
    explicit bmp_reader(byte_input& file) : file_(file) {}

    result<void> start() {
        const result<void> read = read_header();
        if (!read) {
            return read;
        }
        const bool sound = planes_ == 1 && format_.width >= 1 && format_.width <= most_side &&
                           format_.height >= 1 && format_.height <= most_side;
        if (!sound) {
            return damaged("its header makes no sense");
        }
        constexpr std::uint32_t plain = 0;
        constexpr std::uint32_t bit_fields = 3;
        constexpr std::uint32_t alpha_bit_fields = 6;
        const bool fields = compression_ == bit_fields || compression_ == alpha_bit_fields;
        if (compression_ != plain && !fields) {
            return damaged("it is compressed; export it as PNG");
        }
        stored_.resize((std::size_t{format_.width} * bits_ + 31) / 32 * 4);
        switch (bits_) {
        case 1:
        case 4:
        case 8:
            return read_palette();
        case 16:
        case 32:
            return fields ? read_fields() : plain_fields();
        case 24:
            return {};
        default:
            return damaged("its pixels have an unknown number of bits");
        }
    }

    [[nodiscard]] const row_format& format() const noexcept override { return format_; }
    [[nodiscard]] const attachments& beside() const noexcept override { return beside_; }

    result<void> next(std::span<std::uint8_t> row) override {
        const std::uint64_t at = from_top_ ? given_ : format_.height - 1 - given_;
        ++given_;
        if (const result<void> read = fetch(pixels_at_ + at * stored_.size(), stored_); !read) {
            return read;
        }
        for (std::size_t column = 0; column < format_.width; ++column) {
            const rgb pixel = pixel_at(column);
            row[column * 3] = pixel.red;
            row[column * 3 + 1] = pixel.green;
            row[column * 3 + 2] = pixel.blue;
        }
        return {};
    }

private:
    static tl::unexpected<error> damaged(const char* what) {
        return fail(errc::invalid, std::string("the BMP cannot be read: ") + what);
    }

    result<void> fetch(std::uint64_t offset, std::span<std::byte> into) {
        const result<std::size_t> got = file_.read_at(offset, into);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got != into.size()) {
            return damaged("it is cut off");
        }
        return {};
    }

    result<void> read_header() {
        std::array<std::byte, 18> head{};
        if (const result<void> read = fetch(0, head); !read) {
            return read;
        }
        pixels_at_ = little(head, 10, 4);
        header_bytes_ = little(head, 14, 4);
        if (header_bytes_ != core_header && header_bytes_ < 40) {
            return damaged("its header is of no known kind");
        }
        std::array<std::byte, 40> info{};
        const auto part = std::span(info).first(std::min<std::size_t>(header_bytes_, info.size()));
        if (const result<void> read = fetch(file_header, part); !read) {
            return read;
        }
        if (header_bytes_ == core_header) {
            format_.width = little(info, 4, 2);
            format_.height = little(info, 6, 2);
            planes_ = little(info, 8, 2);
            bits_ = little(info, 10, 2);
            return {};
        }
        format_.width = little(info, 4, 4);
        const std::uint32_t height = little(info, 8, 4);
        from_top_ = (height & 0x80000000U) != 0;
        format_.height = from_top_ ? 0U - height : height;
        planes_ = little(info, 12, 2);
        bits_ = little(info, 14, 2);
        compression_ = little(info, 16, 4);
        colours_used_ = little(info, 32, 4);
        return {};
    }

    /// Fewer colours than indices is allowed; what has none is black.
    result<void> read_palette() {
        const std::size_t entry = header_bytes_ == core_header ? 3 : 4;
        const std::size_t all = std::size_t{1} << bits_;
        const std::size_t count =
            colours_used_ == 0 ? all : std::min<std::size_t>(colours_used_, all);
        std::vector<std::byte> bytes(count * entry);
        if (const result<void> read = fetch(file_header + header_bytes_, bytes); !read) {
            return read;
        }
        palette_.resize(all);
        for (std::size_t at = 0; at < count; ++at) {
            palette_[at] = {std::to_integer<std::uint8_t>(bytes[at * entry + 2]),
                            std::to_integer<std::uint8_t>(bytes[at * entry + 1]),
                            std::to_integer<std::uint8_t>(bytes[at * entry])};
        }
        return {};
    }

    result<void> read_fields() {
        constexpr std::uint64_t behind_plain_header = 40;
        std::array<std::byte, 12> masks{};
        if (const result<void> read = fetch(file_header + behind_plain_header, masks); !read) {
            return read;
        }
        fields_ = {bit_field{little(masks, 0, 4)}, bit_field{little(masks, 4, 4)},
                   bit_field{little(masks, 8, 4)}};
        return {};
    }

    result<void> plain_fields() {
        fields_ = bits_ == 16 ? std::array{bit_field{0x7C00}, bit_field{0x03E0}, bit_field{0x001F}}
                              : std::array{bit_field{0xFF0000}, bit_field{0xFF00}, bit_field{0xFF}};
        return {};
    }

    [[nodiscard]] rgb pixel_at(std::size_t column) const {
        switch (bits_) {
        case 24:
            return {std::to_integer<std::uint8_t>(stored_[column * 3 + 2]),
                    std::to_integer<std::uint8_t>(stored_[column * 3 + 1]),
                    std::to_integer<std::uint8_t>(stored_[column * 3])};
        case 16:
        case 32: {
            const std::uint32_t pixel = little(stored_, column * (bits_ / 8), bits_ / 8);
            return {fields_[0].of(pixel), fields_[1].of(pixel), fields_[2].of(pixel)};
        }
        default: {
            const std::size_t bit = column * bits_;
            const unsigned byte = std::to_integer<unsigned>(stored_[bit / 8]);
            const unsigned index = byte >> (8 - bits_ - bit % 8) & ((1U << bits_) - 1);
            return palette_[index];
        }
        }
    }

    byte_input& file_;
    row_format format_; ///< RGB whatever is stored
    attachments beside_;
    std::uint64_t pixels_at_ = 0;
    std::uint32_t header_bytes_ = 0;
    std::uint32_t planes_ = 0;
    std::uint32_t bits_ = 0; ///< a pixel
    std::uint32_t compression_ = 0;
    std::uint32_t colours_used_ = 0;
    bool from_top_ = false;
    std::vector<rgb> palette_;
    std::array<bit_field, 3> fields_{};
    std::vector<std::byte> stored_; ///< one row
    std::uint32_t given_ = 0;
};

} // namespace

result<std::unique_ptr<row_source>> open_bmp(byte_input& file) {
    auto reader = std::make_unique<bmp_reader>(file);
    if (const result<void> started = reader->start(); !started) {
        return tl::unexpected(started.error());
    }
    return reader;
}

} // namespace retraind::imaging
