#include "retraind/imaging/area_scaler.hpp"

#include <cmath>
#include <random>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

constexpr colours all_kinds[] = {colours::grey, colours::grey_alpha, colours::rgb, colours::rgba,
                                 colours::cmyk};

raster random_picture(std::mt19937& random, colours kind) {
    raster made{{1 + static_cast<std::uint32_t>(random() % 40),
                 1 + static_cast<std::uint32_t>(random() % 40), kind},
                {},
                {}};
    made.samples.resize(made.format.row_bytes() * made.format.height);
    for (std::uint8_t& each : made.samples) {
        each = static_cast<std::uint8_t>(random());
    }
    return made;
}

raster scaled(const raster& from, std::uint32_t width, std::uint32_t height) {
    imaging::area_scaler scaler(from.format, width, height);
    raster to{scaler.format(), {}, {}};
    for (std::uint32_t row = 0; row < from.format.height; ++row) {
        const auto samples =
            std::span(from.samples).subspan(row * from.format.row_bytes(), from.format.row_bytes());
        if (const auto done = scaler.add(samples)) {
            to.samples.insert(to.samples.end(), done->begin(), done->end());
        }
    }
    return to;
}

/// How much of the larger picture's pixel `large` the smaller one's pixel `small` stands for.
double overlap(std::uint32_t large, std::uint32_t small, double ratio) {
    return std::max(0.0, std::min(large + 1.0, (small + 1) * ratio) -
                             std::max<double>(large, small * ratio));
}

/// The same with all of the picture in hand and in floating point.
double reference(const raster& from, const row_format& to, std::uint32_t column, std::uint32_t row,
                 unsigned channel) {
    const double wide = static_cast<double>(from.format.width) / to.width;
    const double high = static_cast<double>(from.format.height) / to.height;
    const unsigned alpha = channels_of(to.kind) - 1;
    const bool weighed = has_alpha(to.kind) && channel != alpha;
    double sum = 0;
    double weights = 0;
    for (std::uint32_t y = 0; y < from.format.height; ++y) {
        for (std::uint32_t x = 0; x < from.format.width; ++x) {
            const double share = overlap(x, column, wide) * overlap(y, row, high) *
                                 (weighed ? from.at(x, y, alpha) : 1);
            sum += share * from.at(x, y, channel);
            weights += share;
        }
    }
    return weights <= 1e-9 ? 0 : sum / weights;
}

} // namespace

BOOST_AUTO_TEST_SUITE(area_scaler)

BOOST_AUTO_TEST_CASE(rows_one_by_one_give_what_the_whole_picture_gives) {
    std::mt19937 random(7);
    for (int round = 0; round < 150; ++round) {
        const raster from = random_picture(random, all_kinds[round % 5]);
        const auto width = 1 + static_cast<std::uint32_t>(random() % from.format.width);
        const auto height = 1 + static_cast<std::uint32_t>(random() % from.format.height);
        const raster to = scaled(from, width, height);
        BOOST_TEST_REQUIRE(to.samples.size() == to.format.row_bytes() * height);
        for (std::size_t at = 0; at < to.samples.size(); ++at) {
            const unsigned channels = channels_of(to.format.kind);
            const auto pixel = static_cast<std::uint32_t>(at / channels);
            const double wanted = reference(from, to.format, pixel % width, pixel / width,
                                            static_cast<unsigned>(at % channels));
            BOOST_TEST_REQUIRE(std::abs(to.samples[at] - wanted) <= 0.5 + 1e-6,
                               from.format.width << "x" << from.format.height << " to " << width
                                                 << "x" << height << ": " << int(to.samples[at])
                                                 << " is not " << wanted);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_picture_of_one_colour_stays_it) {
    std::mt19937 random(3);
    for (int round = 0; round < 300; ++round) {
        raster from = random_picture(random, all_kinds[round % 5]);
        const unsigned channels = channels_of(from.format.kind);
        std::vector<std::uint8_t> pixel(channels);
        for (std::uint8_t& each : pixel) {
            each = static_cast<std::uint8_t>(random() | 1U);
        }
        for (std::size_t at = 0; at < from.samples.size(); ++at) {
            from.samples[at] = pixel[at % channels];
        }
        const raster to = scaled(from, 1 + static_cast<std::uint32_t>(random() % from.format.width),
                                 1 + static_cast<std::uint32_t>(random() % from.format.height));
        for (std::size_t at = 0; at < to.samples.size(); ++at) {
            BOOST_TEST_REQUIRE(int(to.samples[at]) == int(pixel[at % channels]));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_size_changes_nothing) {
    std::mt19937 random(5);
    const raster from = random_picture(random, colours::rgb);
    BOOST_TEST(scaled(from, from.format.width, from.format.height).samples == from.samples);
}

BOOST_AUTO_TEST_CASE(what_is_not_to_be_seen_colours_nothing) {
    raster from{{2, 1, colours::rgba}, {255, 0, 0, 0, 0, 0, 200, 255}, {}};
    const raster to = scaled(from, 1, 1);
    BOOST_TEST(to.samples == (std::vector<std::uint8_t>{0, 0, 200, 128}));
}

BOOST_AUTO_TEST_CASE(the_largest_sums_do_not_overflow) {
    const row_format widest{0xFFFF, 3, colours::rgba};
    imaging::area_scaler scaler(widest, 1, 1);
    const std::vector<std::uint8_t> white(widest.row_bytes(), 255);
    BOOST_TEST(!scaler.add(white).has_value());
    BOOST_TEST(!scaler.add(white).has_value());
    const auto done = scaler.add(white);
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(std::vector<std::uint8_t>(done->begin(), done->end()) ==
               (std::vector<std::uint8_t>{255, 255, 255, 255}));
}

BOOST_AUTO_TEST_SUITE_END()
