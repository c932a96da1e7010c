#include <cmath>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

BOOST_AUTO_TEST_SUITE(jpeg_pictures)

BOOST_AUTO_TEST_CASE(a_smaller_one_has_its_size_and_colour) {
    const std::string large = jpeg_of({1'000, 701, colours::rgb}, flat({200, 100, 50}));
    for (const auto& [width, height] : {std::pair{999U, 700U}, {500U, 351U}, {63U, 45U}}) {
        const raster small =
            read_jpeg(shrunk(large, picture_kind::jpeg, {width, height, 92})).value();
        BOOST_TEST((small.format == row_format{width, height, colours::rgb}));
        for (std::size_t at = 0; at < small.samples.size(); at += 3) {
            BOOST_TEST_REQUIRE(std::abs(small.samples[at] - 200) <= 3);
            BOOST_TEST_REQUIRE(std::abs(small.samples[at + 1] - 100) <= 3);
            BOOST_TEST_REQUIRE(std::abs(small.samples[at + 2] - 50) <= 3);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_left_and_what_is_right_stays_there) {
    const row_format format{640, 480, colours::grey};
    const auto halves = [](std::uint32_t row, std::span<std::uint8_t> samples) {
        std::fill(samples.begin(), samples.end(), row < 240 ? 20 : 120);
        std::fill(samples.begin() + 320, samples.end(), row < 240 ? 180 : 250);
    };
    const raster small =
        read_jpeg(shrunk(jpeg_of(format, halves), picture_kind::jpeg, {64, 48, 92})).value();
    BOOST_TEST((small.format == row_format{64, 48, colours::grey}));
    BOOST_TEST(std::abs(small.at(5, 5, 0) - 20) < 6);
    BOOST_TEST(std::abs(small.at(60, 5, 0) - 180) < 6);
    BOOST_TEST(std::abs(small.at(5, 45, 0) - 120) < 6);
    BOOST_TEST(std::abs(small.at(60, 45, 0) - 250) < 6);
}

BOOST_AUTO_TEST_CASE(orientation_and_colour_profile_are_kept) {
    attachments beside;
    beside.exif = turned_exif();
    beside.icc = bytes_of(std::string(150'000, 'p')); // three segments
    beside.icc[149'999] = std::byte{'!'};
    const std::string large = jpeg_of({300, 200, colours::rgb}, slope(), 90, beside);
    const raster small = read_jpeg(shrunk(large, picture_kind::jpeg, {150, 100, 85})).value();
    BOOST_TEST((small.beside.exif == beside.exif));
    BOOST_TEST((small.beside.icc == beside.icc));
}

BOOST_AUTO_TEST_CASE(inks_stay_inks_and_inverted_ones_inverted) {
    for (const bool adobe : {true, false}) {
        attachments beside;
        beside.adobe_inks = adobe;
        const std::string large =
            jpeg_of({200, 100, colours::cmyk}, flat({10, 80, 160, 240}), 95, beside);
        const raster small = read_jpeg(shrunk(large, picture_kind::jpeg, {100, 50, 92})).value();
        BOOST_TEST((small.format.kind == colours::cmyk));
        BOOST_TEST(small.beside.adobe_inks == adobe);
        BOOST_TEST(std::abs(small.samples[0] - 10) < 5);
        BOOST_TEST(std::abs(small.samples[3] - 240) < 5);
    }
}

BOOST_AUTO_TEST_CASE(too_many_bytes_end_the_attempt_early) {
    memory_file from(jpeg_of({800, 600, colours::rgb}, noise(), 95));
    memory_file into;
    const auto done = shrink(from, picture_kind::jpeg, {800, 600, 92}, 200'000, into).value();
    BOOST_TEST(!done.fits);
    BOOST_TEST(done.bytes == 200'000U);
    BOOST_TEST(into.bytes.size() <= 200'000U);
    BOOST_TEST(done.rows > 100U);
    BOOST_TEST(done.rows < 600U);
}

BOOST_AUTO_TEST_CASE(lower_quality_has_fewer_bytes) {
    const std::string large = jpeg_of({800, 600, colours::rgb}, noise(), 95);
    const auto bytes = [&large](int quality) {
        return shrunk(large, picture_kind::jpeg, {800, 600, quality}).size();
    };
    BOOST_TEST(bytes(85) < bytes(92));
    BOOST_TEST(bytes(75) < bytes(85));
}

BOOST_AUTO_TEST_SUITE_END()
