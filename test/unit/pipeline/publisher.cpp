#include "retraind/pipeline/publisher.hpp"

#include <boost/test/unit_test.hpp>

#include "loop_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

constexpr std::uint8_t ours = 2;
constexpr std::uint8_t other = 3;

struct publisher_fixture : loop_fixture {
    using loop_fixture::loop_fixture;

    bool publish() { return run(made.publish(numbered<iteration_id>(ours))); }

    pipeline::publisher made{
        common, contact, health, project, {"production", "/subscriptions/s/p"}};
};

struct older_version : publisher_fixture {
    older_version() : publisher_fixture("v3.2") {}
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(publisher, publisher_fixture)

BOOST_AUTO_TEST_CASE(takes_the_name_over_from_whoever_holds_it) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    check_journal({"GET /iterations/#2", "POST /iterations/#2/publish"});
    for (const char* part :
         {"publishName=production", "predictionId=%2Fsubscriptions%2Fs%2Fp", "overwrite=true"}) {
        BOOST_TEST(has(service.targets.back(), part), service.targets.back() << " lacks " << part);
    }
    BOOST_TEST(events.count(event_name::published) == 1U);
    BOOST_TEST(!made.refusal().has_value());
}

BOOST_AUTO_TEST_CASE(publishes_nothing_that_carries_the_name_already) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "production"));
    BOOST_TEST(publish());
    check_journal({"GET /iterations/#2"});
}

BOOST_AUTO_TEST_CASE(takes_another_name_off_the_iteration_first) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "testing"));
    service.expect("DELETE /iterations/#2/publish", 204, "");
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    check_journal(
        {"GET /iterations/#2", "DELETE /iterations/#2/publish", "POST /iterations/#2/publish"});
}

BOOST_AUTO_TEST_CASE(an_unclear_answer_is_looked_up_and_not_repeated) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect_break("POST /iterations/#2/publish", errc::timed_out);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "production"));
    BOOST_TEST(publish());
    check_journal({"GET /iterations/#2", "POST /iterations/#2/publish", "GET /iterations/#2"});
}

BOOST_AUTO_TEST_CASE(what_did_not_arrive_is_asked_for_again) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 503, "");
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(what_fails_twice_in_a_row_is_an_obstacle) {
    for (int each = 0; each < 2; ++each) {
        service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
        service.expect("POST /iterations/#2/publish", 503, "");
        BOOST_TEST(health.ready());
    }
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U);
    BOOST_TEST(has(health.reason().value(), "not published as \"production\" yet"));
}

BOOST_AUTO_TEST_CASE(a_break_between_the_steps_goes_on_where_it_stood) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "testing"));
    service.expect("DELETE /iterations/#2/publish", 204, "");
    service.expect_break("POST /iterations/#2/publish", errc::network);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(an_iteration_that_cannot_be_read_now_is_read_again) {
    service.expect_broken_read("GET /iterations/#2");
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "production"));
    BOOST_TEST(publish());
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(what_a_person_must_mend_is_reported_and_not_tried_again) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 400,
                   refusal_json("BadRequestInvalidPublishTarget"));
    BOOST_TEST(!publish());
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST_REQUIRE(made.refusal().has_value());
    BOOST_TEST(has(*made.refusal(), "production"));
    BOOST_TEST(has(*made.refusal(), "said by the service"));
    BOOST_TEST(events.sentence(event_name::publish_failed) == *made.refusal());
    BOOST_TEST((events.all.back().level == severity::error));
    bool named = false;
    for (const field& each : events.all.back().fields) {
        const auto* text = std::get_if<std::string>(&each.value);
        named = named || (text != nullptr && *text == "BadRequestInvalidPublishTarget");
    }
    BOOST_TEST(named, "the service's code is not in the event");
}

BOOST_AUTO_TEST_CASE(a_success_clears_the_refusal) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 400,
                   refusal_json("BadRequestInvalidPublishTarget"));
    BOOST_TEST(!publish());
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    BOOST_TEST(!made.refusal().has_value());
}

BOOST_AUTO_TEST_CASE(an_iteration_that_was_deleted_cannot_be_published) {
    service.expect("GET /iterations/#2", 404, refusal_json("NotFoundIteration"));
    BOOST_TEST(!publish());
    BOOST_TEST(made.refusal().has_value());
}

BOOST_AUTO_TEST_CASE(asks_nothing_once_stopping_is_requested) {
    stop.request();
    BOOST_TEST(!publish());
    BOOST_TEST(!made.refusal().has_value());
    check_journal({});
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait_between_attempts) {
    service.expect("GET /iterations/#2", 401, refusal_json("Unauthorized"));
    stop_at(event_name::request_failed);
    BOOST_TEST(!publish());
    BOOST_TEST(!made.refusal().has_value());
}

BOOST_FIXTURE_TEST_CASE(frees_the_name_where_the_version_cannot_take_it_over, older_version) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect(
        "GET /iterations", 200,
        list_json({iteration_json(other, "Completed", "production"),
                   iteration_json(4, "Completed", "testing"), iteration_json(ours, "Completed")}));
    service.expect("DELETE /iterations/#3/publish", 204, "");
    service.expect("POST /iterations/#2/publish", 200, "true");
    BOOST_TEST(publish());
    check_journal({"GET /iterations/#2", "GET /iterations", "DELETE /iterations/#3/publish",
                   "POST /iterations/#2/publish"});
    BOOST_TEST(!has(service.targets.back(), "overwrite"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
