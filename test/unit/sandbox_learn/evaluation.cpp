#include "sandbox/learn/evaluation.hpp"

#include <algorithm>
#include <map>

#include <boost/test/unit_test.hpp>

namespace {

using namespace sandbox::learn;
using label_list = std::vector<std::size_t>;

const auto close = boost::test_tools::tolerance(1e-12);

std::map<label_list, int> held_out_by_labels(const std::vector<label_list>& pictures,
                                             std::uint64_t seed) {
    const std::vector<bool> chosen = choose_held_out(pictures, seed);
    BOOST_TEST_REQUIRE(chosen.size() == pictures.size());
    std::map<label_list, int> made;
    for (std::size_t each = 0; each < pictures.size(); ++each) {
        made[pictures[each]] += chosen[each] ? 1 : 0;
    }
    return made;
}

std::vector<label_list> pictures_of(const std::vector<std::pair<label_list, int>>& kinds) {
    std::vector<label_list> made;
    for (const auto& [labels, count] : kinds) {
        made.insert(made.end(), static_cast<std::size_t>(count), labels);
    }
    return made;
}

BOOST_AUTO_TEST_SUITE(evaluation)

BOOST_AUTO_TEST_CASE(one_in_five_of_each_kind_is_held_out) {
    const auto found =
        held_out_by_labels(pictures_of({{{0}, 50}, {{1}, 5}, {{2}, 10}, {{0, 2}, 15}}), 7);
    BOOST_TEST(found.at({0}) == 10);
    BOOST_TEST(found.at({1}) == 1);
    BOOST_TEST(found.at({2}) == 2);
    BOOST_TEST(found.at({0, 2}) == 3);
}

BOOST_AUTO_TEST_CASE(odd_numbers_differ_by_less_than_one) {
    for (int first = 5; first < 25; ++first) {
        for (int second = 5; second < 25; ++second) {
            const auto found = held_out_by_labels(pictures_of({{{0}, first}, {{1}, second}}), 3);
            BOOST_TEST(found.at({0}) * 5 > first - 5);
            BOOST_TEST(found.at({0}) * 5 < first + 5);
            BOOST_TEST(found.at({1}) * 5 > second - 5);
            BOOST_TEST(found.at({1}) * 5 < second + 5);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_order_of_the_pictures_does_not_skew_it) {
    std::vector<label_list> mixed;
    for (std::size_t each = 0; each < 100; ++each) {
        mixed.push_back({each % 5});
    }
    for (const auto& [labels, count] : held_out_by_labels(mixed, 11)) {
        BOOST_TEST(count == 4);
    }
}

BOOST_AUTO_TEST_CASE(the_seed_decides) {
    const std::vector<label_list> pictures(100, label_list{0});
    BOOST_TEST((choose_held_out(pictures, 1) == choose_held_out(pictures, 1)));
    BOOST_TEST((choose_held_out(pictures, 1) != choose_held_out(pictures, 2)));
}

BOOST_AUTO_TEST_CASE(too_few_pictures_are_not_split) {
    BOOST_TEST(choose_held_out({}, 1).empty());
    const std::vector<label_list> two(2, label_list{0});
    BOOST_TEST((choose_held_out(two, 1) == std::vector<bool>(2)));
}

BOOST_AUTO_TEST_CASE(all_right_is_one) {
    const std::vector<scored_picture> pictures{{{0}, {0.9, 0.1}}, {{1}, {0.2, 0.8}}};
    const auto found = evaluate(pictures, 2);
    BOOST_TEST(found.overall.precision == 1.0);
    BOOST_TEST(found.overall.recall == 1.0);
    BOOST_TEST(found.overall.average_precision == 1.0);
    BOOST_TEST(found.labels.at(1).average_precision == 1.0);
}

BOOST_AUTO_TEST_CASE(counts_pairs_by_hand) {
    const std::vector<scored_picture> pictures{
        {{0}, {0.9, 0.1}}, // right
        {{0}, {0.3, 0.7}}, // wrong, and missed
        {{1}, {0.6, 0.4}}, // wrong, and missed
        {{1}, {0.4, 0.6}}, // right
        {{0}, {0.8, 0.2}}, // right
    };
    const auto found = evaluate(pictures, 2);
    BOOST_TEST(found.labels[0].precision == 2.0 / 3, close);
    BOOST_TEST(found.labels[0].recall == 2.0 / 3, close);
    BOOST_TEST(found.labels[1].precision == 0.5, close);
    BOOST_TEST(found.labels[1].recall == 0.5, close);
    BOOST_TEST(found.overall.precision == 3.0 / 5, close);
    BOOST_TEST(found.overall.recall == 3.0 / 5, close);
    // Label 0 has ranks 1, 2 and 5; label 1 has 2 and 3.
    BOOST_TEST(found.labels[0].average_precision == (1.0 + 1.0 + 3.0 / 5) / 3, close);
    BOOST_TEST(found.labels[1].average_precision == (1.0 / 2 + 2.0 / 3) / 2, close);
    BOOST_TEST(found.overall.average_precision ==
                   (found.labels[0].average_precision + found.labels[1].average_precision) / 2,
               close);
}

BOOST_AUTO_TEST_CASE(the_threshold_moves_precision_and_recall_only) {
    const std::vector<scored_picture> pictures{{{0}, {0.9}}, {{0}, {0.4}}, {{}, {0.6}}};
    const auto strict = evaluate(pictures, 1, 0.7);
    BOOST_TEST(strict.overall.precision == 1.0);
    BOOST_TEST(strict.overall.recall == 0.5);
    const auto lax = evaluate(pictures, 1, 0.1);
    BOOST_TEST(lax.overall.precision == 2.0 / 3, close);
    BOOST_TEST(lax.overall.recall == 1.0);
    BOOST_TEST(lax.overall.average_precision == strict.overall.average_precision);
}

BOOST_AUTO_TEST_CASE(the_threshold_itself_counts) {
    const std::vector<scored_picture> pictures{{{0}, {0.5}}};
    BOOST_TEST(evaluate(pictures, 1, 0.5).overall.recall == 1.0);
}

BOOST_AUTO_TEST_CASE(ties_do_not_depend_on_the_order) {
    std::vector<scored_picture> pictures{{{0}, {0.5}}, {{}, {0.5}}, {{}, {0.5}}, {{0}, {0.5}}};
    BOOST_TEST(evaluate(pictures, 1).labels[0].average_precision == 0.5);
    std::rotate(pictures.begin(), pictures.begin() + 1, pictures.end());
    BOOST_TEST(evaluate(pictures, 1).labels[0].average_precision == 0.5);
}

BOOST_AUTO_TEST_CASE(nothing_to_count_is_zero_and_not_in_the_mean) {
    const std::vector<scored_picture> pictures{{{0}, {0.9, 0.1, 0.7}}};
    const auto found = evaluate(pictures, 3);
    BOOST_TEST(found.labels[1].precision == 0.0);
    BOOST_TEST(found.labels[1].recall == 0.0);
    BOOST_TEST(found.labels[2].average_precision == 0.0);
    BOOST_TEST(found.overall.average_precision == 1.0);
    BOOST_TEST(found.overall.precision == 0.5);
}

BOOST_AUTO_TEST_CASE(no_pictures_are_zero) {
    const auto found = evaluate({}, 2);
    BOOST_TEST(found.labels.size() == 2U);
    BOOST_TEST(found.overall.precision == 0.0);
    BOOST_TEST(found.overall.recall == 0.0);
    BOOST_TEST(found.overall.average_precision == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
