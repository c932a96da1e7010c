#include "retraind/pipeline/readiness.hpp"

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

struct fixture {
    event_recorder events;
    pipeline::readiness health{events, "cats"};
};

std::string text_field(const event& from, std::string_view name) {
    for (const field& each : from.fields) {
        if (each.name == name) {
            return std::get<std::string>(each.value);
        }
    }
    return {};
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(readiness, fixture)

BOOST_AUTO_TEST_CASE(begins_ready_and_silent) {
    BOOST_TEST(health.ready());
    BOOST_TEST(!health.reason().has_value());
    BOOST_TEST(events.all.empty());
}

BOOST_AUTO_TEST_CASE(an_obstacle_is_said_once_with_its_project_and_source) {
    health.block("upload", "the service is away");
    health.block("upload", "the service is away");
    BOOST_TEST(!health.ready());
    BOOST_TEST(health.reason().value() == "the service is away");
    BOOST_TEST_REQUIRE(events.all.size() == 1U);
    BOOST_TEST((events.all[0].name == event_name::project_not_ready));
    BOOST_TEST((events.all[0].level == severity::warning));
    BOOST_TEST(events.all[0].project == "cats");
    BOOST_TEST(events.all[0].sentence == "the service is away");
    BOOST_TEST(text_field(events.all[0], "source") == "upload");
}

BOOST_AUTO_TEST_CASE(other_words_of_the_same_source_are_said_and_replace_the_old) {
    health.block("upload", "the service is away");
    health.block("upload", "the key is refused");
    BOOST_TEST(events.all.size() == 2U);
    BOOST_TEST(health.reason().value() == "the key is refused");
}

BOOST_AUTO_TEST_CASE(one_that_is_cleared_does_not_hide_another) {
    health.block("upload", "the service is away");
    health.block("ledger", "the disk is full");
    health.clear("upload");
    BOOST_TEST(!health.ready());
    BOOST_TEST(health.reason().value() == "the disk is full");
    BOOST_TEST(events.count(event_name::project_ready) == 0U);

    health.clear("ledger");
    BOOST_TEST(health.ready());
    BOOST_TEST(!health.reason().has_value());
    BOOST_TEST(events.count(event_name::project_ready) == 1U);
}

BOOST_AUTO_TEST_CASE(all_reasons_are_named_at_once) {
    health.block("upload", "the service is away");
    health.block("ledger", "the disk is full");
    BOOST_TEST(health.reason().value() == "the disk is full; the service is away");
}

BOOST_AUTO_TEST_CASE(clearing_what_was_not_blocked_says_nothing) {
    health.clear("upload");
    health.block("ledger", "the disk is full");
    health.clear("upload");
    BOOST_TEST(events.count(event_name::project_ready) == 0U);
    BOOST_TEST(!health.ready());
}

BOOST_AUTO_TEST_CASE(what_comes_back_is_said_again) {
    health.block("upload", "the service is away");
    health.clear("upload");
    health.block("upload", "the service is away");
    BOOST_TEST(events.count(event_name::project_not_ready) == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
