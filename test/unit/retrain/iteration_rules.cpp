#include "retraind/retrain/iteration_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::retrain;
using namespace std::chrono_literals;

namespace {

iteration_id numbered(std::uint8_t number) {
    iteration_id id;
    id.value.data[15] = number;
    return id;
}

} // namespace

BOOST_AUTO_TEST_SUITE(iteration_rules)

BOOST_AUTO_TEST_CASE(an_unknown_status_counts_as_running) {
    BOOST_TEST((progress_of("Completed") == progress::completed));
    BOOST_TEST((progress_of("Failed") == progress::failed));
    BOOST_TEST((progress_of("New") == progress::untrained));
    for (const char* status : {"Training", "Queued", "", "completed"}) {
        BOOST_TEST((progress_of(status) == progress::running), status);
    }
}

BOOST_AUTO_TEST_CASE(our_own_is_the_one_that_the_intent_did_not_know) {
    const std::vector<iteration_view> before{{numbered(1), "Completed", {}},
                                             {numbered(2), "Failed", {}}};
    const auto known = iterations_before(before);
    BOOST_TEST(known.size() == 2U);
    BOOST_TEST(!recognise_own(known, before));
    std::vector<iteration_view> after = before;
    after.push_back({numbered(3), "Training", {}});
    const auto ours = recognise_own(known, after);
    BOOST_REQUIRE(ours);
    BOOST_TEST((ours->id == numbered(3)));
}

BOOST_AUTO_TEST_CASE(an_untrained_iteration_becomes_ours_when_it_trains) {
    std::vector<iteration_view> iterations{{numbered(1), "Completed", {}},
                                           {numbered(2), "New", {}}};
    const auto known = iterations_before(iterations);
    BOOST_TEST(known.size() == 1U);
    BOOST_TEST(!recognise_own(known, iterations));
    iterations[1].status = "Training";
    const auto ours = recognise_own(known, iterations);
    BOOST_REQUIRE(ours);
    BOOST_TEST((ours->id == numbered(2)));
}

BOOST_AUTO_TEST_CASE(one_that_finished_while_we_were_away_is_still_ours) {
    const auto ours = recognise_own(
        {numbered(1)}, {{numbered(1), "Completed", {}}, {numbered(2), "Completed", {}}});
    BOOST_REQUIRE(ours);
    BOOST_TEST((ours->id == numbered(2)));
}

BOOST_AUTO_TEST_CASE(a_running_one_is_found) {
    BOOST_TEST(!find_running({{numbered(1), "Completed", {}}, {numbered(2), "New", {}}}));
    const auto running =
        find_running({{numbered(1), "Completed", {}}, {numbered(2), "Training", {}}});
    BOOST_REQUIRE(running);
    BOOST_TEST((running->id == numbered(2)));
}

BOOST_AUTO_TEST_CASE(looks_are_at_most_one_a_second_and_at_least_one_in_ten) {
    BOOST_TEST((poll_interval(0s) == 1s));
    BOOST_TEST((poll_interval(20s) == 1s));
    BOOST_TEST((poll_interval(100s) == 5s));
    BOOST_TEST((poll_interval(24h) == 10s));
}

BOOST_AUTO_TEST_SUITE_END()
