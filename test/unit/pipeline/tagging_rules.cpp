#include "retraind/pipeline/tagging_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

using tags = std::vector<tag_id>;

const tag_id cat = numbered<tag_id>(1);
const tag_id dog = numbered<tag_id>(2);
const tag_id cow = numbered<tag_id>(3);

tags beside(const present_verdict& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<tags_stand>(found));
    return std::get<tags_stand>(found).beside;
}

tags missing(const present_verdict& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<tags_lack>(found));
    return std::get<tags_lack>(found).missing;
}

customvision::failure coded(const char* code) {
    customvision::failure why;
    why.code = code;
    return why;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tagging_rules)

BOOST_AUTO_TEST_CASE(which_answers_may_mean_that_a_tag_is_gone) {
    BOOST_TEST(may_mean_unknown_tag("ErrorInvalidTag"));
    BOOST_TEST(may_mean_unknown_tag("ErrorUnknown"));
    for (const char* status : {"OK", "OKDuplicate", "ErrorTagLimitExceed", "", "errorinvalidtag"}) {
        BOOST_TEST(!may_mean_unknown_tag(status), status);
    }
    BOOST_TEST(may_mean_unknown_tag(coded("NotFoundTag")));
    BOOST_TEST(may_mean_unknown_tag(coded("BadRequestImageTags")));
    BOOST_TEST(may_mean_unknown_tag(coded("BadRequestImageRegions")));
    BOOST_TEST(!may_mean_unknown_tag(coded("NotFoundImage")));
    BOOST_TEST(!may_mean_unknown_tag(coded("")));
    BOOST_TEST(says_image_unknown(coded("NotFoundImage")));
    BOOST_TEST(!says_image_unknown(coded("NotFoundTag")));
    BOOST_TEST(says_read_only(coded("ForbiddenDRModeEnabled")));
    BOOST_TEST(!says_read_only(coded("Forbidden")));
}

BOOST_AUTO_TEST_CASE(what_several_tags_lack_is_added_to_them) {
    for (const project_type kind : {project_type::multilabel, project_type::detection}) {
        BOOST_TEST((missing(judge_present_tags(kind, {cat, dog}, {dog, cow})) == tags{cat}));
        BOOST_TEST((missing(judge_present_tags(kind, {cat}, {})) == tags{cat}));
        BOOST_TEST(beside(judge_present_tags(kind, {cat}, {dog, cat})).empty());
        BOOST_TEST(beside(judge_present_tags(kind, {}, {dog})).empty());
    }
}

BOOST_AUTO_TEST_CASE(in_a_multi_class_project_another_tag_is_a_conflict) {
    const auto kind = project_type::multiclass;
    BOOST_TEST((missing(judge_present_tags(kind, {cat}, {})) == tags{cat}));
    BOOST_TEST(beside(judge_present_tags(kind, {cat}, {cat})).empty());
    BOOST_TEST((beside(judge_present_tags(kind, {cat}, {dog, cat})) == tags{dog}));
    const present_verdict found = judge_present_tags(kind, {cat}, {dog});
    BOOST_TEST_REQUIRE(std::holds_alternative<tags_conflict>(found));
    BOOST_TEST((std::get<tags_conflict>(found).there == tags{dog}));
}

BOOST_AUTO_TEST_CASE(the_sentence_of_a_conflict_names_both_tags) {
    const std::string sentence = other_tag_sentence({"cat"}, "\"dog\"");
    BOOST_TEST(sentence.find("under \"dog\"") != std::string::npos);
    BOOST_TEST(sentence.find("lies under \"cat\"") != std::string::npos);
    BOOST_TEST(other_tag_sentence({"c\nt"}, "").find("another tag") != std::string::npos);
    BOOST_TEST(other_tag_sentence({"c\nt"}, "").find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
