#include "retraind/pipeline/tag_finder.hpp"

#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string make = "POST /tags";

struct finder_fixture : project_fixture {
    std::optional<intake::tag_resolution> find(const std::string& label) {
        intake::labels wanted;
        wanted.names.push_back(label);
        return run(finder.find(std::move(wanted), true));
    }

    tag_finder finder{state, "tags"};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tag_finder, finder_fixture)

BOOST_AUTO_TEST_CASE(a_tag_is_waited_for_until_the_service_makes_it) {
    service.expect(make, 503, "");
    service.expect(make, 200, tag_json(2, "cats"));
    const auto found = find("cats");
    check_journal({make, make});
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST((std::get<intake::resolved_tags>(*found).ids == std::vector{numbered<tag_id>(2)}));
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U);
    BOOST_TEST(health.ready());
    BOOST_TEST(key_reads == 1U);
}

BOOST_AUTO_TEST_CASE(a_tag_that_may_not_be_made_holds_and_is_no_obstacle) {
    service.expect(make, 503, "");
    service.expect(make, 400, refusal_json("BadRequestTagName"));
    const auto found = find("cats");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(has(std::get<intake::held>(*found).sentence, "cannot be made"));
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(a_tag_that_a_read_only_project_lacks_waits_and_is_asked_for_once) {
    unsigned asked = 0;
    state.ask_capacity = [&asked] {
        ++asked;
    };
    service.tags = list_json({tag_json(1, "cats")});
    BOOST_TEST_REQUIRE(run(tags.refresh()).has_value());
    service.expect(make, 403, refusal_json("ForbiddenDRModeEnabled"));
    BOOST_TEST(!find("dogs").has_value());
    BOOST_TEST(state.capacity.read_only());
    BOOST_TEST(asked == 1U);
    BOOST_TEST(!find("dogs").has_value());
    // One that is there needs no call.
    BOOST_TEST(find("cats").has_value());
    check_journal({make});
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(where_stopping_is_requested_nothing_is_found) {
    stop.request();
    BOOST_TEST(!find("cats").has_value());
    check_journal({});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
