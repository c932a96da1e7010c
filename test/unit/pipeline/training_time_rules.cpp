#include "retraind/pipeline/training_time_rules.hpp"

#include <vector>

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;
using namespace std::chrono_literals;

namespace {

wall_time at(std::string_view text) {
    return parse_utc(text).value();
}

customvision::iteration between(std::string_view created, std::string_view trained) {
    customvision::iteration one;
    one.created = at(created);
    one.trained_at = at(trained);
    return one;
}

/// Of a training that was intended long before.
std::optional<std::chrono::seconds> used(const customvision::iteration& one) {
    return time_used(one, at("2026-11-19T00:00:00Z"), at("2026-11-20T12:00:00Z"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(training_time_rules)

BOOST_AUTO_TEST_CASE(a_month_begins_at_midnight_of_its_first_day_in_utc) {
    BOOST_TEST((month_begin(at("2026-11-30T23:59:59.999Z")) == at("2026-11-01T00:00:00Z")));
    BOOST_TEST((month_begin(at("2026-11-01T00:00:00.000Z")) == at("2026-11-01T00:00:00Z")));
    BOOST_TEST((month_begin(at("2028-02-29T12:00:00Z")) == at("2028-02-01T00:00:00Z")));
}

BOOST_AUTO_TEST_CASE(only_the_trainings_of_this_month_count_and_those_of_this_year) {
    const std::vector<ledger::training_use> all{{at("2025-11-15T00:00:00Z"), 1s},
                                                {at("2026-10-31T23:59:59.999Z"), 10s},
                                                {at("2026-11-01T00:00:00Z"), 100s},
                                                {at("2026-11-30T23:59:59.999Z"), 1000s},
                                                {at("2026-12-01T00:00:00Z"), 10'000s}};
    BOOST_TEST(used_this_month(all, at("2026-11-20T00:00:00Z")).count() == 1'100);
    BOOST_TEST(used_this_month(all, at("2026-12-01T00:00:00Z")).count() == 10'000);
    BOOST_TEST(used_this_month(all, at("2027-01-01T00:00:00Z")).count() == 0);
    BOOST_TEST(used_this_month({}, at("2026-11-20T00:00:00Z")).count() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_billed_comes_before_what_the_times_say) {
    customvision::iteration one = between("2026-11-20T10:00:00Z", "2026-11-20T10:01:30.400Z");
    BOOST_TEST(used(one).value().count() == 90);
    one.training_time = 2min;
    BOOST_TEST(used(one).value().count() == 120);
    one.trained_at.reset();
    BOOST_TEST(used(one).value().count() == 120);
}

BOOST_AUTO_TEST_CASE(an_iteration_that_says_neither_is_of_unknown_time) {
    customvision::iteration one = between("2026-11-20T10:00:00Z", "2026-11-20T09:59:00Z");
    BOOST_TEST(used(one).value().count() == 0);
    one.trained_at.reset();
    BOOST_TEST(!used(one).has_value());
    one = between("2026-11-20T10:00:00Z", "2026-11-20T10:01:00Z");
    one.created = wall_time{};
    BOOST_TEST(!used(one).has_value());
}

BOOST_AUTO_TEST_CASE(an_iteration_that_was_made_long_before_its_training_took_what_went_by_here) {
    // As in the service's own examples: made 17 hours before it was trained.
    customvision::iteration one = between("2026-11-20T10:00:00Z", "2026-11-21T03:00:00Z");
    const wall_time intended = at("2026-11-21T02:50:00.500Z");
    BOOST_TEST(time_used(one, intended, at("2026-11-21T03:00:01Z")).value().count() == 600);
    BOOST_TEST(time_used(one, intended, at("2026-11-21T02:00:00Z")).value().count() == 0);
    one.training_time = 1h;
    BOOST_TEST(time_used(one, intended, at("2026-11-21T03:00:01Z")).value().count() == 3'600,
               "what is billed is believed");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
