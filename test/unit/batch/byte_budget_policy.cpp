#include "retraind/batch/byte_budget_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::batch;

BOOST_AUTO_TEST_SUITE(byte_budget_policy)

BOOST_AUTO_TEST_CASE(starts_at_the_most_and_halves) {
    batch::byte_budget_policy budget(3200);
    BOOST_TEST(budget.current() == 3200u);
    budget.on_too_large();
    BOOST_TEST(budget.current() == 1600u);
    budget.on_too_large();
    BOOST_TEST(budget.current() == 800u);
}

BOOST_AUTO_TEST_CASE(never_falls_to_nothing) {
    batch::byte_budget_policy budget(3200);
    for (int n = 0; n < 100; ++n) {
        budget.on_too_large();
    }
    BOOST_TEST(budget.current() == 1u);
    batch::byte_budget_policy none(0);
    BOOST_TEST(none.current() == 1u);
    none.on_too_large();
    none.on_success(1);
    BOOST_TEST(none.current() == 1u);
}

BOOST_AUTO_TEST_CASE(rises_slowly_up_to_the_most) {
    batch::byte_budget_policy budget(3200);
    budget.on_too_large();
    budget.on_success(1600);
    BOOST_TEST(budget.current() == 1700u);
    for (int n = 0; n < 15; ++n) {
        budget.on_success(budget.current());
    }
    BOOST_TEST(budget.current() == 3200u);
    budget.on_success(3200);
    BOOST_TEST(budget.current() == 3200u);
}

BOOST_AUTO_TEST_CASE(a_small_body_proves_nothing) {
    batch::byte_budget_policy budget(3200);
    budget.on_too_large();
    budget.on_success(799);
    BOOST_TEST(budget.current() == 1600u);
    budget.on_success(800);
    BOOST_TEST(budget.current() == 1700u);
}

BOOST_AUTO_TEST_SUITE_END()
