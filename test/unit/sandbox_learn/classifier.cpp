#include "sandbox/learn/classifier.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include "unit/sandbox_learn/clusters.hpp"

namespace {

using namespace sandbox::learn;
using sandbox::test::noisy_samples;
using sandbox::test::owned_sample;
using sandbox::test::views_of;

classifier trained(const std::vector<owned_sample>& samples, std::size_t labels, label_rule rule) {
    auto made = classifier::train(views_of(samples), labels, rule);
    BOOST_TEST_REQUIRE(made.has_value());
    return *std::move(made);
}

std::string refusal(const std::vector<owned_sample>& samples, std::size_t labels) {
    const auto made = classifier::train(views_of(samples), labels, label_rule::multilabel);
    BOOST_TEST_REQUIRE(!made.has_value());
    return made.error();
}

BOOST_AUTO_TEST_SUITE(classifier)

BOOST_AUTO_TEST_CASE(multiclass_finds_the_class_and_shares_one_out) {
    const auto machine = trained(noisy_samples(1, {{0}, {1}, {2}}, 30), 3, label_rule::multiclass);
    for (const owned_sample& each : noisy_samples(2, {{0}, {1}, {2}}, 30)) {
        const std::vector<double> found = machine.probabilities(each.features);
        BOOST_TEST_REQUIRE(found.size() == 3U);
        BOOST_TEST(std::accumulate(found.begin(), found.end(), 0.0) == 1.0,
                   boost::test_tools::tolerance(1e-9));
        const auto best = std::max_element(found.begin(), found.end()) - found.begin();
        BOOST_TEST(static_cast<std::size_t>(best) == each.labels.front());
    }
}

BOOST_AUTO_TEST_CASE(two_classes_are_told_apart_whichever_comes_first) {
    for (const auto& kinds : std::vector<std::vector<std::vector<std::size_t>>>{
             {{0}, {1}},
             {{1}, {0}},
         }) {
        const auto machine = trained(noisy_samples(3, kinds, 20), 2, label_rule::multiclass);
        for (const owned_sample& each : noisy_samples(4, kinds, 20)) {
            BOOST_TEST(machine.probabilities(each.features)[each.labels.front()] > 0.5);
        }
    }
}

BOOST_AUTO_TEST_CASE(multilabel_finds_none_one_and_both) {
    const std::vector<std::vector<std::size_t>> kinds{{}, {0}, {1}, {0, 1}};
    const auto machine = trained(noisy_samples(5, kinds, 40), 2, label_rule::multilabel);
    for (const owned_sample& each : noisy_samples(6, kinds, 40)) {
        const std::vector<double> found = machine.probabilities(each.features);
        for (const std::size_t label : {0U, 1U}) {
            const bool is_there = std::count(each.labels.begin(), each.labels.end(), label) > 0;
            BOOST_TEST((found[label] > 0.5) == is_there);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_samples_give_the_same_machine) {
    const std::vector<owned_sample> samples = noisy_samples(7, {{0}, {1}}, 20);
    const auto first = trained(samples, 2, label_rule::multiclass);
    const auto second = trained(samples, 2, label_rule::multiclass);
    for (const owned_sample& each : samples) {
        BOOST_TEST(first.probabilities(each.features) == second.probabilities(each.features),
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_label_without_samples_is_unlikely_and_one_on_all_is_likely) {
    const std::vector<owned_sample> samples = noisy_samples(8, {{0}, {0, 1}}, 20);
    const auto machine = trained(samples, 3, label_rule::multilabel);
    const std::vector<double> found = machine.probabilities(samples.front().features);
    BOOST_TEST(found[0] > 0.9);
    BOOST_TEST(found[2] < 0.1);
}

BOOST_AUTO_TEST_CASE(one_class_alone_is_certain) {
    const std::vector<owned_sample> samples = noisy_samples(9, {{0}}, 5);
    const auto machine = trained(samples, 1, label_rule::multiclass);
    BOOST_TEST(machine.probabilities(samples.front().features).at(0) == 1.0);
}

BOOST_AUTO_TEST_CASE(far_from_all_samples_it_still_adds_up) {
    const auto machine = trained(noisy_samples(10, {{0}, {1}, {2}}, 20), 3, label_rule::multiclass);
    for (const float value : {-1e30F, -1e6F, 1e6F, 1e30F}) {
        const std::vector<double> found = machine.probabilities(std::vector<float>(8, value));
        BOOST_TEST(std::accumulate(found.begin(), found.end(), 0.0) == 1.0,
                   boost::test_tools::tolerance(1e-9));
    }
}

BOOST_AUTO_TEST_CASE(knows_its_measures) {
    const auto machine = trained(noisy_samples(11, {{0}, {1}}, 5), 4, label_rule::multilabel);
    BOOST_TEST(machine.label_count() == 4U);
    BOOST_TEST(machine.feature_count() == 8U);
}

BOOST_AUTO_TEST_CASE(refuses_what_cannot_be_learned) {
    BOOST_TEST(refusal({}, 2) == "There is nothing to learn from");
    BOOST_TEST(refusal({{{1, 2}, {0}}}, 0) == "There is nothing to learn from");
    BOOST_TEST(refusal({{{1, 2}, {0}}, {{1}, {1}}}, 2) == "The samples have 2 and 1 features");
    BOOST_TEST(refusal({{{1}, {0}}, {{1}, {2}}}, 2) == "A sample has label 2 of 2");
    BOOST_TEST(refusal({{{std::numeric_limits<float>::quiet_NaN()}, {0}}}, 1) ==
               "A sample has a feature that is no finite number");
}

BOOST_AUTO_TEST_CASE(other_features_are_a_bug) {
    const auto machine = trained(noisy_samples(12, {{0}, {1}}, 5), 2, label_rule::multiclass);
    BOOST_CHECK_THROW(static_cast<void>(machine.probabilities(std::vector<float>(7))),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
