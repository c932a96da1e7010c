#include "sandbox/learn/image.hpp"

#include <array>
#include <cstdlib>
#include <ostream>

#include <boost/test/unit_test.hpp>

#include "unit/sandbox_learn/picture_data.hpp"

namespace {

using namespace sandbox::learn;
using sandbox::test::bytes_of;
using sandbox::test::read_data;
using format = image_info::format;

using colour = std::array<int, 3>;

constexpr colour red{224, 32, 32};
constexpr colour green{32, 192, 32};
constexpr colour blue{32, 32, 224};
constexpr colour white{255, 255, 255};
constexpr colour black{0, 0, 0};

colour pixel_at(const square_image& picture, unsigned column, unsigned row) {
    const std::uint8_t* const pixel =
        &picture.pixels.at(std::size_t{3} * (row * picture.side + column));
    return {pixel[0], pixel[1], pixel[2]};
}

void check_close(const colour& seen, const colour& expected) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
        BOOST_TEST(std::abs(seen[channel] - expected[channel]) <= 6,
                   "channel " << channel << ": " << seen[channel] << ", not " << expected[channel]);
    }
}

struct shown {
    const char* file;
    format kind;
    colour upper_left;
    colour upper_right;
    colour lower_left;
    colour lower_right;
};

const shown scenes[] = {
    {"baseline.jpg", format::jpeg, red, green, blue, white},
    {"progressive.jpg", format::jpeg, red, green, blue, white},
    {"preview.jpg", format::jpeg, red, green, blue, white},
    {"cmyk.jpg", format::jpeg, red, green, blue, white},
    {"grey.jpg", format::jpeg, {89, 89, 89}, {126, 126, 126}, {54, 54, 54}, white},
    {"rgb.png", format::png, red, green, blue, white},
    {"palette.png", format::png, red, green, blue, white},
    {"transparent.png", format::png, red, green, blue, white},
    {"interlaced.png", format::png, red, green, blue, white},
    {"grey16.png", format::png, {224, 224, 224}, {32, 32, 32}, {224, 224, 224}, {32, 32, 32}},
    {"plain.gif", format::gif, red, green, blue, white},
    {"interlaced.gif", format::gif, red, green, blue, white},
    {"animated.gif", format::gif, red, green, blue, white},
    {"transparent.gif", format::gif, red, green, blue, white},
    {"rgb.bmp", format::bmp, red, green, blue, white},
    {"palette.bmp", format::bmp, red, green, blue, white},
    {"rgb32.bmp", format::bmp, red, green, blue, black},
    {"top_down.bmp", format::bmp, red, green, blue, white},
    {"white.bmp", format::bmp, white, white, white, white},
};

BOOST_AUTO_TEST_SUITE(image)

BOOST_AUTO_TEST_CASE(tells_format_and_size_by_content) {
    for (const shown& each : scenes) {
        BOOST_TEST_CONTEXT(each.file) {
            const std::string file = read_data(each.file);
            const auto info = inspect(bytes_of(file));
            BOOST_TEST_REQUIRE(info.has_value());
            BOOST_TEST((info->kind == each.kind));
            BOOST_TEST(info->width == 48U);
            BOOST_TEST(info->height == 32U);
        }
    }
}

BOOST_AUTO_TEST_CASE(shrinks_to_the_mean_of_the_area) {
    for (const shown& each : scenes) {
        BOOST_TEST_CONTEXT(each.file) {
            const std::string file = read_data(each.file);
            const auto picture = decode(bytes_of(file), 2);
            BOOST_TEST_REQUIRE(picture.has_value());
            BOOST_TEST_REQUIRE(picture->pixels.size() == 12U);
            check_close(pixel_at(*picture, 0, 0), each.upper_left);
            check_close(pixel_at(*picture, 1, 0), each.upper_right);
            check_close(pixel_at(*picture, 0, 1), each.lower_left);
            check_close(pixel_at(*picture, 1, 1), each.lower_right);
        }
    }
}

BOOST_AUTO_TEST_CASE(grows_to_the_square) {
    for (const shown& each : scenes) {
        BOOST_TEST_CONTEXT(each.file) {
            const std::string file = read_data(each.file);
            const auto picture = decode(bytes_of(file), 64);
            BOOST_TEST_REQUIRE(picture.has_value());
            BOOST_TEST(picture->side == 64U);
            BOOST_TEST_REQUIRE(picture->pixels.size() == 64U * 64U * 3U);
            check_close(pixel_at(*picture, 10, 10), each.upper_left);
            check_close(pixel_at(*picture, 53, 10), each.upper_right);
            check_close(pixel_at(*picture, 10, 53), each.lower_left);
            check_close(pixel_at(*picture, 53, 53), each.lower_right);
        }
    }
}

BOOST_AUTO_TEST_CASE(shares_pixels_between_cells_by_area) {
    const std::string file = read_data("rgb.png");
    const auto picture = decode(bytes_of(file), 3);
    BOOST_TEST_REQUIRE(picture.has_value());
    check_close(pixel_at(*picture, 0, 0), red);
    check_close(pixel_at(*picture, 1, 0), {128, 112, 32});
    check_close(pixel_at(*picture, 1, 1), {136, 128, 136});
}

BOOST_AUTO_TEST_CASE(one_pixel_is_the_mean) {
    const std::string file = read_data("rgb.bmp");
    const auto picture = decode(bytes_of(file), 1);
    BOOST_TEST_REQUIRE(picture.has_value());
    check_close(pixel_at(*picture, 0, 0), {136, 128, 136});
}

BOOST_AUTO_TEST_CASE(the_longest_allowed_is_decoded) {
    const std::string file = read_data("longest.png");
    const auto picture = decode(bytes_of(file), 2);
    BOOST_TEST_REQUIRE(picture.has_value());
    check_close(pixel_at(*picture, 1, 1), black);
}

BOOST_AUTO_TEST_CASE(a_larger_one_is_a_picture_but_not_decoded) {
    const std::string file = read_data("too_wide.png");
    const auto info = inspect(bytes_of(file));
    BOOST_TEST_REQUIRE(info.has_value());
    BOOST_TEST(info->width == 10241U);
    const auto picture = decode(bytes_of(file), 2);
    BOOST_TEST_REQUIRE(!picture.has_value());
    BOOST_TEST(picture.error() == "The picture measures 10241 x 2 pixels; 10240 are allowed");
}

BOOST_AUTO_TEST_CASE(bytes_after_the_end_do_no_harm) {
    for (const char* const name : sandbox::test::small_pictures) {
        BOOST_TEST_CONTEXT(name) {
            const std::string file = read_data(name) + "camera's own notes";
            BOOST_TEST(inspect(bytes_of(file)).has_value());
            BOOST_TEST(decode(bytes_of(file), 8).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
