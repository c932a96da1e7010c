#include "sandbox/service/image_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "sandbox/service/limits.hpp"

using namespace sandbox::service;

namespace {

std::string picture(std::size_t bytes, unsigned width, unsigned height, int minor = 3) {
    return std::string(
        refuse_picture(bytes, picture_facts{width, height, "image/png"}, minor).value_or("passes"));
}

std::string labels(const label_question& asked, int minor = 3) {
    return std::string(refuse_labels(asked, minor).value_or("passes"));
}

label_question with_types(std::vector<std::string> types, bool is_multiclass = false) {
    label_question asked;
    asked.is_multiclass = is_multiclass;
    asked.wanted_types = types;
    asked.all_types = std::move(types);
    return asked;
}

label_question with_region(box place, std::size_t present = 0) {
    label_question asked = with_types({"Regular"});
    asked.wanted_regions = {place};
    asked.present_regions = present;
    return asked;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_rules)

BOOST_AUTO_TEST_CASE(size_comes_before_format) {
    BOOST_TEST(picture(training_image_bytes, 100, 100) == "passes");
    BOOST_TEST(picture(training_image_bytes + 1, 100, 100) == "ErrorImageSize");
    BOOST_TEST((refuse_picture(10, std::nullopt, 3) == "ErrorImageFormat"));
    BOOST_TEST((refuse_picture(training_image_bytes + 1, std::nullopt, 3) == "ErrorImageSize"));
}

BOOST_AUTO_TEST_CASE(dimensions_have_a_status_of_their_own_in_the_preview) {
    BOOST_TEST(picture(10, 10'240, 10'240) == "passes");
    BOOST_TEST(picture(10, 10'241, 10'000) == "ErrorImageFormat");
    BOOST_TEST(picture(10, 10'241, 10'000, 4) == "ErrorImageDimensions");
    BOOST_TEST(picture(10, 100, 10'241, 4) == "ErrorImageDimensions");
    BOOST_TEST(picture(10, 0, 10, 4) == "ErrorImageDimensions");
}

BOOST_AUTO_TEST_CASE(aspect_is_at_most_25) {
    BOOST_TEST(picture(10, 250, 10, 4) == "passes");
    BOOST_TEST(picture(10, 251, 10, 4) == "ErrorImageDimensions");
    BOOST_TEST(picture(10, 10, 251, 4) == "ErrorImageDimensions");
}

BOOST_AUTO_TEST_CASE(an_unknown_tag_is_an_unknown_error_before_the_preview) {
    BOOST_TEST(labels(with_types({"Regular", ""})) == "ErrorUnknown");
    BOOST_TEST(labels(with_types({""}), 4) == "ErrorInvalidTag");
}

BOOST_AUTO_TEST_CASE(regions_lie_inside) {
    BOOST_TEST(labels(with_region({0, 0, 1, 1})) == "passes");
    BOOST_TEST(labels(with_region({0.5, 0.5, 0.5, 0.5})) == "passes");
    for (const box wrong : {box{-0.1, 0, 0.5, 0.5}, box{0, -0.1, 0.5, 0.5}, box{0.6, 0, 0.5, 0.5},
                            box{0, 0.6, 0.5, 0.5}, box{0, 0, 0, 0.5}, box{0, 0, 0.5, 0}}) {
        BOOST_TEST(labels(with_region(wrong)) == "ErrorInvalidRegion");
    }
    BOOST_TEST(labels(with_region({0, 0, 1, 1}, 299)) == "passes");
    BOOST_TEST(labels(with_region({0, 0, 1, 1}, 300)) == "ErrorRegionLimitExceed");
}

BOOST_AUTO_TEST_CASE(a_negative_tag_stands_alone) {
    BOOST_TEST(labels(with_types({"Negative"})) == "passes");
    BOOST_TEST(labels(with_types({"Regular", "Negative"})) ==
               "ErrorNegativeAndRegularTagOnSameImage");
}

BOOST_AUTO_TEST_CASE(a_multiclass_image_has_one_tag) {
    BOOST_TEST(labels(with_types({}, true)) == "passes");
    BOOST_TEST(labels(with_types({"Regular"}, true)) == "passes");
    BOOST_TEST(labels(with_types({"Regular", "Regular"}, true)) == "ErrorTagLimitExceed");
    BOOST_TEST(labels(with_types(std::vector<std::string>(100, "Regular"))) == "passes");
    BOOST_TEST(labels(with_types(std::vector<std::string>(101, "Regular"))) ==
               "ErrorTagLimitExceed");
}

BOOST_AUTO_TEST_SUITE_END()
