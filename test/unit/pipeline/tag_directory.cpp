#include "retraind/pipeline/tag_directory.hpp"

#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string make = "POST /tags";

struct directory_fixture : loop_fixture {
    /// The ids that the labels stand for; empty where they are held or refused.
    std::vector<tag_id> resolve(std::vector<std::string> names, bool create_tags = true) {
        intake::labels wanted;
        wanted.names = std::move(names);
        const auto found = run(tags.resolve(std::move(wanted), create_tags));
        BOOST_TEST_REQUIRE(found.has_value());
        if (const auto* ids = std::get_if<intake::resolved_tags>(&*found)) {
            return ids->ids;
        }
        const auto* held = std::get_if<intake::held>(&*found);
        sentence = held != nullptr ? held->sentence : std::get<intake::refusal>(*found).sentence;
        return {};
    }
    void look(const std::vector<std::string>& listed) {
        service.tags = list_json(listed);
        BOOST_TEST(run(tags.refresh()).has_value());
    }

    std::string sentence;
    pipeline::tag_directory tags{common, contact, "cats", project.id,
                                 intake::tag_terms{false, true, 3, 100}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tag_directory, directory_fixture)

BOOST_AUTO_TEST_CASE(a_missing_negative_tag_is_made_with_its_type) {
    look({tag_json(1, "cats")});
    service.expect(make, 200, tag_json(2, "Negative", "Negative"));
    BOOST_TEST((resolve({"_negative"}) == std::vector{numbered<tag_id>(2)}));
    BOOST_TEST(has(service.targets.at(0), "name=Negative&type=Negative"));
    BOOST_TEST((resolve({"_negative"}) == std::vector{numbered<tag_id>(2)}));
    BOOST_TEST(events.count(event_name::tag_created) == 1U);
    BOOST_TEST(tags.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_negative_tag_that_somebody_made_meanwhile_is_taken_by_its_type) {
    look({});
    service.tags = list_json({tag_json(2, "Background", "Negative")});
    service.expect(make, 400, refusal_json("BadRequestMultipleNegativeTag"));
    BOOST_TEST((resolve({"_negative"}) == std::vector{numbered<tag_id>(2)}));
}

BOOST_AUTO_TEST_CASE(a_negative_tag_that_is_there_is_found_by_its_type) {
    look({tag_json(2, "Background", "Negative"), tag_json(3, "product", "GeneralProduct")});
    BOOST_TEST((resolve({"_negative"}, false) == std::vector{numbered<tag_id>(2)}));
    BOOST_TEST(tags.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_full_project_makes_no_tag_and_needs_no_call_to_know) {
    look({tag_json(1, "cats"), tag_json(2, "dogs"), tag_json(3, "Negative", "Negative")});
    BOOST_TEST(resolve({"cows"}).empty());
    BOOST_TEST(has(sentence, "3 tags"));
    BOOST_TEST((resolve({"dogs"}) == std::vector{numbered<tag_id>(2)}));
    check_journal({});
}

BOOST_AUTO_TEST_CASE(it_says_which_tags_the_project_has_and_what_they_are_called) {
    look({tag_json(1, "cats"), tag_json(2, "dogs")});
    BOOST_TEST(tags.has({numbered<tag_id>(1), numbered<tag_id>(2)}));
    BOOST_TEST(!tags.has({numbered<tag_id>(1), numbered<tag_id>(9)}));
    BOOST_TEST(tags.has({}));
    BOOST_TEST(tags.names_of({numbered<tag_id>(2), numbered<tag_id>(1)}) == "\"dogs\", \"cats\"");
    BOOST_TEST(has(tags.names_of({numbered<tag_id>(9)}), to_string(numbered<tag_id>(9))));
    BOOST_TEST(tags.names_of({}) == "no tag");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
