#include <png.h>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

struct png_kind {
    int bits;
    int colour_type;
    int interlace;
};

void append(png_structp png, png_bytep bytes, std::size_t count) {
    static_cast<std::string*>(png_get_io_ptr(png))
        ->append(reinterpret_cast<const char*>(bytes), count);
}

/// A PNG as other programs write it: any depth, palettes, interlaced. All bits of `fill` a row.
std::string foreign_png(std::uint32_t width, std::uint32_t height, const png_kind& kind,
                        png_byte fill) {
    std::string bytes;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &bytes, append, nullptr);
    png_set_IHDR(png, info, width, height, kind.bits, kind.colour_type, kind.interlace,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    const png_color palette[2] = {{10, 20, 30}, {40, 50, 60}};
    png_byte seen[2] = {0, 255};
    if (kind.colour_type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, 2);
        png_set_tRNS(png, info, seen, 2, nullptr);
    }
    png_write_info(png, info);
    std::vector<png_byte> row(png_get_rowbytes(png, info), fill);
    for (int pass = png_set_interlace_handling(png); pass > 0; --pass) {
        for (std::uint32_t at = 0; at < height; ++at) {
            png_write_row(png, row.data());
        }
    }
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(png_pictures)

BOOST_AUTO_TEST_CASE(every_kind_of_colours_stays_it) {
    struct kind {
        colours format;
        std::vector<std::uint8_t> pixel;
    };
    const std::vector<kind> kinds{{colours::grey, {77}},
                                  {colours::grey_alpha, {77, 130}},
                                  {colours::rgb, {1, 128, 255}},
                                  {colours::rgba, {1, 128, 255, 130}}};
    for (const kind& each : kinds) {
        const std::string large = png_of({301, 200, each.format}, flat(each.pixel));
        const raster small = read_png(shrunk(large, picture_kind::png, {150, 100, 0})).value();
        BOOST_TEST((small.format == row_format{150, 100, each.format}));
        for (std::size_t at = 0; at < small.samples.size(); ++at) {
            BOOST_TEST_REQUIRE(small.samples[at] == each.pixel[at % each.pixel.size()]);
        }
    }
}

BOOST_AUTO_TEST_CASE(palettes_few_bits_and_many_are_unfolded) {
    const auto read = [](const png_kind& kind, png_byte fill) {
        return read_png(foreign_png(20, 10, kind, fill)).value();
    };
    const raster palette = read({1, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE}, 0xFF);
    BOOST_TEST((palette.format.kind == colours::rgba));
    BOOST_TEST(int(palette.at(3, 3, 1)) == 50);
    BOOST_TEST(int(palette.at(3, 3, 3)) == 255);
    const raster few = read({2, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE}, 0x55);
    BOOST_TEST(int(few.at(19, 9, 0)) == 85);
    const raster many = read({16, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE}, 0x80);
    BOOST_TEST((many.format.kind == colours::rgb));
    BOOST_TEST(int(many.at(7, 7, 2)) == 0x80);
}

BOOST_AUTO_TEST_CASE(an_interlaced_one_is_read_whole) {
    const std::string large = foreign_png(37, 29, {8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7}, 90);
    const raster small = read_png(shrunk(large, picture_kind::png, {20, 15, 0})).value();
    BOOST_TEST((small.format == row_format{20, 15, colours::rgb}));
    BOOST_TEST(std::ranges::all_of(small.samples, [](auto each) { return each == 90; }));
}

BOOST_AUTO_TEST_CASE(an_interlaced_one_that_is_too_large_to_hold_is_refused_before_it_is_held) {
    const std::string large =
        foreign_png(12'000, 4'000, {8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7}, 0);
    const auto read = read_png(large);
    BOOST_TEST_REQUIRE(!read.has_value());
    BOOST_TEST((read.error().code == errc::invalid));
    BOOST_TEST(read.error().message.find("interlaced") != std::string::npos);
    BOOST_TEST(read.error().message.find("144,000,000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_the_colours_mean_and_orientation_are_kept) {
    attachments beside;
    beside.exif = turned_exif();
    beside.srgb_intent = 1;
    beside.gamma = 45'455;
    const std::string large = png_of({30, 20, colours::rgb}, slope(), beside);
    const raster small = read_png(shrunk(large, picture_kind::png, {15, 10, 0})).value();
    BOOST_TEST((small.beside.exif == beside.exif));
    BOOST_TEST((small.beside.srgb_intent == 1));
    BOOST_TEST((small.beside.gamma == 45'455));
}

BOOST_AUTO_TEST_SUITE_END()
