#include "png_writer.hpp"

#include <vector>

#include "png_failure.hpp"

namespace retraind::imaging {
namespace {

class png_writer final : public row_sink {
public:
    png_writer(byte_output& out, const row_format& format) : out_(out), format_(format) {}
    ~png_writer() override { png_destroy_write_struct(&png_, &info_); }
    png_writer(const png_writer&) = delete;
    png_writer& operator=(const png_writer&) = delete;

    result<void> start(const attachments& beside) {
        png_ = png_create_write_struct(PNG_LIBPNG_VER_STRING, &failure_, leave_png,
                                       ignore_png_warning);
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
        if (info_ == nullptr) {
            return fail(errc::full, "there is no memory for a PNG");
        }
        if (!failure_.run([this, &beside] { begin(beside); })) {
            return failure_.say();
        }
        return {};
    }

    result<void> put(std::span<const std::uint8_t> row) override {
        if (!failure_.run([this, row] { png_write_row(png_, row.data()); })) {
            return failure_.say();
        }
        return {};
    }

    result<void> finish() override {
        if (!failure_.run([this] { png_write_end(png_, nullptr); })) {
            return failure_.say();
        }
        return {};
    }

private:
    static void write(png_structp png, png_bytep bytes, std::size_t count) {
        if (!static_cast<png_writer*>(png_get_io_ptr(png))->give({bytes, count})) {
            png_error(png, "it cannot be written");
        }
    }

    /// On its own, because nothing that has to be destroyed may be here when libpng is left.
    bool give(std::span<const png_byte> bytes) {
        const result<void> given = out_.write(std::as_bytes(bytes));
        if (!given) {
            failure_.own = given.error();
        }
        return given.has_value();
    }

    [[nodiscard]] int colour_type() const {
        switch (format_.kind) {
        case colours::grey:
            return PNG_COLOR_TYPE_GRAY;
        case colours::grey_alpha:
            return PNG_COLOR_TYPE_GRAY_ALPHA;
        case colours::rgba:
            return PNG_COLOR_TYPE_RGB_ALPHA;
        default:
            return PNG_COLOR_TYPE_RGB;
        }
    }

    void begin(const attachments& beside) {
        constexpr int bits = 8;
        png_set_write_fn(png_, this, write, [](png_structp) {});
        // A profile that is wrong was so before; it must not cost the picture.
        png_set_benign_errors(png_, 1);
        png_set_IHDR(png_, info_, format_.width, format_.height, bits, colour_type(),
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        if (!beside.icc.empty()) {
            png_set_iCCP(png_, info_, "icc", PNG_COMPRESSION_TYPE_BASE,
                         reinterpret_cast<png_const_bytep>(beside.icc.data()),
                         static_cast<png_uint_32>(beside.icc.size()));
        } else if (beside.srgb_intent) {
            png_set_sRGB(png_, info_, *beside.srgb_intent);
        }
        if (beside.gamma) {
            png_set_gAMA_fixed(png_, info_, *beside.gamma);
        }
        if (!beside.exif.empty()) {
            // libpng copies through a pointer that is not const.
            png_set_eXIf_1(png_, info_, static_cast<png_uint_32>(beside.exif.size()),
                           reinterpret_cast<png_bytep>(const_cast<std::byte*>(beside.exif.data())));
        }
        png_write_info(png_, info_);
    }

    byte_output& out_;
    row_format format_;
    png_failure failure_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
};

} // namespace

result<std::unique_ptr<row_sink>> create_png(byte_output& out, const row_format& format,
                                             const attachments& beside) {
    if (format.kind == colours::cmyk) {
        return fail(errc::invalid, "a PNG has no CMYK");
    }
    auto writer = std::make_unique<png_writer>(out, format);
    if (const result<void> started = writer->start(beside); !started) {
        return tl::unexpected(started.error());
    }
    return writer;
}

} // namespace retraind::imaging
