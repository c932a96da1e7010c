#include "retraind/imaging/shrink_rules.hpp"

#include <algorithm>
#include <random>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::imaging;

namespace {

constexpr shrink_limits limits;

/// Plays a picture that packs to `bytes_a_pixel` (at JPEG's first quality); the attempt that fits.
std::optional<shrink_attempt> play(imaging::shrink_rules rules, double bytes_a_pixel) {
    while (const auto tried = rules.next()) {
        const double quality = tried->quality == 85 ? 0.7 : tried->quality == 75 ? 0.5 : 1.0;
        const double pixels = static_cast<double>(tried->width) * tried->height;
        const double bytes = pixels * bytes_a_pixel * quality;
        if (bytes <= static_cast<double>(limits.max_bytes)) {
            return tried;
        }
        const auto rows = static_cast<std::uint32_t>(tried->height *
                                                     static_cast<double>(limits.max_bytes) / bytes);
        rules.on_too_large(limits.max_bytes, rows);
    }
    return std::nullopt;
}

} // namespace

BOOST_AUTO_TEST_SUITE(shrink_rules)

BOOST_AUTO_TEST_CASE(sides_come_first_and_keep_their_ratio) {
    const auto first = [](std::uint32_t width, std::uint32_t height) {
        return *imaging::shrink_rules(encoding::jpeg, width, height, 0).next();
    };
    BOOST_TEST((first(20'000, 10'000) == shrink_attempt{10'240, 5'120, 92}));
    BOOST_TEST((first(10'000, 20'000) == shrink_attempt{5'120, 10'240, 92}));
    BOOST_TEST((first(10'241, 10'241) == shrink_attempt{10'240, 10'240, 92}));
    BOOST_TEST((first(4'000, 3'000) == shrink_attempt{4'000, 3'000, 92}));
}

BOOST_AUTO_TEST_CASE(quality_goes_before_size) {
    imaging::shrink_rules rules(encoding::jpeg, 5'000, 4'000, 9'000'000);
    rules.on_too_large(6'000'000, 3'000); // 8,000,000 in all
    BOOST_TEST((*rules.next() == shrink_attempt{5'000, 4'000, 85}));
    rules.on_too_large(6'000'000, 3'900);
    BOOST_TEST((*rules.next() == shrink_attempt{5'000, 4'000, 75}));
    rules.on_too_large(6'000'000, 3'900);
    BOOST_TEST(rules.next()->quality == 75);
    BOOST_TEST(rules.next()->width < 5'000U);
    BOOST_TEST(rules.next()->width > 4'500U);
}

BOOST_AUTO_TEST_CASE(a_quality_that_cannot_do_is_not_tried) {
    imaging::shrink_rules rules(encoding::jpeg, 5'000, 4'000, 40'000'000);
    rules.on_too_large(6'000'000, 600); // 40,000,000 in all
    BOOST_TEST(rules.next()->quality == 75);
    BOOST_TEST(rules.next()->width < 4'000U);
}

BOOST_AUTO_TEST_CASE(a_png_that_packs_far_too_badly_starts_smaller) {
    BOOST_TEST((*imaging::shrink_rules(encoding::png, 4'000, 3'000, 8'000'000).next() ==
                shrink_attempt{4'000, 3'000, 0}));
    const auto first = *imaging::shrink_rules(encoding::png, 4'000, 3'000, 36'000'000).next();
    BOOST_TEST(first.quality == 0);
    BOOST_TEST(first.width == 2'000U);
}

BOOST_AUTO_TEST_CASE(whatever_it_packs_to_it_ends_within_the_limits_and_large) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> density(0.01, 4.5);
    for (int round = 0; round < 5'000; ++round) {
        const auto longer = static_cast<std::uint32_t>(300 + random() % 65'000);
        const auto shorter = std::max<std::uint32_t>((longer + 24) / 25, random() % longer);
        const bool wide = random() % 2 == 0;
        const std::uint32_t width = wide ? longer : shorter;
        const std::uint32_t height = wide ? shorter : longer;
        const encoding as = random() % 2 == 0 ? encoding::jpeg : encoding::png;
        const double packs = density(random);
        const auto bytes = static_cast<std::uint64_t>(packs * width * height);
        const auto found = play(imaging::shrink_rules(as, width, height, bytes), packs);
        BOOST_TEST_CONTEXT(width << "x" << height << " at " << packs) {
            BOOST_TEST_REQUIRE(found.has_value());
            const auto [small, large] = std::minmax(found->width, found->height);
            BOOST_TEST_REQUIRE(large <= limits.max_side);
            BOOST_TEST_REQUIRE(found->width <= width);
            BOOST_TEST_REQUIRE(found->height <= height);
            BOOST_TEST_REQUIRE(large <= std::uint64_t{25} * small);
            const double pixels = static_cast<double>(found->width) * found->height;
            const bool as_large_as_allowed = large == std::min(longer, limits.max_side);
            BOOST_TEST_REQUIRE((as_large_as_allowed || pixels * packs > 0.6 * 6'000'000));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_picture_that_never_fits_is_given_up) {
    imaging::shrink_rules rules(encoding::png, 10'000, 400, 0);
    int attempts = 0;
    while (rules.next()) {
        BOOST_TEST_REQUIRE(++attempts < 50);
        rules.on_too_large(6'000'000, 0);
    }
    BOOST_TEST(attempts == 12);
}

BOOST_AUTO_TEST_SUITE_END()
