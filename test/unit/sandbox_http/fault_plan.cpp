#include "sandbox/http/fault_plan.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using sandbox::http::answer_fault;
using sandbox::http::fault_rule;
using sandbox::http::fault_rules;
using plan = sandbox::http::fault_plan;

fault_rule answer(std::string operation, unsigned status, std::uint64_t skip = 0,
                  std::optional<std::uint64_t> times = std::nullopt) {
    answer_fault wanted;
    wanted.status = status;
    return {std::move(operation), skip, times, wanted};
}

/// The status that a request gets; 0 where nothing is done to it.
unsigned status_of(plan& faults, std::string_view operation) {
    const auto action = faults.next(operation);
    return action ? std::get<answer_fault>(*action).status : 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fault_plan)

BOOST_AUTO_TEST_CASE(an_empty_plan_does_nothing) {
    plan faults;
    BOOST_TEST(status_of(faults, "GetTags") == 0U);
    BOOST_TEST(faults.request_bytes() == 60'000'000U);
}

BOOST_AUTO_TEST_CASE(skip_then_times_then_no_more) {
    plan faults({{}, {answer("GetTags", 503, 2, 2)}});
    for (const unsigned expected : {0U, 0U, 503U, 503U, 0U, 0U}) {
        BOOST_TEST(status_of(faults, "GetTags") == expected);
    }
}

BOOST_AUTO_TEST_CASE(without_times_it_goes_on) {
    plan faults({{}, {answer("*", 503, 1)}});
    BOOST_TEST(status_of(faults, "GetTags") == 0U);
    for (int i = 0; i < 50; ++i) {
        BOOST_TEST(status_of(faults, "GetProject") == 503U);
    }
}

BOOST_AUTO_TEST_CASE(other_operations_neither_count_nor_suffer) {
    plan faults({{}, {answer("GetTags", 503, 1, 1)}});
    BOOST_TEST(status_of(faults, "CreateTag") == 0U);
    BOOST_TEST(status_of(faults, "GetTags") == 0U);
    BOOST_TEST(status_of(faults, "CreateTag") == 0U);
    BOOST_TEST(status_of(faults, "GetTags") == 503U);
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_is_due_acts_alone) {
    plan faults({{}, {answer("GetTags", 500, 0, 1), answer("*", 502, 0, 1), answer("*", 503)}});
    for (const unsigned expected : {500U, 502U, 503U}) {
        BOOST_TEST(status_of(faults, "GetTags") == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_skipped_request_counts_for_the_rules_behind) {
    plan faults({{}, {answer("*", 500, 2, 1), answer("*", 503, 1, 1)}});
    for (const unsigned expected : {0U, 503U, 500U, 0U}) {
        BOOST_TEST(status_of(faults, "GetTags") == expected);
    }
}

BOOST_AUTO_TEST_CASE(the_body_limit_can_be_set) {
    plan faults({100U, {}});
    BOOST_TEST(faults.request_bytes() == 100U);
}

BOOST_AUTO_TEST_SUITE_END()
