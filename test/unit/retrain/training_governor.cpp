#include "retraind/retrain/training_governor.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::retrain;
using namespace std::chrono_literals;

namespace {

constexpr wall_time noon{std::chrono::hours(480'012)};

retrain::options rules() {
    retrain::options options;
    options.after_images = 50;
    options.quiet_for = 10min;
    options.quiet_at_most = 24h;
    options.cooldown = 6h;
    return options;
}

/// All conditions hold.
training_facts ready() {
    training_facts facts;
    facts.confirmed = 50;
    facts.first_confirmed = noon - 1h;
    facts.last_confirmed = noon - 10min;
    facts.last_training = noon - 6h;
    return facts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(training_governor)

BOOST_AUTO_TEST_CASE(trains_when_every_condition_just_holds) {
    const training_decision decision = decide_training(rules(), ready(), noon);
    BOOST_TEST(decision.train);
    BOOST_TEST(!decision.never_quiet);
    BOOST_TEST(decision.reason == "50 pictures since the last training");
}

BOOST_AUTO_TEST_CASE(says_how_many_pictures_are_missing) {
    training_facts facts = ready();
    facts.confirmed = 38;
    training_decision decision = decide_training(rules(), facts, noon);
    BOOST_TEST(!decision.train);
    BOOST_TEST(decision.reason == "12 more pictures");
    BOOST_TEST(!decision.ask_again);
    facts.confirmed = 49;
    BOOST_TEST(decide_training(rules(), facts, noon).reason == "1 more picture");
}

BOOST_AUTO_TEST_CASE(waits_for_quiet_and_names_its_end) {
    training_facts facts = ready();
    facts.last_confirmed = noon - 9min;
    const training_decision decision = decide_training(rules(), facts, noon);
    BOOST_TEST(!decision.train);
    BOOST_TEST(!decision.closed);
    BOOST_TEST((decision.ask_again == noon + 1min));
    BOOST_TEST(decision.reason == "quiet for another 1m");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_never_quiet_trains_all_the_same) {
    training_facts facts = ready();
    facts.last_confirmed = noon;
    facts.first_confirmed = noon - 24h + 1s;
    training_decision decision = decide_training(rules(), facts, noon);
    BOOST_TEST(!decision.train);
    BOOST_TEST((decision.ask_again == noon + 1s));
    facts.first_confirmed = noon - 24h;
    decision = decide_training(rules(), facts, noon);
    BOOST_TEST(decision.train);
    BOOST_TEST(decision.never_quiet);
}

BOOST_AUTO_TEST_CASE(waits_out_the_cooldown_and_says_that_it_is_closed) {
    training_facts facts = ready();
    facts.last_training = noon - 6h + 1ms;
    const training_decision decision = decide_training(rules(), facts, noon);
    BOOST_TEST(!decision.train);
    BOOST_TEST(decision.closed);
    BOOST_TEST((decision.ask_again == noon + 1ms));
}

BOOST_AUTO_TEST_CASE(a_failed_training_is_not_repeated_at_once) {
    retrain::options eager = rules();
    eager.cooldown = 0s;
    eager.quiet_for = 0s;
    training_facts facts = ready();
    facts.last_training = noon - 1s;
    facts.last_failure = noon - 1s;
    training_decision decision = decide_training(eager, facts, noon);
    BOOST_TEST(!decision.train);
    BOOST_TEST((decision.ask_again == noon - 1s + retry_after_failure));
    facts.confirmed_since_failure = 1;
    BOOST_TEST(decide_training(eager, facts, noon).train);
    facts.confirmed_since_failure = 0;
    facts.last_failure = noon - retry_after_failure;
    BOOST_TEST(decide_training(eager, facts, noon).train);
}

BOOST_AUTO_TEST_CASE(a_clock_that_was_set_back_stops_nothing) {
    training_facts facts = ready();
    facts.last_training = noon + 24h;
    facts.last_confirmed = noon + 24h;
    BOOST_TEST(decide_training(rules(), facts, noon).train);
}

BOOST_AUTO_TEST_CASE(a_first_training_needs_no_history) {
    training_facts facts = ready();
    facts.last_training.reset();
    BOOST_TEST(decide_training(rules(), facts, noon).train);
}

BOOST_AUTO_TEST_CASE(zero_is_a_valid_duration) {
    retrain::options eager = rules();
    eager.quiet_for = 0s;
    eager.cooldown = 0s;
    training_facts facts = ready();
    facts.last_confirmed = noon;
    facts.last_training = noon;
    BOOST_TEST(decide_training(eager, facts, noon).train);
}

BOOST_AUTO_TEST_SUITE_END()
