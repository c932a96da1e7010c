#include "retraind/pipeline/capacity_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string count = "GET /images/count";
const std::string list = "GET /iterations";
const std::string project_itself = "GET ";

struct capacity_fixture : project_fixture {
    capacity_fixture() {
        state.capacity = pipeline::capacity_tracker(capacity_status{{0, 100}, {0, 50}, {0, 20}});
    }
    void expect_look(const std::string& images) {
        service.expect(count, 200, images);
        service.expect(list, 200, list_json({iteration_json(1, "Completed")}));
    }
    void expect_project(bool read_only) {
        service.expect(project_itself, 200,
                       R"({"id":")" + to_string(project.id) +
                           R"(","name":"cats","drModeEnabled":)" + (read_only ? "true" : "false") +
                           "}");
    }

    unsigned reopened = 0;
    pipeline::capacity_loop capacity{state, [this] {
                                         ++reopened;
                                     }};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(capacity_loop, capacity_fixture)

BOOST_AUTO_TEST_CASE(the_services_numbers_are_the_status) {
    expect_look("42");
    run(capacity.look());
    check_journal({count, list});
    BOOST_TEST(state.capacity.status().images.used == 42U);
    BOOST_TEST(state.capacity.status().iterations.used == 1U);
    BOOST_TEST(health.ready());
    BOOST_TEST(reopened == 0U);
}

BOOST_AUTO_TEST_CASE(a_full_project_is_not_ready_until_there_is_room) {
    expect_look("100");
    run(capacity.look());
    BOOST_TEST(!health.ready());
    BOOST_TEST(has(health.reason().value(), "100 images"));
    BOOST_TEST(has(health.reason().value(), "service.tier"));
    expect_look("99");
    run(capacity.look());
    BOOST_TEST(health.ready());
    BOOST_TEST(reopened == 1U);
}

BOOST_AUTO_TEST_CASE(without_an_answer_what_is_known_stays) {
    expect_look("100");
    run(capacity.look());
    service.expect_broken_read(count);
    service.expect_broken_read(list);
    run(capacity.look());
    BOOST_TEST(!health.ready());
    BOOST_TEST(state.capacity.status().images.used == 100U);
    BOOST_TEST(reopened == 0U);
}

BOOST_AUTO_TEST_CASE(a_read_only_project_says_so_and_what_can_be_done) {
    state.capacity.on_read_only_refusal();
    expect_project(true);
    expect_look("5");
    run(capacity.look());
    BOOST_TEST(has(health.reason().value(), "read-only"));
    BOOST_TEST(has(health.reason().value(), "Azure Service Health"));
    BOOST_TEST(reopened == 0U);
    expect_project(false);
    expect_look("5");
    run(capacity.look());
    BOOST_TEST(health.ready());
    BOOST_TEST(reopened == 1U);
}

BOOST_AUTO_TEST_CASE(in_a_full_project_that_was_read_only_what_needs_no_room_goes_on) {
    state.capacity.on_read_only_refusal();
    expect_project(true);
    expect_look("100");
    run(capacity.look());
    BOOST_TEST(reopened == 0U);
    expect_project(false);
    expect_look("100");
    run(capacity.look());
    BOOST_TEST(reopened == 1U);
    BOOST_TEST(has(health.reason().value(), "100 images"));
}

BOOST_AUTO_TEST_CASE(it_looks_when_it_is_told_to_and_ends_when_all_does) {
    expect_look("7");
    capacity.look_now();
    run_until(capacity.run(), [this] { return state.capacity.status().iterations.used == 1; });
    BOOST_TEST(state.capacity.status().images.used == 7U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
