#include "retraind/watch/known_files.hpp"

#include <random>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using prints = retraind::watch::known_files;

namespace {

file_fingerprint random_print(std::mt19937_64& numbers) {
    return {numbers(), numbers()};
}

/// One of a few, so that additions and removals meet.
file_fingerprint few(std::mt19937_64& numbers, std::uint64_t different) {
    const std::uint64_t number = numbers() % different;
    return {number * 0x9E3779B97F4A7C15U, number};
}

} // namespace

BOOST_AUTO_TEST_SUITE(known_files)

BOOST_AUTO_TEST_CASE(it_knows_what_was_added_and_not_removed) {
    prints known;
    BOOST_TEST(!known.contains({1, 2}));
    known.add({1, 2});
    known.add({1, 2});
    BOOST_TEST(known.contains({1, 2}));
    BOOST_TEST(!known.contains({2, 1}));
    BOOST_TEST(known.size() == 1U);
    known.remove({2, 1});
    known.remove({1, 2});
    BOOST_TEST(!known.contains({1, 2}));
    BOOST_TEST(known.size() == 0U);
}

BOOST_AUTO_TEST_CASE(prints_that_share_a_half_are_told_apart) {
    prints known;
    for (std::uint64_t at = 0; at < 20'000; ++at) {
        known.add({at, 7});
        known.add({7, at});
    }
    BOOST_TEST(known.size() == 39'999U); // {7, 7} came twice
    BOOST_TEST(known.contains({19'999, 7}));
    BOOST_TEST(known.contains({7, 19'999}));
    BOOST_TEST(!known.contains({19'999, 8}));
    BOOST_TEST(!known.contains({20'000, 7}));
}

BOOST_AUTO_TEST_CASE(after_any_additions_and_removals_it_is_the_same_set) {
    for (const std::uint64_t seed : {1, 2, 3}) {
        std::mt19937_64 numbers(seed);
        prints known;
        std::set<file_fingerprint> expected;
        for (int step = 0; step < 60'000; ++step) {
            const file_fingerprint print = few(numbers, 30'000);
            if (numbers() % 3 == 0) {
                known.remove(print);
                expected.erase(print);
            } else {
                known.add(print);
                expected.insert(print);
            }
        }
        BOOST_TEST(known.size() == expected.size());
        std::size_t wrong = 0;
        for (std::uint64_t number = 0; number < 30'000; ++number) {
            const file_fingerprint print{number * 0x9E3779B97F4A7C15U, number};
            wrong += known.contains(print) != expected.contains(print) ? 1 : 0;
        }
        BOOST_TEST(wrong == 0U, "seed " << seed);
    }
}

BOOST_AUTO_TEST_CASE(many_random_prints_stay_known_across_merges) {
    std::mt19937_64 numbers(4);
    prints known;
    for (int at = 0; at < 100'000; ++at) {
        known.add(random_print(numbers));
    }
    BOOST_TEST(known.size() == 100'000U);
    std::mt19937_64 again(4);
    std::size_t missing = 0;
    for (int at = 0; at < 100'000; ++at) {
        missing += known.contains(random_print(again)) ? 0 : 1;
    }
    BOOST_TEST(missing == 0U);
    BOOST_TEST(!known.contains(random_print(again)));
}

BOOST_AUTO_TEST_SUITE_END()
