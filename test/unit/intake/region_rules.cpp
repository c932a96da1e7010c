#include "retraind/intake/region_rules.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <boost/test/unit_test.hpp>

#include "picture_bytes.hpp"

namespace retraind::intake::testing {

namespace {

picture turned(unsigned orientation) {
    return {image_format::jpeg, 400, 200, static_cast<std::uint8_t>(orientation)};
}
const picture plain = turned(1);

bool near(double one, double other) {
    return std::abs(one - other) < 1e-9;
}

} // namespace

BOOST_AUTO_TEST_SUITE(region_rules)

BOOST_AUTO_TEST_CASE(a_box_a_pixel_outside_is_clipped) {
    const auto made = make_region("cat", {-1.0 / 400, 0, 1 + 1.0 / 400, 1 + 1.0 / 200}, plain);
    BOOST_TEST_REQUIRE(made.has_value());
    BOOST_TEST((*made == region_label{"cat", 0, 0, 1, 1}));
}

BOOST_AUTO_TEST_CASE(a_thousandth_is_nothing_on_a_large_picture) {
    const picture large{image_format::png, 10000, 10000};
    BOOST_TEST(make_region("cat", {-0.0009, 0, 0.5, 0.5}, large).has_value());
    BOOST_TEST(!make_region("cat", {-0.0011, 0, 0.5, 0.5}, large).has_value());
}

BOOST_AUTO_TEST_CASE(what_lies_further_outside_is_broken_and_says_which_edge) {
    const struct {
        box_edges box;
        const char* edge;
    } cases[] = {{{-0.02, 0, 0.5, 0.5}, "left"},
                 {{0, -0.02, 0.5, 0.5}, "top"},
                 {{0, 0, 1.02, 0.5}, "right"},
                 {{0, 0, 0.5, 1.02}, "bottom"},
                 {{0, 0, std::nan(""), 0.5}, "right"},
                 {{0, -std::numeric_limits<double>::infinity(), 1, 0.5}, "top"},
                 {{0.5, 0, 0.5, 0.5}, "width"},
                 {{0, 0.6, 0.5, 0.5}, "height"}};
    for (const auto& each : cases) {
        const auto made = make_region("cat", each.box, plain);
        BOOST_TEST_REQUIRE(!made.has_value());
        BOOST_TEST(made.error().message.starts_with(each.edge), made.error().message);
    }
}

BOOST_AUTO_TEST_CASE(edges_never_add_up_to_more_than_one) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> part(0, 1);
    for (int round = 0; round < 10000; ++round) {
        const double left = part(random);
        const double top = part(random);
        const auto made = make_region("cat", {left, top, 1, top + (1 - top) * part(random)}, plain);
        if (made) {
            BOOST_TEST(made->left + made->width <= 1);
            BOOST_TEST(made->top + made->height <= 1);
            BOOST_TEST(near(made->left + made->width, 1));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_stated_size_says_which_pixels_the_boxes_are_of) {
    const struct {
        unsigned orientation;
        picture_size stated;
        drawn_on wanted;
    } cases[] = {{1, {400, 200}, drawn_on::upright}, {1, {200, 100}, drawn_on::upright},
                 {1, {0, 0}, drawn_on::upright},     {3, {400, 200}, drawn_on::upright},
                 {6, {200, 400}, drawn_on::upright}, {6, {400, 200}, drawn_on::stored},
                 {8, {1000, 500}, drawn_on::stored}, {5, {0, 0}, drawn_on::upright},
                 {7, {100, 200}, drawn_on::upright}};
    for (const auto& each : cases) {
        const auto found = judge_stated_size(each.stated, turned(each.orientation));
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST((*found == each.wanted), each.orientation);
    }
    // Nearly square: the exact sides tell.
    const picture square{image_format::jpeg, 100, 101, 6};
    BOOST_TEST((judge_stated_size({100, 101}, square).value() == drawn_on::stored));
    BOOST_TEST((judge_stated_size({101, 100}, square).value() == drawn_on::upright));
}

BOOST_AUTO_TEST_CASE(the_size_of_another_picture_is_said_with_both) {
    for (const picture_size stated : {picture_size{200, 400}, picture_size{400, 0},
                                      picture_size{-400, -200}, picture_size{640, 480}}) {
        const auto found = judge_stated_size(stated, plain);
        BOOST_TEST_REQUIRE(!found.has_value());
        BOOST_TEST((found.error().message.find("400 x 200") != std::string::npos),
                   found.error().message);
    }
}

BOOST_AUTO_TEST_CASE(a_stored_corner_comes_to_lie_where_exif_says) {
    // A box at the first row and column, twice as wide as high; EXIF 2.32 says where these lie.
    const box_edges stored{0, 0, 0.2, 0.1};
    const box_edges wanted[] = {{0, 0, 0.2, 0.1}, {0.8, 0, 1, 0.1}, {0.8, 0.9, 1, 1},
                                {0, 0.9, 0.2, 1}, {0, 0, 0.1, 0.2}, {0.9, 0, 1, 0.2},
                                {0.9, 0.8, 1, 1}, {0, 0.8, 0.1, 1}};
    for (unsigned orientation = 1; orientation <= 8; ++orientation) {
        const box_edges found = turn_upright(stored, orientation);
        const box_edges& want = wanted[orientation - 1];
        BOOST_TEST((near(found.left, want.left) && near(found.top, want.top) &&
                    near(found.right, want.right) && near(found.bottom, want.bottom)),
                   orientation);
    }
}

BOOST_AUTO_TEST_CASE(three_hundred_boxes_are_the_most) {
    BOOST_TEST(check_region_count(300).has_value());
    BOOST_TEST(!check_region_count(301).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
