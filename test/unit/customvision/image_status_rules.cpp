#include "retraind/customvision/image_status_rules.hpp"

#include "fixtures.hpp"

using namespace retraind;
using namespace retraind::customvision;

namespace {

image_result answered(const char* status, bool with_id) {
    image_result value;
    value.source_url = "a.jpg";
    value.status = status;
    if (with_id) {
        value.id = retraind::testing::numbered<image_id>(1);
    }
    return value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_status_rules)

BOOST_AUTO_TEST_CASE(every_status_has_its_meaning) {
    struct {
        const char* status;
        bool with_id;
        image_verdict meaning;
    } const cases[]{
        {"OK", true, image_verdict::confirmed},
        {"OK", false, image_verdict::retry},
        {"OKDuplicate", true, image_verdict::duplicate},
        {"OKDuplicate", false, image_verdict::duplicate},
        {"ErrorStorage", false, image_verdict::retry},
        {"ErrorUnknown", false, image_verdict::retry},
        {"ErrorSource", false, image_verdict::retry},
        {"ErrorOfTomorrow", true, image_verdict::retry},
        {"", true, image_verdict::retry},
        {"ok", true, image_verdict::retry},
        {"ErrorImageFormat", false, image_verdict::reject},
        {"ErrorImageSize", false, image_verdict::reject},
        {"ErrorImageDimensions", false, image_verdict::reject},
        {"ErrorNegativeAndRegularTagOnSameImage", false, image_verdict::reject},
        {"ErrorInvalidTag", false, image_verdict::reject},
        {"ErrorInvalidRegion", false, image_verdict::reject},
        {"ErrorLimitExceed", false, image_verdict::needs_operator},
        {"ErrorTagLimitExceed", false, image_verdict::needs_operator},
        {"ErrorRegionLimitExceed", false, image_verdict::needs_operator},
    };
    for (const auto& each : cases) {
        const image_ruling ruling = rule_on_image(answered(each.status, each.with_id));
        BOOST_TEST((ruling.meaning == each.meaning), each.status);
        BOOST_TEST(ruling.code == each.status);
        const bool success =
            each.meaning == image_verdict::confirmed || each.meaning == image_verdict::duplicate;
        const bool for_a_person =
            each.meaning == image_verdict::reject || each.meaning == image_verdict::needs_operator;
        BOOST_TEST(ruling.sentence.empty() == success, each.status);
        BOOST_TEST(ruling.mend.empty() != for_a_person, each.status);
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_status_is_named_and_fit_for_a_log) {
    const image_ruling ruling = rule_on_image(answered("Error\n\x01", false));
    BOOST_TEST(ruling.code == "Error\\x0a\\x01");
    BOOST_TEST(ruling.sentence.find("Error\\x0a\\x01") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
