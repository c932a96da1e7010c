#include "sandbox/learn/png_reader.hpp"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <vector>

#include <fmt/format.h>
#include <png.h>

namespace sandbox::learn {

namespace {

constexpr std::size_t signature_bytes = 8;

/// A reader whose failures end up in run().
class png_file {
public:
    explicit png_file(bytes_view file) : rest_(file) {
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, fail, ignore);
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    }
    ~png_file() { png_destroy_read_struct(&png_, &info_, nullptr); }
    png_file(const png_file&) = delete;
    png_file& operator=(const png_file&) = delete;

    /// `step` is left by a long jump when the library fails: it must own nothing.
    template <class Step>
    bool run(Step step) {
        if (info_ == nullptr) {
            return false;
        }
        if (setjmp(place_) != 0) {
            return false;
        }
        step(png_, info_);
        return true;
    }

    bool read_header() {
        return run([this](png_structp png, png_infop info) {
            png_set_read_fn(png, this, hand_over);
            png_read_info(png, info);
        });
    }

    [[nodiscard]] tl::unexpected<std::string> failure() const {
        return tl::unexpected(fmt::format("The PNG picture cannot be read: {}", message_.data()));
    }
    [[nodiscard]] unsigned width() const { return png_get_image_width(png_, info_); }
    [[nodiscard]] unsigned height() const { return png_get_image_height(png_, info_); }
    [[nodiscard]] std::size_t row_bytes() const { return png_get_rowbytes(png_, info_); }

private:
    [[noreturn]] static void fail(png_structp png, png_const_charp what) {
        auto* const self = static_cast<png_file*>(png_get_error_ptr(png));
        std::strncpy(self->message_.data(), what, self->message_.size() - 1);
        std::longjmp(self->place_, 1);
    }
    static void ignore(png_structp /*png*/, png_const_charp /*what*/) {}

    static void hand_over(png_structp png, png_bytep to, std::size_t count) {
        auto* const self = static_cast<png_file*>(png_get_io_ptr(png));
        if (count > self->rest_.size()) {
            png_error(png, "it is cut off");
        }
        std::memcpy(to, self->rest_.data(), count);
        self->rest_ = self->rest_.subspan(count);
    }

    bytes_view rest_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    std::jmp_buf place_{};
    std::array<char, 128> message_{};
};

std::size_t big_endian(bytes_view four) {
    std::size_t number = 0;
    for (const std::byte each : four.first<4>()) {
        number = number << 8 | std::to_integer<std::size_t>(each);
    }
    return number;
}

/// Whether chunk follows chunk up to the one that ends the picture.
bool has_end(bytes_view file) {
    constexpr std::size_t frame_bytes = 12;
    bytes_view rest = file.subspan(signature_bytes);
    while (rest.size() >= frame_bytes) {
        const std::size_t length = big_endian(rest);
        if (length > rest.size() - frame_bytes) {
            return false;
        }
        if (std::memcmp(rest.data() + 4, "IEND", 4) == 0) {
            return true;
        }
        rest = rest.subspan(length + frame_bytes);
    }
    return false;
}

bool ask_for_rgba(png_file& png) {
    return png.run([](png_structp source, png_infop info) {
        png_set_expand(source);
        png_set_scale_16(source);
        png_set_gray_to_rgb(source);
        png_set_add_alpha(source, 0xFF, PNG_FILLER_AFTER);
        png_read_update_info(source, info);
    });
}

/// Where the pixels of one pass over an interlaced picture lie; all of them in a plain one.
struct pass {
    unsigned first_column = 0;
    unsigned first_row = 0;
    unsigned column_step = 1;
    unsigned row_step = 1;
    unsigned columns = 0;
    unsigned rows = 0;
};

std::vector<pass> passes_of(unsigned width, unsigned height, bool is_interlaced) {
    if (!is_interlaced) {
        return {{.columns = width, .rows = height}};
    }
    std::vector<pass> made;
    for (unsigned each = 0; each < PNG_INTERLACE_ADAM7_PASSES; ++each) {
        made.push_back({.first_column = PNG_PASS_START_COL(each),
                        .first_row = PNG_PASS_START_ROW(each),
                        .column_step = static_cast<unsigned>(PNG_PASS_COL_OFFSET(each)),
                        .row_step = static_cast<unsigned>(PNG_PASS_ROW_OFFSET(each)),
                        .columns = PNG_PASS_COLS(width, each),
                        .rows = PNG_PASS_ROWS(height, each)});
    }
    std::erase_if(made, [](const pass& each) { return each.columns == 0 || each.rows == 0; });
    return made;
}

void read_pass(png_structp png, const pass& each, png_bytep row, area_scaler& scaler) {
    for (unsigned y = 0; y < each.rows; ++y) {
        png_read_row(png, row, nullptr);
        for (unsigned x = 0; x < each.columns; ++x) {
            const png_bytep pixel = row + std::size_t{4} * x;
            scaler.add(each.first_column + x * each.column_step, each.first_row + y * each.row_step,
                       {.red = pixel[0], .green = pixel[1], .blue = pixel[2], .alpha = pixel[3]});
        }
    }
}

bool read_passes(png_file& png, area_scaler& scaler) {
    bool is_interlaced = false;
    png.run([&is_interlaced](png_structp source, png_infop info) {
        is_interlaced = png_get_interlace_type(source, info) != PNG_INTERLACE_NONE;
    });
    const std::vector<pass> passes = passes_of(png.width(), png.height(), is_interlaced);
    std::vector<png_byte> row(std::max(png.row_bytes(), std::size_t{4} * png.width()));
    return png.run([&passes, &row, &scaler](png_structp source, png_infop /*info*/) {
        for (const pass& each : passes) {
            read_pass(source, each, row.data(), scaler);
        }
        png_read_end(source, nullptr);
    });
}

} // namespace

bool is_png(bytes_view file) {
    return file.size() >= signature_bytes &&
           png_sig_cmp(reinterpret_cast<png_const_bytep>(file.data()), 0, signature_bytes) == 0;
}

result<image_info> inspect_png(bytes_view file) {
    png_file png(file);
    if (!png.read_header()) {
        return png.failure();
    }
    if (!has_end(file)) {
        return tl::unexpected(std::string("The PNG picture is cut off"));
    }
    return image_info{
        .kind = image_info::format::png, .width = png.width(), .height = png.height()};
}

result<area_scaler> read_png(bytes_view file, unsigned side) {
    png_file png(file);
    if (!png.read_header() || !ask_for_rgba(png)) {
        return png.failure();
    }
    area_scaler scaler(png.width(), png.height(), side);
    if (!read_passes(png, scaler)) {
        return png.failure();
    }
    return scaler;
}

} // namespace sandbox::learn
