#include "retraind/pipeline/sidecar_tracker.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

struct waiting_fixture {
    waiting_fixture() {
        seen.where = {0, "cats/a.jpg"};
        seen.print = {1, 1};
        seen.picture = {1, 2, 3, 0, 100 * second_ns};
        seen.first_seen = start;
    }
    /// A sidecar that was last changed so long after the picture, by the file system's clock.
    void put_sidecar(std::int64_t seconds_later, std::uint64_t print = 9) {
        seen.sidecars = {{{print, print}, {1, 4, 5, 0, (100 + seconds_later) * second_ns}}};
        seen.found = true;
    }
    std::optional<mono_time> judged_at(duration after) {
        return tracker.judge(seen, {2s, 30s}, start + after);
    }

    mono_time start = mono_time(1h);
    pipeline::sidecar_tracker::sighting seen;
    pipeline::sidecar_tracker tracker;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(sidecar_tracker, waiting_fixture)

BOOST_AUTO_TEST_CASE(without_a_sidecar_a_picture_waits_since_it_was_complete_and_then_goes) {
    BOOST_TEST((judged_at(2s) == start + 32s));
    BOOST_TEST(tracker.size() == 1U);
    BOOST_TEST((judged_at(31999ms) == start + 32s));
    BOOST_TEST(!judged_at(32s).has_value());
    BOOST_TEST(tracker.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_second_meeting_does_not_begin_the_wait_anew) {
    static_cast<void>(judged_at(2s));
    BOOST_TEST(tracker.due(start + 32s).size() == 1U);
    seen.first_seen = start + 34s; // the watcher met it again
    BOOST_TEST(!judged_at(36s).has_value());
}

BOOST_AUTO_TEST_CASE(another_file_of_that_name_begins_the_wait_anew) {
    static_cast<void>(judged_at(2s));
    seen.print = {2, 2};
    seen.first_seen = start + 20s;
    BOOST_TEST((judged_at(22s) == start + 52s));
    BOOST_TEST(tracker.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_lay_there_for_days_does_not_wait) {
    seen.long_ago = true;
    BOOST_TEST(!judged_at(2s).has_value());
}

BOOST_AUTO_TEST_CASE(a_sidecar_as_old_as_its_picture_is_complete_with_it) {
    put_sidecar(0);
    BOOST_TEST(!judged_at(2s).has_value());
    put_sidecar(-1000);
    BOOST_TEST(!judged_at(2s).has_value());
}

BOOST_AUTO_TEST_CASE(a_younger_sidecar_is_waited_for_until_it_is_complete) {
    put_sidecar(5);
    BOOST_TEST((judged_at(6s) == start + 7s));
    BOOST_TEST(!judged_at(7s).has_value());
}

BOOST_AUTO_TEST_CASE(one_that_is_written_again_and_again_is_waited_for_beyond_the_patience) {
    for (int round = 1; round <= 60; ++round) {
        put_sidecar(round, static_cast<std::uint64_t>(round));
        BOOST_TEST(judged_at(std::chrono::seconds(round) + 500ms).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_forward_costs_no_more_than_settling) {
    put_sidecar(8 * 3600);
    BOOST_TEST((judged_at(2s) == start + 4s));
    BOOST_TEST(!judged_at(4s).has_value());
}

BOOST_AUTO_TEST_CASE(ctimes_of_two_file_systems_say_nothing_of_each_other) {
    put_sidecar(-1000);
    seen.sidecars[0].second.device = 7;
    BOOST_TEST((judged_at(2s) == start + 4s));
    BOOST_TEST(!judged_at(4s).has_value());
}

BOOST_AUTO_TEST_CASE(one_that_changes_while_it_is_read_is_waited_for) {
    put_sidecar(0);
    seen.changing = true;
    BOOST_TEST((judged_at(2s) == start + 4s));
}

BOOST_AUTO_TEST_CASE(a_change_wakes_the_picture_at_once) {
    seen.state = 5;
    static_cast<void>(judged_at(2s));
    BOOST_TEST_REQUIRE(tracker.waiting().size() == 1U);
    BOOST_TEST(tracker.waiting()[0].state == 5U);
    BOOST_TEST(tracker.due(start + 3s).empty());
    tracker.wake(seen.where, start + 3s);
    BOOST_TEST((tracker.next_due() == start + 3s));
    const auto due = tracker.due(start + 3s);
    BOOST_TEST_REQUIRE(due.size() == 1U);
    BOOST_TEST(due[0].where.path == "cats/a.jpg");
    BOOST_TEST((due[0].print == seen.print));
    BOOST_TEST((tracker.next_due() == mono_time::max()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
