#include "retraind/watch/pass_planner.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;
using planner = retraind::watch::pass_planner;

namespace {

const mono_time start = mono_time(100h);

} // namespace

BOOST_AUTO_TEST_SUITE(pass_planner)

BOOST_AUTO_TEST_CASE(the_first_pass_is_due_at_once) {
    BOOST_TEST((planner(10s).next() <= mono_time(0s)));
}

BOOST_AUTO_TEST_CASE(the_next_one_comes_after_scan_every_or_ten_times_the_last_whichever_is_later) {
    struct {
        duration active;
        duration pause;
    } const cases[] = {{0ms, 10s}, {100ms, 10s}, {1s, 10s}, {1001ms, 10'010ms}, {20s, 200s}};
    for (const auto& each : cases) {
        planner passes(10s);
        passes.started();
        passes.ended(start, each.active);
        BOOST_TEST((passes.next() == start + each.pause), "after " << each.active.count() << " ms");
    }
}

BOOST_AUTO_TEST_CASE(a_wanted_pass_comes_early_but_never_before_the_rest_is_over) {
    planner passes(1h);
    passes.started();
    passes.ended(start, 2s);
    passes.want(start + 30s);
    BOOST_TEST((passes.next() == start + 30s));
    passes.want(start + 40s);
    BOOST_TEST((passes.next() == start + 30s));
    passes.want(start + 1s);
    BOOST_TEST((passes.next() == start + 20s));
}

BOOST_AUTO_TEST_CASE(even_a_pass_that_took_no_time_is_followed_by_a_rest) {
    planner passes(0s);
    passes.started();
    passes.ended(start, 0s);
    passes.want(start);
    BOOST_TEST((passes.next() == start + 100ms));
}

BOOST_AUTO_TEST_CASE(what_is_wanted_during_a_pass_is_for_the_next_one) {
    planner passes(1h);
    passes.want(start);
    passes.started();
    passes.want(start + 5s);
    passes.ended(start + 1s, 10ms);
    BOOST_TEST((passes.next() == start + 5s));
    passes.started();
    passes.ended(start + 6s, 10ms);
    BOOST_TEST((passes.next() == start + 6s + 1h));
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_looked_for_every_second_at_least) {
    planner patient(1h);
    patient.started();
    patient.failed(start);
    BOOST_TEST((patient.next() == start + 1s));
    planner quick(200ms);
    quick.started();
    quick.failed(start);
    BOOST_TEST((quick.next() == start + 200ms));
}

BOOST_AUTO_TEST_SUITE_END()
