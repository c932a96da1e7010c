#include "png_reader.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "png_failure.hpp"
#include "retraind/base/units.hpp"

namespace retraind::imaging {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
constexpr png_uint_32 most_side = 0xFFFF;
/// Of one chunk that is no picture: a colour profile, a text. libpng's own limit.
constexpr png_alloc_size_t most_chunk_bytes = 8'000'000;
constexpr std::size_t most_exif_bytes = std::size_t{1} << 20;

class png_reader final : public row_source {
public:
    explicit png_reader(byte_input& file) : file_(file), buffer_(buffer_bytes) {}
    ~png_reader() override { png_destroy_read_struct(&png_, &info_, nullptr); }
    png_reader(const png_reader&) = delete;
    png_reader& operator=(const png_reader&) = delete;

    result<void> start() {
        png_ =
            png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure_, leave_png, ignore_png_warning);
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
        if (info_ == nullptr) {
            return fail(errc::full, "there is no memory for a PNG");
        }
        if (!failure_.run([this] { read_header(); })) {
            return failure_.say();
        }
        note_format();
        note_attachments();
        return passes_ > 1 ? read_whole() : result<void>();
    }

    [[nodiscard]] const row_format& format() const noexcept override { return format_; }
    [[nodiscard]] const attachments& beside() const noexcept override { return beside_; }

    result<void> next(std::span<std::uint8_t> row) override {
        if (!whole_.empty()) {
            const auto held = std::span(whole_).subspan(given_++ * row.size(), row.size());
            std::copy(held.begin(), held.end(), row.begin());
            return {};
        }
        if (!failure_.run([this, row] { png_read_row(png_, row.data(), nullptr); })) {
            return failure_.say();
        }
        return {};
    }

private:
    static void read(png_structp png, png_bytep into, std::size_t count) {
        if (!static_cast<png_reader*>(png_get_io_ptr(png))->take({into, count})) {
            png_error(png, "it is cut off");
        }
    }

    /// On its own, because nothing that has to be destroyed may be here when libpng is left.
    bool take(std::span<png_byte> into) {
        while (!into.empty()) {
            if (begin_ == end_ && !refill()) {
                return false;
            }
            const std::size_t count = std::min(into.size(), end_ - begin_);
            std::transform(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                           buffer_.begin() + static_cast<std::ptrdiff_t>(begin_ + count),
                           into.begin(),
                           [](std::byte each) { return std::to_integer<png_byte>(each); });
            begin_ += count;
            into = into.subspan(count);
        }
        return true;
    }

    bool refill() {
        const result<std::size_t> got = file_.read_at(offset_, buffer_);
        if (!got) {
            failure_.own = got.error();
            return false;
        }
        offset_ += *got;
        begin_ = 0;
        end_ = *got;
        return *got > 0;
    }

    void read_header() {
        png_set_read_fn(png_, this, read);
        png_set_user_limits(png_, most_side, most_side);
        png_set_chunk_malloc_max(png_, most_chunk_bytes);
        png_read_info(png_, info_);
        png_set_expand(png_);
        png_set_scale_16(png_);
        passes_ = png_set_interlace_handling(png_);
        png_read_update_info(png_, info_);
    }

    void note_format() {
        format_.width = png_get_image_width(png_, info_);
        format_.height = png_get_image_height(png_, info_);
        switch (png_get_color_type(png_, info_)) {
        case PNG_COLOR_TYPE_GRAY:
            format_.kind = colours::grey;
            break;
        case PNG_COLOR_TYPE_GRAY_ALPHA:
            format_.kind = colours::grey_alpha;
            break;
        case PNG_COLOR_TYPE_RGB_ALPHA:
            format_.kind = colours::rgba;
            break;
        default:
            format_.kind = colours::rgb;
            break;
        }
    }

    void note_attachments() {
        png_charp name = nullptr;
        int compression = 0;
        png_bytep profile = nullptr;
        png_uint_32 profile_bytes = 0;
        if (png_get_iCCP(png_, info_, &name, &compression, &profile, &profile_bytes) != 0) {
            const auto* first = reinterpret_cast<const std::byte*>(profile);
            beside_.icc.assign(first, first + profile_bytes);
        }
        png_bytep exif = nullptr;
        png_uint_32 exif_bytes = 0;
        if (png_get_eXIf_1(png_, info_, &exif_bytes, &exif) != 0 && exif_bytes <= most_exif_bytes) {
            const auto* first = reinterpret_cast<const std::byte*>(exif);
            beside_.exif.assign(first, first + exif_bytes);
        }
        int value = 0;
        if (png_get_sRGB(png_, info_, &value) != 0) {
            beside_.srgb_intent = value;
        }
        png_fixed_point gamma = 0;
        if (png_get_gAMA_fixed(png_, info_, &gamma) != 0) {
            beside_.gamma = gamma;
        }
    }

    result<void> read_whole() {
        const std::uint64_t bytes = std::uint64_t{format_.row_bytes()} * format_.height;
        if (bytes > most_held_bytes) {
            return fail(errc::invalid,
                        fmt::format("the PNG is interlaced and has {} bytes unpacked; at most {} "
                                    "can be held",
                                    format_count(bytes), format_count(most_held_bytes)));
        }
        whole_.resize(bytes);
        rows_.reserve(format_.height);
        for (std::size_t row = 0; row < format_.height; ++row) {
            rows_.push_back(whole_.data() + row * format_.row_bytes());
        }
        if (!failure_.run([this] { png_read_image(png_, rows_.data()); })) {
            return failure_.say();
        }
        return {};
    }

    byte_input& file_;
    png_failure failure_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    std::vector<std::byte> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;
    int passes_ = 1;
    row_format format_;
    attachments beside_;
    std::vector<png_byte> whole_; ///< of an interlaced picture
    std::vector<png_bytep> rows_;
    std::size_t given_ = 0;
};

} // namespace

result<std::unique_ptr<row_source>> open_png(byte_input& file) {
    auto reader = std::make_unique<png_reader>(file);
    if (const result<void> started = reader->start(); !started) {
        return tl::unexpected(started.error());
    }
    return reader;
}

} // namespace retraind::imaging
