#include "sandbox/learn/features.hpp"

#include <algorithm>
#include <numeric>

#include <boost/test/unit_test.hpp>

#include "unit/sandbox_learn/picture_data.hpp"

namespace {

using namespace sandbox::learn;
using sandbox::test::bytes_of;
using sandbox::test::read_data;

square_image flat(std::uint8_t value) {
    return {.side = feature_side,
            .pixels = std::vector<std::uint8_t>(feature_side * feature_side * 3, value)};
}

/// The left part white, the rest black.
square_image edge_at(std::size_t place) {
    square_image made = flat(0);
    for (std::size_t each = 0; each < made.pixels.size(); ++each) {
        made.pixels[each] = each / 3 % feature_side < place ? 255 : 0;
    }
    return made;
}

/// Rows as columns.
square_image turned(const square_image& picture) {
    square_image made = picture;
    for (std::size_t row = 0; row < feature_side; ++row) {
        for (std::size_t column = 0; column < feature_side * 3; ++column) {
            made.pixels[row * feature_side * 3 + column] =
                picture.pixels[(column / 3 * feature_side + row) * 3];
        }
    }
    return made;
}

double distance(const std::vector<float>& left, const std::vector<float>& right) {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0, std::plus<>(),
                              [](float a, float b) { return (a - b) * (a - b); });
}

BOOST_AUTO_TEST_SUITE(features)

BOOST_AUTO_TEST_CASE(every_picture_has_as_many) {
    for (const char* const name : sandbox::test::small_pictures) {
        BOOST_TEST_CONTEXT(name) {
            const std::string file = read_data(name);
            const auto found = features_of_file(bytes_of(file));
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->size() == feature_count);
            BOOST_TEST(std::all_of(found->begin(), found->end(),
                                   [](float each) { return each >= 0 && each <= 1; }));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_picture_has_the_same) {
    const std::string file = read_data("rgb.png");
    const auto first = features_of_file(bytes_of(file));
    const auto second = features_of_file(bytes_of(file));
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST((*first == *second));
}

BOOST_AUTO_TEST_CASE(a_flat_picture_has_no_gradients_but_its_brightness) {
    const std::vector<float> found = features_of(flat(51));
    const auto thumbnail = found.end() - 8 * 8 * 3;
    BOOST_TEST(std::accumulate(found.begin(), thumbnail, 0.0F) == 0.0F);
    for (auto each = thumbnail; each != found.end(); ++each) {
        BOOST_TEST(*each == 0.2F, boost::test_tools::tolerance(1e-5F));
    }
}

BOOST_AUTO_TEST_CASE(a_small_shift_changes_less_than_a_large_one) {
    const std::vector<float> here = features_of(edge_at(20));
    const double small = distance(here, features_of(edge_at(22)));
    const double large = distance(here, features_of(edge_at(44)));
    BOOST_TEST(small > 0);
    BOOST_TEST(small * 3 < large);
}

BOOST_AUTO_TEST_CASE(edges_at_each_border_are_seen) {
    const auto gradients = [](const square_image& picture) {
        std::vector<float> made = features_of(picture);
        made.resize(made.size() - 8 * 8 * 3);
        return made;
    };
    const std::vector<float> none = gradients(flat(0));
    for (const std::size_t place : {std::size_t{2}, std::size_t{feature_side - 2}}) {
        BOOST_TEST(distance(none, gradients(edge_at(place))) > 1);
        BOOST_TEST(distance(none, gradients(turned(edge_at(place)))) > 1);
    }
}

BOOST_AUTO_TEST_CASE(the_border_itself_is_no_edge) {
    const std::vector<float> found = features_of(turned(edge_at(32)));
    const auto first_row = std::accumulate(found.begin(), found.begin() + 8 * 31, 0.0F);
    const auto last_row =
        std::accumulate(found.begin() + 7 * 8 * 31, found.begin() + 8 * 8 * 31, 0.0F);
    BOOST_TEST(first_row == 0.0F);
    BOOST_TEST(last_row == 0.0F);
}

BOOST_AUTO_TEST_CASE(what_does_not_decode_has_none) {
    const std::string file = "no picture";
    const auto found = features_of_file(bytes_of(file));
    BOOST_TEST_REQUIRE(!found.has_value());
    BOOST_TEST(found.error() == "The file is no JPEG, PNG, GIF or BMP picture");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
