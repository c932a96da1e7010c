#include "retraind/batch/bisection_planner.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::batch;

namespace {

using list = std::vector<item_id>;

list numbers(std::size_t count) {
    list all(count);
    std::iota(all.begin(), all.end(), item_id{1});
    return all;
}

struct course {
    list accepted;
    list culprits;
    std::size_t requests = 0;
};

/// Sends parts to a service that refuses each that holds a culprit.
course play(const list& batch, const std::set<item_id>& culprits) {
    course played;
    bisection_planner search(batch);
    while (const auto part = search.next()) {
        ++played.requests;
        BOOST_TEST_REQUIRE(!part->empty());
        BOOST_TEST_REQUIRE(played.requests <= 2 * batch.size());
        if (std::ranges::any_of(*part, [&](item_id id) { return culprits.contains(id); })) {
            search.on_refused();
        } else {
            played.accepted.insert(played.accepted.end(), part->begin(), part->end());
            search.on_accepted();
        }
    }
    played.culprits = search.culprits();
    return played;
}

} // namespace

BOOST_AUTO_TEST_SUITE(bisection_planner)

BOOST_AUTO_TEST_CASE(one_alone_is_the_culprit_without_a_request) {
    const course played = play({7}, {7});
    BOOST_TEST((played.culprits == list{7}));
    BOOST_TEST(played.requests == 0u);
    BOOST_TEST(play({}, {}).requests == 0u);
}

BOOST_AUTO_TEST_CASE(one_culprit_anywhere_is_found_in_twelve_requests) {
    for (const item_id culprit : numbers(64)) {
        const course played = play(numbers(64), {culprit});
        list others = numbers(64);
        std::erase(others, culprit);
        BOOST_TEST((played.culprits == list{culprit}));
        BOOST_TEST((played.accepted == others));
        BOOST_TEST(played.requests == 12u);
    }
}

BOOST_AUTO_TEST_CASE(any_set_of_culprits_is_found_and_all_others_go_through_in_order) {
    std::mt19937 random(11);
    for (int round = 0; round < 2000; ++round) {
        const list batch = numbers(1 + random() % 64);
        std::set<item_id> culprits{1 + random() % batch.size()};
        for (std::size_t more = random() % 5; more > 0; --more) {
            culprits.insert(1 + random() % batch.size());
        }
        const course played = play(batch, culprits);
        list others = batch;
        std::erase_if(others, [&](item_id id) { return culprits.contains(id); });
        BOOST_TEST_REQUIRE((played.culprits == list(culprits.begin(), culprits.end())));
        BOOST_TEST_REQUIRE((played.accepted == others));
    }
}

BOOST_AUTO_TEST_CASE(a_part_stays_until_it_is_answered_and_what_left_is_not_sent) {
    batch::bisection_planner search(numbers(4));
    BOOST_TEST((search.next() == list{1, 2}));
    BOOST_TEST((search.next() == list{1, 2}));
    BOOST_TEST((search.pending() == numbers(4)));
    search.remove(1);
    BOOST_TEST((search.next() == list{2}));
    search.remove(2);
    BOOST_TEST((search.next() == list{3, 4}));
    search.on_refused();
    BOOST_TEST((search.pending() == list{3, 4}));
    search.on_refused();
    BOOST_TEST((search.culprits() == list{3}));
    search.on_accepted();
    BOOST_TEST(!search.next().has_value());
    search.on_accepted();
    search.on_refused();
    BOOST_TEST((search.culprits() == list{3}));
    BOOST_TEST(search.pending().empty());
}

BOOST_AUTO_TEST_SUITE_END()
