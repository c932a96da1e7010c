#include "jpeg_reader.hpp"

#include <vector>

#include "jpeg_attachments.hpp"
#include "jpeg_failure.hpp"

namespace retraind::imaging {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
/// A progressive file may have any number of scans, and each costs a pass over all of the picture.
constexpr int most_scans = 64;

void count_scans(j_common_ptr common) {
    if (reinterpret_cast<j_decompress_ptr>(common)->input_scan_number > most_scans) {
        failure_of(common).own = error{errc::invalid, "the JPEG cannot be read: too many scans"};
        leave_jpeg(common);
    }
}

class jpeg_reader final : public row_source {
public:
    explicit jpeg_reader(byte_input& file) : file_(file), buffer_(buffer_bytes) {
        info_.err = &failure_.manager;
        watch_.progress_monitor = count_scans;
        source_.init_source = [](j_decompress_ptr) {
        };
        source_.fill_input_buffer = fill;
        source_.skip_input_data = skip;
        source_.resync_to_restart = jpeg_resync_to_restart;
        source_.term_source = [](j_decompress_ptr) {
        };
    }
    ~jpeg_reader() override { jpeg_destroy_decompress(&info_); }
    jpeg_reader(const jpeg_reader&) = delete;
    jpeg_reader& operator=(const jpeg_reader&) = delete;

    result<void> start(std::uint32_t width, std::uint32_t height) {
        result<attachments> beside = read_jpeg_attachments(file_);
        if (!beside) {
            return tl::unexpected(beside.error());
        }
        beside_ = std::move(*beside);
        if (!failure_.run([this] { read_header(); })) {
            return failure_.say();
        }
        if (!choose_colours()) {
            return fail(errc::invalid, "the JPEG cannot be read: its colours are of no known kind");
        }
        choose_scale(width, height);
        if (!failure_.run([this] { jpeg_start_decompress(&info_); })) {
            return failure_.say();
        }
        format_.width = info_.output_width;
        format_.height = info_.output_height;
        return {};
    }

    [[nodiscard]] const row_format& format() const noexcept override { return format_; }
    [[nodiscard]] const attachments& beside() const noexcept override { return beside_; }

    result<void> next(std::span<std::uint8_t> row) override {
        JSAMPROW samples = row.data();
        if (!failure_.run([this, &samples] { jpeg_read_scanlines(&info_, &samples, 1); })) {
            return failure_.say();
        }
        return {};
    }

private:
    static jpeg_reader& of(j_decompress_ptr info) {
        return *static_cast<jpeg_reader*>(info->client_data);
    }

    static boolean fill(j_decompress_ptr info) {
        if (!of(info).refill()) {
            leave_jpeg(reinterpret_cast<j_common_ptr>(info));
        }
        return TRUE;
    }

    static void skip(j_decompress_ptr info, long count) {
        jpeg_reader& self = of(info);
        const auto wanted = static_cast<std::uint64_t>(count > 0 ? count : 0);
        if (wanted <= self.source_.bytes_in_buffer) {
            self.source_.next_input_byte += wanted;
            self.source_.bytes_in_buffer -= wanted;
            return;
        }
        self.offset_ += wanted - self.source_.bytes_in_buffer;
        self.source_.bytes_in_buffer = 0;
    }

    /// On its own, because nothing that has to be destroyed may be here when libjpeg is left.
    bool refill() {
        const result<std::size_t> got = file_.read_at(offset_, buffer_);
        if (!got) {
            failure_.own = got.error();
            return false;
        }
        if (*got == 0) {
            failure_.own = error{errc::invalid, "the JPEG cannot be read: it is cut off"};
            return false;
        }
        offset_ += *got;
        source_.next_input_byte = reinterpret_cast<const JOCTET*>(buffer_.data());
        source_.bytes_in_buffer = *got;
        return true;
    }

    void read_header() {
        jpeg_create_decompress(&info_);
        info_.client_data = this;
        info_.progress = &watch_;
        info_.mem->max_memory_to_use = static_cast<long>(most_held_bytes);
        info_.src = &source_;
        jpeg_read_header(&info_, TRUE);
    }

    bool choose_colours() {
        switch (info_.jpeg_color_space) {
        case JCS_GRAYSCALE:
            info_.out_color_space = JCS_GRAYSCALE;
            format_.kind = colours::grey;
            return true;
        case JCS_YCbCr:
        case JCS_RGB:
            info_.out_color_space = JCS_RGB;
            format_.kind = colours::rgb;
            return true;
        case JCS_CMYK:
        case JCS_YCCK:
            info_.out_color_space = JCS_CMYK;
            format_.kind = colours::cmyk;
            beside_.adobe_inks = info_.saw_Adobe_marker != FALSE;
            return true;
        default:
            return false;
        }
    }

    void choose_scale(std::uint32_t width, std::uint32_t height) {
        constexpr unsigned whole = 8;
        const auto enough = [](std::uint64_t side, unsigned eighths, std::uint32_t wanted) {
            return (side * eighths + whole - 1) / whole >= wanted;
        };
        info_.scale_denom = whole;
        info_.scale_num = 1;
        while (info_.scale_num < whole && !(enough(info_.image_width, info_.scale_num, width) &&
                                            enough(info_.image_height, info_.scale_num, height))) {
            ++info_.scale_num;
        }
    }

    byte_input& file_;
    jpeg_failure failure_;
    jpeg_progress_mgr watch_{};
    jpeg_source_mgr source_{};
    jpeg_decompress_struct info_{};
    std::vector<std::byte> buffer_;
    std::uint64_t offset_ = 0;
    row_format format_;
    attachments beside_;
};

} // namespace

result<std::unique_ptr<row_source>> open_jpeg(byte_input& file, std::uint32_t width,
                                              std::uint32_t height) {
    auto reader = std::make_unique<jpeg_reader>(file);
    if (const result<void> started = reader->start(width, height); !started) {
        return tl::unexpected(started.error());
    }
    return reader;
}

} // namespace retraind::imaging
