#include "retraind/pipeline/answer_rules.hpp"

#include <ostream>

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::pipeline {

/// For the test's own messages.
static std::ostream& operator<<(std::ostream& out, answer_meaning meaning) {
    return out << static_cast<int>(meaning);
}

} // namespace retraind::pipeline

namespace retraind::testing {

using namespace pipeline;

namespace {

customvision::image_result answered(std::string status, bool with_id = false) {
    customvision::image_result result;
    result.status = std::move(status);
    if (with_id) {
        result.id = numbered<image_id>(5);
    }
    return result;
}

} // namespace

BOOST_AUTO_TEST_SUITE(answer_rules)

BOOST_AUTO_TEST_CASE(tags_are_gone_only_where_a_look_has_shown_it) {
    for (const char* status : {"ErrorInvalidTag", "ErrorUnknown"}) {
        BOOST_TEST(judge_meaning(answered(status), {1, true, true}) == answer_meaning::tags_gone);
        BOOST_TEST(judge_meaning(answered(status), {1, false, true}) == answer_meaning::as_it_says);
        BOOST_TEST(leaves_doubt_of_tags({answered("OK", true), answered(status)}));
    }
    BOOST_TEST(judge_meaning(answered("OK", true), {1, true, true}) == answer_meaning::as_it_says);
    BOOST_TEST(!leaves_doubt_of_tags({answered("OK", true), answered("ErrorImageSize")}));
}

BOOST_AUTO_TEST_CASE(a_duplicates_tags_are_ensured_where_it_has_some_and_its_image_is_named) {
    const auto duplicate = answered("OKDuplicate", true);
    BOOST_TEST(judge_meaning(duplicate, {1, false, true}) == answer_meaning::tags_to_ensure);
    BOOST_TEST(judge_meaning(duplicate, {0, false, true}) == answer_meaning::as_it_says);
    BOOST_TEST(judge_meaning(answered("OKDuplicate"), {1, false, true}) ==
               answer_meaning::as_it_says);
}

BOOST_AUTO_TEST_CASE(limits_tell_a_full_project_from_a_second_tag) {
    BOOST_TEST(judge_meaning(answered("ErrorLimitExceed"), {1, false, true}) ==
               answer_meaning::no_room);
    const auto too_many = answered("ErrorTagLimitExceed");
    BOOST_TEST(judge_meaning(too_many, {1, false, false}) == answer_meaning::other_tag);
    BOOST_TEST(judge_meaning(too_many, {2, false, false}) == answer_meaning::as_it_says);
    BOOST_TEST(judge_meaning(too_many, {1, false, true}) == answer_meaning::as_it_says);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
