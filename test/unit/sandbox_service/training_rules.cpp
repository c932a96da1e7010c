#include "sandbox/service/training_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

training_question good() {
    training_question asked;
    asked.tags = {{"a", 5}, {"b", 5}};
    asked.basis = {7, ""};
    return asked;
}

std::string code(const training_question& asked) {
    const auto refused = refuse_training(asked);
    return refused ? refused->code : "passes";
}

std::string message(const training_question& asked) {
    return refuse_training(asked).value_or(refusal{}).message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(training_rules)

BOOST_AUTO_TEST_CASE(two_tags_of_five_are_enough) {
    BOOST_TEST(code(good()) == "passes");
}

BOOST_AUTO_TEST_CASE(too_few) {
    auto none = good();
    none.tags = {{"a", 0}};
    BOOST_TEST(code(none) == "BadRequestTrainingValidationFailed");
    BOOST_TEST(message(none) == "Not enough images for training");
    auto few = good();
    few.tags = {{"a", 5}, {"b", 5}, {"c", 4}};
    BOOST_TEST(code(few) == "BadRequestClassificationTrainingValidationFailed");
    BOOST_TEST(message(few) == "Not enough images per tag for training");
    auto one = good();
    one.tags = {{"a", 50}};
    BOOST_TEST(code(one) == "BadRequestClassificationTrainingValidationFailed");
}

BOOST_AUTO_TEST_CASE(an_empty_tag_counts_only_when_it_was_selected) {
    auto asked = good();
    asked.tags.push_back({"c", 0});
    BOOST_TEST(code(asked) == "passes");
    asked.are_tags_selected = true;
    BOOST_TEST(code(asked) == "BadRequestClassificationTrainingValidationFailed");
}

BOOST_AUTO_TEST_CASE(detection_is_refused) {
    auto asked = good();
    asked.classifies = false;
    BOOST_TEST(code(asked) == "BadRequestDetectionTrainingValidationFailed");
}

BOOST_AUTO_TEST_CASE(one_training_at_a_time_comes_before_everything) {
    auto asked = good();
    asked.is_running = true;
    asked.force = true;
    asked.tags.clear();
    BOOST_TEST(code(asked) == "BadRequestTrainingAlreadyInProgress");
}

BOOST_AUTO_TEST_CASE(nothing_new_is_not_trained_unless_forced) {
    auto asked = good();
    asked.last = training_basis{7, ""};
    BOOST_TEST(code(asked) == "BadRequestTrainingNotNeeded");
    BOOST_TEST(message(asked) == "Nothing changed since last training");
    asked.force = true;
    BOOST_TEST(code(asked) == "passes");
    asked.force = false;
    asked.last = training_basis{6, ""};
    BOOST_TEST(code(asked) == "passes");
    asked.last = training_basis{7, "a"};
    BOOST_TEST(code(asked) == "passes");
}

BOOST_AUTO_TEST_CASE(the_twentieth_iteration_is_the_last) {
    auto asked = good();
    asked.iterations = 19;
    BOOST_TEST(code(asked) == "passes");
    asked.iterations = 20;
    BOOST_TEST(code(asked) == "BadRequestExceedIterationPerProjectLimit");
    asked.force = true;
    BOOST_TEST(code(asked) == "BadRequestExceedIterationPerProjectLimit");
}

BOOST_AUTO_TEST_CASE(advanced_training_wants_hours) {
    auto asked = good();
    asked.training_type = "Advanced";
    BOOST_TEST(code(asked) == "BadRequestReservedBudgetInHoursNotEnoughForAdvancedTraining");
    asked.reserved_hours = 1;
    BOOST_TEST(code(asked) == "passes");
    asked.training_type = "regular?";
    BOOST_TEST(code(asked) == "BadRequest");
}

BOOST_AUTO_TEST_SUITE_END()
