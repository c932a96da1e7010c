#include "retraind/http/rate_budget.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using retraind::mono_time;
using bucket = retraind::http::rate_budget;

namespace {

const mono_time start{1000s};

/// How many turns there are at once.
int taken_at(bucket& budget, mono_time now) {
    int count = 0;
    while (budget.take(now)) {
        ++count;
    }
    return count;
}

/// Turns taken as early as they come, each given back at once, within `span`.
int taken_within(bucket& budget, mono_time::duration span) {
    int count = 0;
    for (mono_time now = start; now <= start + span; now = *budget.next(now)) {
        if (budget.take(now)) {
            ++count;
            budget.give_back();
        }
    }
    return count;
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_budget)

BOOST_AUTO_TEST_CASE(a_burst_is_a_quarter_of_the_rate_and_at_least_one) {
    const struct {
        double rate;
        int burst;
    } cases[] = {{8, 2}, {40, 10}, {2, 1}, {0.01, 1}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT("rate " << each.rate) {
            bucket budget({each.rate, 100}, start);
            BOOST_TEST(taken_at(budget, start) == each.burst);
            BOOST_TEST(taken_at(budget, start) == 0);
        }
    }
}

BOOST_AUTO_TEST_CASE(over_time_the_rate_holds) {
    bucket budget({8, 2}, start);
    BOOST_TEST(taken_within(budget, 10s) == 2 + 80);
    bucket slow({0.5, 1}, start);
    BOOST_TEST(taken_within(slow, 10s) == 1 + 5);
}

BOOST_AUTO_TEST_CASE(one_second_never_has_more_than_the_rate_and_its_burst) {
    bucket budget({8, 100}, start);
    BOOST_TEST(taken_within(budget, 1s) <= 10);
}

BOOST_AUTO_TEST_CASE(rest_saves_no_more_than_a_burst) {
    bucket budget({8, 100}, start);
    BOOST_TEST(taken_at(budget, start + 24h) == 2);
}

BOOST_AUTO_TEST_CASE(the_next_try_is_when_a_whole_turn_is_there) {
    bucket budget({4, 100}, start);
    BOOST_TEST(budget.take(start));
    BOOST_REQUIRE(budget.next(start).has_value());
    BOOST_TEST((*budget.next(start) == start + 250ms));
    BOOST_TEST(!budget.take(start + 249ms));
    BOOST_TEST(budget.take(start + 250ms));
}

BOOST_AUTO_TEST_CASE(only_so_many_are_in_flight) {
    bucket budget({100, 2}, start);
    BOOST_TEST(taken_at(budget, start) == 2);
    BOOST_TEST(budget.in_flight() == 2);
    BOOST_TEST(!budget.next(start + 1s).has_value());
    budget.give_back();
    BOOST_TEST(budget.next(start + 1s).has_value());
    BOOST_TEST(taken_at(budget, start + 1s) == 1);
}

BOOST_AUTO_TEST_CASE(a_pause_holds_everything_and_a_shorter_one_does_not_end_it) {
    bucket budget({8, 2}, start);
    budget.pause_until(start + 5s);
    budget.pause_until(start + 1s);
    BOOST_TEST(!budget.take(start + 4999ms));
    BOOST_TEST((*budget.next(start) == start + 5s));
    BOOST_TEST(budget.take(start + 5s));
}

BOOST_AUTO_TEST_CASE(other_options_give_nothing_back_and_end_no_pause) {
    bucket budget({40, 2}, start); // a burst of ten
    BOOST_TEST(budget.take(start));
    BOOST_TEST(budget.take(start));
    budget.change({4, 2}, start); // a burst of one
    BOOST_TEST(budget.in_flight() == 2U);
    budget.give_back();
    budget.give_back();
    BOOST_TEST(budget.take(start));
    budget.give_back();
    BOOST_TEST(!budget.take(start));
    BOOST_TEST((*budget.next(start) == start + 250ms));
    budget.pause_until(start + 5s);
    budget.change({100, 2}, start + 1s);
    BOOST_TEST(!budget.take(start + 4s));
    BOOST_TEST(budget.take(start + 5s));
}

BOOST_AUTO_TEST_CASE(more_rate_gives_no_burst_at_once) {
    bucket budget({4, 5}, start);
    BOOST_TEST(budget.take(start));
    budget.change({400, 5}, start);
    BOOST_TEST(!budget.take(start));
    BOOST_TEST(budget.take(start + 3ms));
}

BOOST_AUTO_TEST_CASE(a_clock_that_stands_still_gives_nothing) {
    bucket budget({1, 10}, start);
    BOOST_TEST(budget.take(start));
    BOOST_TEST(!budget.take(start - 1s));
    BOOST_TEST(!budget.take(start));
    BOOST_TEST(budget.take(start + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
