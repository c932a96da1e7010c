#include "retraind/pipeline/key_trial_rules.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

const project_in_use shapes{"shapes",
                            *parse_id<project_id>("391fc408-69ec-4ec3-ac42-6f14bf71ed33")};
const project_in_use birds{"birds", *parse_id<project_id>("5f0a1e5c-5a0e-4f38-8a8e-1f5b5b7b0c11")};

customvision::project on_the_service(const project_in_use& used) {
    customvision::project project;
    project.id = used.id;
    project.name = "renamed since";
    return project;
}

projects_answer failed(customvision::verdict meaning, std::string sentence = {}) {
    customvision::failure why;
    why.meaning = meaning;
    why.cause.message = std::move(sentence);
    return tl::unexpected(why);
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_trial_rules)

BOOST_AUTO_TEST_CASE(projects_are_known_by_their_id) {
    const std::vector<customvision::project> seen{on_the_service(birds)};
    const auto missing = lacking({shapes, birds}, seen);
    BOOST_TEST_REQUIRE(missing.size() == 1U);
    BOOST_TEST(missing[0].label == "shapes");
    BOOST_TEST(lacking({birds}, seen).empty());
    BOOST_TEST(lacking({}, seen).empty());
}

BOOST_AUTO_TEST_CASE(the_services_word_on_a_new_key_is_taken) {
    BOOST_TEST((judge_new_key(std::vector<customvision::project>{}).came == key_trial::accepted));
    BOOST_TEST(
        (judge_new_key(failed(customvision::verdict::unauthorised)).came == key_trial::refused));
    BOOST_TEST(
        (judge_new_key(failed(customvision::verdict::throttled)).came == key_trial::undecided));
}

BOOST_AUTO_TEST_CASE(a_key_without_a_project_that_the_old_one_has_is_named_with_it) {
    const key_verdict found = judge_lacking_key(
        {shapes, birds}, std::vector{on_the_service(birds), on_the_service(shapes)});
    BOOST_TEST((found.came == key_trial::refused));
    BOOST_TEST(
        found.objection ==
        "answers without \"shapes\", \"birds\": it is the key of another resource; if the move "
        "to another resource is meant, restart the service to use the new key all the same");
}

BOOST_AUTO_TEST_CASE(a_project_that_nobody_has_any_more_keeps_no_key_away) {
    const std::vector<customvision::project> seen{on_the_service(birds)};
    BOOST_TEST((judge_lacking_key({shapes}, seen).came == key_trial::accepted));
    const key_verdict one_left = judge_lacking_key({shapes, birds}, seen);
    BOOST_TEST((one_left.came == key_trial::refused));
    BOOST_TEST(one_left.objection.find("shapes") == std::string::npos, one_left.objection);
}

BOOST_AUTO_TEST_CASE(where_the_old_key_is_refused_the_new_one_is_taken) {
    BOOST_TEST((judge_lacking_key({shapes}, failed(customvision::verdict::unauthorised)).came ==
                key_trial::accepted));
    // Nobody knows whether the old one works: neither is given up, and the way out is named.
    const key_verdict open =
        judge_lacking_key({shapes}, failed(customvision::verdict::throttled, "too many requests"));
    BOOST_TEST((open.came == key_trial::unproven));
    BOOST_TEST(
        open.objection ==
        "answers without \"shapes\", and whether the key in use still has it cannot be told: "
        "too many requests; if the move to another resource is meant, restart the service to "
        "use the new key all the same");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
