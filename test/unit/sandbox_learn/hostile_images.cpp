#include <cstdint>
#include <random>
#include <string>

#include <boost/test/unit_test.hpp>

#include "sandbox/learn/image.hpp"
#include "unit/sandbox_learn/picture_data.hpp"

namespace {

using namespace sandbox::learn;
using namespace std::string_literals;
using sandbox::test::bytes_of;
using sandbox::test::read_data;
using sandbox::test::small_pictures;

void put(std::string& file, std::size_t place, std::uint32_t number, std::size_t bytes) {
    for (std::size_t each = 0; each < bytes; ++each) {
        file.at(place + each) = static_cast<char>(number >> (8 * each));
    }
}

std::string bmp_with(std::size_t place, std::uint32_t number, std::size_t bytes) {
    std::string file = read_data("palette.bmp");
    put(file, place, number, bytes);
    return file;
}

std::string gif_with(std::size_t place, std::uint32_t number) {
    std::string file = read_data("plain.gif");
    put(file, place, number, 2);
    return file;
}

std::size_t frame_of_gif(const std::string& file) {
    return file.find("\x2C\0\0\0\0\x30\0"s);
}

BOOST_AUTO_TEST_SUITE(hostile_images)

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_told_so) {
    const std::string files[] = {"",
                                 "B",
                                 "GIF",
                                 "\x89PNG\r\n\x1a",
                                 "\xFF\xD8",
                                 "<svg xmlns='http://www.w3.org/2000/svg'/>",
                                 std::string(4096, '\0'),
                                 "RIFF\x24\0\0\0WEBPVP8 "s};
    for (const std::string& each : files) {
        const auto info = inspect(bytes_of(each));
        BOOST_TEST_REQUIRE(!info.has_value());
        BOOST_TEST(!info.error().empty());
        BOOST_TEST(!decode(bytes_of(each), 8).has_value());
    }
}

BOOST_AUTO_TEST_CASE(no_beginning_of_a_picture_is_one) {
    for (const char* const name : small_pictures) {
        const std::string file = read_data(name);
        for (std::size_t length = 0; length < file.size(); ++length) {
            const std::string part = file.substr(0, length);
            BOOST_TEST(!inspect(bytes_of(part)).has_value(),
                       name << " passes with " << length << " of " << file.size() << " bytes");
        }
    }
}

BOOST_AUTO_TEST_CASE(damage_is_a_sentence_or_a_picture_and_nothing_else) {
    std::mt19937 chance(20);
    for (const char* const name : small_pictures) {
        const std::string whole = read_data(name);
        for (int round = 0; round < 60; ++round) {
            std::string file = whole;
            for (int times = 0; times < 1 + round % 4; ++times) {
                file[chance() % file.size()] = static_cast<char>(chance());
            }
            const auto picture = decode(bytes_of(file), 8);
            BOOST_TEST((picture ? picture->pixels.size() == 192 : !picture.error().empty()));
        }
    }
}

BOOST_AUTO_TEST_CASE(bmp_headers_that_lie) {
    const std::string files[] = {
        bmp_with(18, 0, 4),          // no width
        bmp_with(18, 0x80000000, 4), // negative width
        bmp_with(18, 0x7FFFFFFF, 4), // wider than the file
        bmp_with(22, 0, 4),          // no height
        bmp_with(22, 0x80000000, 4), // the one height without a positive twin
        bmp_with(22, 0x7FFFFFFF, 4), // higher than the file
        bmp_with(10, 0xFFFFFFFF, 4), // pixels behind the end
        bmp_with(10, 2, 4),          // pixels inside of the header
        bmp_with(14, 0xFFFFFFFF, 4), // header behind the end
        bmp_with(14, 13, 4),         // header of no known length
        bmp_with(28, 7, 2),          // depth that there is not
        bmp_with(30, 1, 4),          // run lengths
    };
    for (std::size_t each = 0; each < std::size(files); ++each) {
        BOOST_TEST(!inspect(bytes_of(files[each])).has_value(), "file " << each << " passes");
    }
}

BOOST_AUTO_TEST_CASE(a_short_bmp_palette_gives_black) {
    std::string file = read_data("palette.bmp");
    const std::size_t palette = 54;
    const std::size_t pixels = 54 + 256 * 4;
    file.erase(palette + 4, pixels - palette - 4);
    put(file, 10, palette + 4, 4);
    for (std::size_t each = palette + 4; each < file.size(); ++each) {
        file[each] = '\xFF';
    }
    const auto picture = decode(bytes_of(file), 1);
    BOOST_TEST_REQUIRE(picture.has_value());
    BOOST_TEST(picture->pixels == std::vector<std::uint8_t>(3), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_gif_frame_may_lie_outside_of_its_screen) {
    const std::size_t frame = frame_of_gif(read_data("plain.gif"));
    BOOST_TEST_REQUIRE(frame != std::string::npos);
    const auto picture = decode(bytes_of(gif_with(frame + 1, 0xFFF0)), 1);
    BOOST_TEST_REQUIRE(picture.has_value());
    const std::vector<std::uint8_t> white(3, 255);
    BOOST_TEST(picture->pixels == white, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_gif_frame_of_more_pixels_than_it_has) {
    const std::size_t frame = frame_of_gif(read_data("plain.gif"));
    const std::string file = gif_with(frame + 5, 0xFFFF);
    BOOST_TEST(!decode(bytes_of(file), 8).has_value());
}

BOOST_AUTO_TEST_CASE(a_gif_without_frame_is_none) {
    std::string file = read_data("plain.gif");
    file.resize(frame_of_gif(file));
    BOOST_TEST(!inspect(bytes_of(file + ';')).has_value());
}

BOOST_AUTO_TEST_CASE(a_screen_without_pixels_is_none) {
    const auto info = inspect(bytes_of(gif_with(6, 0)));
    BOOST_TEST_REQUIRE(!info.has_value());
    BOOST_TEST(info.error() == "The picture has no pixels");
}

BOOST_AUTO_TEST_CASE(a_jpeg_of_endless_scans) {
    const std::string whole = read_data("progressive.jpg");
    const std::string scan = whole.substr(whole.rfind("\xFF\xDA"));
    const std::string end = scan.substr(scan.size() - 2);
    std::string file = whole.substr(0, whole.size() - 2);
    for (int times = 0; times < 600; ++times) {
        file += scan.substr(0, scan.size() - 2);
    }
    BOOST_TEST(inspect(bytes_of(file + end)).has_value());
    BOOST_TEST(!decode(bytes_of(file + end), 8).has_value());
}

BOOST_AUTO_TEST_CASE(png_data_that_does_not_unpack) {
    std::string file = read_data("rgb.png");
    const std::size_t data = file.find("IDAT") + 4;
    file[data + 10] = static_cast<char>(file[data + 10] + 1);
    BOOST_TEST(inspect(bytes_of(file)).has_value());
    const auto picture = decode(bytes_of(file), 8);
    BOOST_TEST_REQUIRE(!picture.has_value());
    BOOST_TEST(picture.error().starts_with("The PNG picture cannot be read: "));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
