#include "retraind/pipeline/region_comparison_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::testing {

using namespace pipeline;
using customvision::region;

namespace {

const tag_id cat = numbered<tag_id>(1);
const tag_id dog = numbered<tag_id>(2);

/// As the service gives a box back: in single precision.
region rounded(const region& box) {
    const auto single = [](double number) {
        return static_cast<double>(static_cast<float>(number));
    };
    return {box.tag, single(box.left), single(box.top), single(box.width), single(box.height)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(region_comparison_rules)

BOOST_AUTO_TEST_CASE(a_box_is_the_same_however_the_service_rounds_it) {
    for (int third = 1; third < 300; ++third) {
        const double part = third / 301.0;
        const region box{cat, part / 2, 1.0 - part, part / 3, part};
        BOOST_TEST_REQUIRE(same_region(box, rounded(box)), third);
    }
}

BOOST_AUTO_TEST_CASE(a_pixel_of_the_largest_picture_is_a_difference) {
    constexpr double pixel = 1.0 / 10240;
    const region box{cat, 0.25, 0.5, 0.25, 0.125};
    BOOST_TEST(!same_region(box, {cat, 0.25 + pixel, 0.5, 0.25, 0.125}));
    BOOST_TEST(!same_region(box, {cat, 0.25, 0.5 - pixel, 0.25, 0.125}));
    BOOST_TEST(!same_region(box, {cat, 0.25, 0.5, 0.25 + pixel, 0.125}));
    BOOST_TEST(!same_region(box, {cat, 0.25, 0.5, 0.25, 0.125 - pixel}));
    BOOST_TEST(!same_region(box, {dog, 0.25, 0.5, 0.25, 0.125}));
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_once_and_in_its_order) {
    const region first{cat, 0, 0, 0.5, 0.5};
    const region second{dog, 0, 0, 0.5, 0.5};
    const region third{cat, 0.5, 0.5, 0.5, 0.5};
    const auto missing =
        missing_regions({third, first, second, third, rounded(first)}, {rounded(second)});
    BOOST_TEST((missing == std::vector<region>{third, first}));
    BOOST_TEST(missing_regions({first}, {third, first}).empty());
    BOOST_TEST(missing_regions({}, {first}).empty());
}

BOOST_AUTO_TEST_CASE(a_picture_takes_300_boxes) {
    BOOST_TEST(has_room_for_regions(0, 300));
    BOOST_TEST(has_room_for_regions(299, 1));
    BOOST_TEST(!has_room_for_regions(299, 2));
    BOOST_TEST(!has_room_for_regions(300, 1));
    BOOST_TEST(has_room_for_regions(301, 0)); // nothing is to be added
    const std::string sentence = too_many_regions_sentence(numbered<image_id>(5), 299, 2);
    for (const char* part : {"299 boxes", "lacks 2", "takes 300", "000000000005"}) {
        BOOST_TEST(sentence.find(part) != std::string::npos, sentence);
    }
}

BOOST_AUTO_TEST_CASE(tags_that_come_with_their_box_need_no_call_of_their_own) {
    const std::vector<region> boxes{{dog, 0, 0, 1, 1}, {dog, 0, 0, 0.5, 1}};
    BOOST_TEST((tags_of(boxes) == std::vector<tag_id>{dog}));
    BOOST_TEST((without_tags_of({cat, dog}, boxes) == std::vector<tag_id>{cat}));
    BOOST_TEST((without_tags_of({cat, dog}, {}) == std::vector<tag_id>{cat, dog}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
