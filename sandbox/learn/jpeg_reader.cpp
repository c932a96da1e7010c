#include "sandbox/learn/jpeg_reader.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <jpeglib.h>
// jpeglib.h before it, which it needs.
#include <jerror.h>

namespace sandbox::learn {

namespace {

constexpr long most_coefficient_bytes = 256L * 1024 * 1024;
/// A progressive file may have any number of scans, and each costs a pass over all of the picture.
constexpr int most_scans = 500;

struct failure_place {
    jpeg_error_mgr manager{}; ///< first: libjpeg hands out its address
    std::jmp_buf place{};
    std::array<char, JMSG_LENGTH_MAX> message{};
};

[[noreturn]] void leave(j_common_ptr common) {
    auto* const failure = reinterpret_cast<failure_place*>(common->err);
    if (common->err->msg_code == JERR_NO_BACKING_STORE) {
        constexpr std::string_view sentence = "it is progressive and takes too much memory";
        std::copy(sentence.begin(), sentence.end(), failure->message.begin());
    } else {
        (*common->err->format_message)(common, failure->message.data());
    }
    std::longjmp(failure->place, 1);
}

void hear_warning(j_common_ptr common, int level) {
    const bool is_cut_off = common->err->msg_code == JWRN_JPEG_EOF;
    if (level < 0 && is_cut_off) {
        leave(common);
    }
}

void count_scans(j_common_ptr common) {
    if (reinterpret_cast<j_decompress_ptr>(common)->input_scan_number > most_scans) {
        common->err->msg_code = JERR_BAD_PROGRESSION;
        leave(common);
    }
}

/// A decompressor whose failures end up in run().
class jpeg_file {
public:
    explicit jpeg_file(bytes_view file) : file_(file) {
        info_.err = jpeg_std_error(&failure_.manager);
        failure_.manager.error_exit = leave;
        failure_.manager.emit_message = hear_warning;
        watch_.progress_monitor = count_scans;
    }
    ~jpeg_file() { jpeg_destroy_decompress(&info_); }
    jpeg_file(const jpeg_file&) = delete;
    jpeg_file& operator=(const jpeg_file&) = delete;

    /// `step` is left by a long jump when the library fails: it must own nothing.
    template <class Step>
    bool run(Step step) {
        if (setjmp(failure_.place) != 0) {
            return false;
        }
        step(info_);
        return true;
    }

    bool read_header() {
        return run([this](jpeg_decompress_struct& info) {
            jpeg_create_decompress(&info);
            info.progress = &watch_;
            info.mem->max_memory_to_use = most_coefficient_bytes;
            jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file_.data()),
                         static_cast<unsigned long>(file_.size()));
            jpeg_read_header(&info, TRUE);
        });
    }

    [[nodiscard]] tl::unexpected<std::string> failure() const {
        return tl::unexpected(
            fmt::format("The JPEG picture cannot be read: {}", failure_.message.data()));
    }
    [[nodiscard]] const jpeg_decompress_struct& info() const noexcept { return info_; }

private:
    bytes_view file_;
    failure_place failure_;
    jpeg_progress_mgr watch_{};
    jpeg_decompress_struct info_{};
};

unsigned at(bytes_view file, std::size_t place) {
    return std::to_integer<unsigned>(file[place]);
}

/// Where the marker after `place` ends; compressed data, stuffed bytes and restarts are skipped.
std::optional<std::size_t> after_next_marker(bytes_view file, std::size_t place) {
    for (; place + 1 < file.size(); ++place) {
        const unsigned code = at(file, place + 1);
        const bool is_data = code == 0x00 || code == 0xFF || (code >= 0xD0 && code <= 0xD7);
        if (at(file, place) == 0xFF && !is_data) {
            return place + 2;
        }
    }
    return std::nullopt;
}

/// Whether the end marker comes, and not only in a preview inside of a segment.
bool has_end(bytes_view file) {
    std::size_t place = 2;
    while (const auto next = after_next_marker(file, place)) {
        if (at(file, *next - 1) == 0xD9) {
            return true;
        }
        if (*next + 1 >= file.size()) {
            return false;
        }
        place = *next + (at(file, *next) << 8 | at(file, *next + 1));
    }
    return false;
}

/// The strongest reduction by the library that leaves at least `side` pixels.
unsigned eighths_for(const jpeg_decompress_struct& info, unsigned side) {
    for (const unsigned eighths : {1U, 2U, 4U}) {
        const auto reduced = [eighths](unsigned length) {
            return length * eighths / 8;
        };
        if (reduced(info.image_width) >= side && reduced(info.image_height) >= side) {
            return eighths;
        }
    }
    return 8;
}

bool start(jpeg_file& jpeg, unsigned side) {
    return jpeg.run([side](jpeg_decompress_struct& info) {
        const bool is_cmyk = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
        info.out_color_space = is_cmyk ? JCS_CMYK : JCS_RGB;
        info.scale_num = eighths_for(info, side);
        info.scale_denom = 8;
        jpeg_start_decompress(&info);
    });
}

/// Inks as Adobe's programs write them: inverted, and so does everybody who writes CMYK at all.
rgba from_inks(const JSAMPLE* inks) {
    const auto mixed = [black = inks[3]](JSAMPLE ink) {
        return static_cast<std::uint8_t>(ink * black / 255);
    };
    return {.red = mixed(inks[0]), .green = mixed(inks[1]), .blue = mixed(inks[2])};
}

void add_row(area_scaler& scaler, const jpeg_decompress_struct& info, const JSAMPLE* samples) {
    const unsigned row = info.output_scanline - 1;
    for (unsigned column = 0; column < info.output_width; ++column) {
        const JSAMPLE* const pixel = samples + std::size_t{column} * info.output_components;
        scaler.add(column, row,
                   info.output_components == 4
                       ? from_inks(pixel)
                       : rgba{.red = pixel[0], .green = pixel[1], .blue = pixel[2]});
    }
}

} // namespace

bool is_jpeg(bytes_view file) {
    return file.size() > 3 && at(file, 0) == 0xFF && at(file, 1) == 0xD8 && at(file, 2) == 0xFF;
}

result<image_info> inspect_jpeg(bytes_view file) {
    jpeg_file jpeg(file);
    if (!jpeg.read_header()) {
        return jpeg.failure();
    }
    if (!has_end(file)) {
        return tl::unexpected(std::string("The JPEG picture is cut off"));
    }
    return image_info{.kind = image_info::format::jpeg,
                      .width = jpeg.info().image_width,
                      .height = jpeg.info().image_height};
}

result<area_scaler> read_jpeg(bytes_view file, unsigned side) {
    jpeg_file jpeg(file);
    if (!jpeg.read_header() || !start(jpeg, side)) {
        return jpeg.failure();
    }
    const jpeg_decompress_struct& info = jpeg.info();
    area_scaler scaler(info.output_width, info.output_height, side);
    std::vector<JSAMPLE> samples(std::size_t{info.output_width} * info.output_components);
    JSAMPROW row = samples.data();
    const bool is_read = jpeg.run([&row, &scaler](jpeg_decompress_struct& source) {
        while (source.output_scanline < source.output_height) {
            jpeg_read_scanlines(&source, &row, 1);
            add_row(scaler, source, row);
        }
    });
    if (!is_read) {
        return jpeg.failure();
    }
    return scaler;
}

} // namespace sandbox::learn
