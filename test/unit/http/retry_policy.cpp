#include "retraind/http/retry_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using retraind::duration;

BOOST_AUTO_TEST_SUITE(retry_policy)

BOOST_AUTO_TEST_CASE(the_span_doubles_from_a_second_to_five_minutes) {
    const struct {
        unsigned failures;
        duration span;
    } cases[] = {{0, 1s},   {1, 1s},    {2, 2s},    {3, 4s},
                 {9, 256s}, {10, 300s}, {11, 300s}, {4000000000U, 300s}};
    const retraind::http::retry_policy policy;
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.failures << " failures") {
            BOOST_TEST(policy.span(each.failures).count() == each.span.count());
        }
    }
}

BOOST_AUTO_TEST_CASE(the_jitter_is_full) {
    const retraind::http::retry_policy policy;
    BOOST_TEST(policy.wait(3, 0.0, {}).count() == 0);
    BOOST_TEST(policy.wait(3, 0.5, {}).count() == 2000);
    BOOST_TEST(policy.wait(3, 0.999999, {}).count() == 3999);
    BOOST_TEST(policy.wait(20, 0.5, {}).count() == 150000);
}

BOOST_AUTO_TEST_CASE(what_the_service_asks_for_is_waited_in_full) {
    const retraind::http::retry_policy policy;
    BOOST_TEST(policy.wait(1, 0.5, 20min).count() == duration(20min).count());
    BOOST_TEST(policy.wait(12, 0.5, 1s).count() == 1000);
}

BOOST_AUTO_TEST_CASE(asking_for_no_wait_leaves_the_jitter) {
    const retraind::http::retry_policy policy;
    BOOST_TEST(policy.wait(3, 0.5, 0s).count() == 2000);
    BOOST_TEST(policy.wait(3, 0.5, -1s).count() == 2000);
}

BOOST_AUTO_TEST_CASE(the_bounds_can_be_other_ones) {
    const retraind::http::retry_policy policy(10ms, 25ms);
    BOOST_TEST(policy.span(1).count() == 10);
    BOOST_TEST(policy.span(2).count() == 20);
    BOOST_TEST(policy.span(3).count() == 25);
}

BOOST_AUTO_TEST_SUITE_END()
