#include "jpeg_writer.hpp"

#include <vector>

#include "jpeg_attachments.hpp"
#include "jpeg_failure.hpp"

namespace retraind::imaging {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;

class jpeg_writer final : public row_sink {
public:
    jpeg_writer(byte_output& out, const row_format& format)
        : out_(out), format_(format), buffer_(buffer_bytes) {
        info_.err = &failure_.manager;
        target_.init_destination = [](j_compress_ptr info) {
            of(info).start_buffer();
        };
        target_.empty_output_buffer = [](j_compress_ptr info) -> boolean {
            give_all(info, buffer_bytes);
            return TRUE;
        };
        target_.term_destination = [](j_compress_ptr info) {
            give_all(info, buffer_bytes - of(info).target_.free_in_buffer);
        };
    }
    ~jpeg_writer() override { jpeg_destroy_compress(&info_); }
    jpeg_writer(const jpeg_writer&) = delete;
    jpeg_writer& operator=(const jpeg_writer&) = delete;

    result<void> start(int quality, const attachments& beside) {
        const std::vector<jpeg_segment> segments = jpeg_segments_of(beside);
        const bool adobe = beside.adobe_inks;
        if (!failure_.run([&] { begin(quality, adobe, segments); })) {
            return failure_.say();
        }
        return {};
    }

    result<void> put(std::span<const std::uint8_t> row) override {
        // libjpeg reads through a pointer that is not const.
        auto* samples = const_cast<JSAMPROW>(row.data());
        if (!failure_.run([this, &samples] { jpeg_write_scanlines(&info_, &samples, 1); })) {
            return failure_.say();
        }
        return {};
    }

    result<void> finish() override {
        if (!failure_.run([this] { jpeg_finish_compress(&info_); })) {
            return failure_.say();
        }
        return {};
    }

private:
    static jpeg_writer& of(j_compress_ptr info) {
        return *static_cast<jpeg_writer*>(info->client_data);
    }

    static void give_all(j_compress_ptr info, std::size_t count) {
        if (!of(info).give(count)) {
            leave_jpeg(reinterpret_cast<j_common_ptr>(info));
        }
        of(info).start_buffer();
    }

    /// On its own, because nothing that has to be destroyed may be here when libjpeg is left.
    bool give(std::size_t count) {
        const result<void> given = out_.write(std::span(buffer_).first(count));
        if (!given) {
            failure_.own = given.error();
        }
        return given.has_value();
    }

    void start_buffer() {
        target_.next_output_byte = reinterpret_cast<JOCTET*>(buffer_.data());
        target_.free_in_buffer = buffer_.size();
    }

    void begin(int quality, bool adobe, const std::vector<jpeg_segment>& segments) {
        jpeg_create_compress(&info_);
        info_.client_data = this;
        info_.dest = &target_;
        info_.image_width = format_.width;
        info_.image_height = format_.height;
        info_.input_components = static_cast<int>(channels_of(format_.kind));
        info_.in_color_space = format_.kind == colours::grey   ? JCS_GRAYSCALE
                               : format_.kind == colours::cmyk ? JCS_CMYK
                                                               : JCS_RGB;
        jpeg_set_defaults(&info_);
        if (format_.kind == colours::cmyk) {
            // Without Adobe's marker readers take inks as they stand, with it as inverted.
            info_.write_Adobe_marker = adobe ? TRUE : FALSE;
        }
        jpeg_set_quality(&info_, quality, TRUE);
        jpeg_start_compress(&info_, TRUE);
        for (const jpeg_segment& each : segments) {
            jpeg_write_marker(&info_, JPEG_APP0 + each.marker,
                              reinterpret_cast<const JOCTET*>(each.payload.data()),
                              static_cast<unsigned>(each.payload.size()));
        }
    }

    byte_output& out_;
    row_format format_;
    jpeg_failure failure_;
    jpeg_destination_mgr target_{};
    jpeg_compress_struct info_{};
    std::vector<std::byte> buffer_;
};

} // namespace

result<std::unique_ptr<row_sink>> create_jpeg(byte_output& out, const row_format& format,
                                              int quality, const attachments& beside) {
    if (has_alpha(format.kind)) {
        return fail(errc::invalid, "a JPEG has no alpha");
    }
    auto writer = std::make_unique<jpeg_writer>(out, format);
    if (const result<void> started = writer->start(quality, beside); !started) {
        return tl::unexpected(started.error());
    }
    return writer;
}

} // namespace retraind::imaging
