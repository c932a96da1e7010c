#include "retraind/batch/batch_planner.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::batch;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t plenty = std::uint64_t{1} << 40;
constexpr mono_time start{1h};

item picture(item_id id, std::vector<std::string> tags = {"a"}, std::uint64_t bytes = 10) {
    return {id, bytes, std::move(tags)};
}

std::vector<item_id> ids(const std::optional<std::vector<item>>& batch) {
    std::vector<item_id> all;
    for (const item& one : batch.value_or(std::vector<item>{})) {
        all.push_back(one.id);
    }
    return all;
}

using list = std::vector<item_id>;

} // namespace

BOOST_AUTO_TEST_SUITE(batch_planner)

BOOST_AUTO_TEST_CASE(nothing_planned_yields_nothing) {
    batch::batch_planner planner(options{});
    BOOST_TEST(!planner.next(start, plenty).has_value());
    BOOST_TEST(!planner.take(plenty).has_value());
    BOOST_TEST(!planner.due_at().has_value());
    BOOST_TEST(!planner.remove(1));
}

BOOST_AUTO_TEST_CASE(a_part_batch_waits_for_linger_since_its_oldest) {
    batch::batch_planner planner(options{.linger = 5s});
    BOOST_TEST(planner.add(picture(1), start));
    BOOST_TEST(planner.add(picture(2), start + 4s));
    BOOST_TEST((planner.due_at() == start + 5s));
    BOOST_TEST(!planner.next(start + 5s - 1ns, plenty).has_value());
    BOOST_TEST(planner.size() == 2u);
    BOOST_TEST((ids(planner.next(start + 5s, plenty)) == list{1, 2}));
    BOOST_TEST(planner.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_full_batch_goes_at_once) {
    batch::batch_planner planner(options{.max_images = 3});
    for (item_id id = 1; id <= 4; ++id) {
        BOOST_TEST(planner.add(picture(id), start));
        if (id == 2) {
            BOOST_TEST(!planner.next(start, plenty).has_value());
        }
    }
    BOOST_TEST((ids(planner.next(start, plenty)) == list{1, 2, 3}));
    BOOST_TEST(!planner.next(start, plenty).has_value());
    BOOST_TEST((ids(planner.next(start + 5s, plenty)) == list{4}));
}

BOOST_AUTO_TEST_CASE(tags_are_counted_over_the_batch_and_later_ones_that_fit_go_along) {
    batch::batch_planner planner(options{.max_tags = 2});
    BOOST_TEST(planner.add(picture(1, {"a"}), start));
    BOOST_TEST(planner.add(picture(2, {"b", "a"}), start));
    BOOST_TEST(planner.add(picture(3, {}), start));
    BOOST_TEST(!planner.next(start, plenty).has_value());
    BOOST_TEST(planner.add(picture(4, {"c"}), start));
    BOOST_TEST(planner.add(picture(5, {"b"}), start));
    BOOST_TEST((ids(planner.next(start, plenty)) == list{1, 2, 3, 5}));
    BOOST_TEST((ids(planner.next(start + 5s, plenty)) == list{4}));
}

BOOST_AUTO_TEST_CASE(a_picture_with_more_tags_than_a_batch_is_not_planned) {
    batch::batch_planner planner(options{.max_tags = 2});
    BOOST_TEST(!planner.add(picture(1, {"a", "b", "c"}), start));
    BOOST_TEST(planner.size() == 0u);
    BOOST_TEST(planner.add(picture(1, {"a", "b"}), start));
}

BOOST_AUTO_TEST_CASE(bytes_are_filled_to_the_last_and_not_over) {
    batch::batch_planner planner(options{});
    BOOST_TEST(planner.add(picture(1, {}, 60), start));
    BOOST_TEST(planner.add(picture(2, {}, 41), start));
    BOOST_TEST(planner.add(picture(3, {}, 40), start));
    BOOST_TEST((ids(planner.next(start, 100)) == list{1, 3}));
    BOOST_TEST((ids(planner.take(100)) == list{2}));
}

BOOST_AUTO_TEST_CASE(a_picture_over_the_budget_goes_alone) {
    batch::batch_planner planner(options{});
    BOOST_TEST(planner.add(picture(1, {}, 5), start));
    BOOST_TEST(planner.add(picture(2, {}, 500), start));
    BOOST_TEST(planner.add(picture(3, {}, 5), start));
    BOOST_TEST((ids(planner.next(start, 100)) == list{1, 3}));
    BOOST_TEST(planner.add(picture(4, {}, 0), start));
    BOOST_TEST((ids(planner.next(start, 100)) == list{2}));
    BOOST_TEST((ids(planner.take(0)) == list{4}));
    BOOST_TEST(planner.add(picture(5, {}, 500), start));
    BOOST_TEST((ids(planner.next(start, 0)) == list{5}));
}

BOOST_AUTO_TEST_CASE(what_was_not_sent_comes_back_to_the_front_with_its_age) {
    batch::batch_planner planner(options{.linger = 5s});
    BOOST_TEST(planner.add(picture(1), start));
    BOOST_TEST(planner.add(picture(2), start));
    auto sent = *planner.take(plenty);
    BOOST_TEST(planner.add(picture(3), start + 3s));
    planner.put_back(std::move(sent), start);
    BOOST_TEST((planner.due_at() == start + 5s));
    BOOST_TEST((ids(planner.next(start + 5s, plenty)) == list{1, 2, 3}));
}

BOOST_AUTO_TEST_CASE(what_is_removed_is_never_sent) {
    batch::batch_planner planner(options{.linger = 5s});
    for (item_id id = 1; id <= 3; ++id) {
        BOOST_TEST(planner.add(picture(id), start + std::chrono::seconds(id)));
    }
    BOOST_TEST(planner.remove(1));
    BOOST_TEST(!planner.remove(1));
    BOOST_TEST((planner.due_at() == start + 7s));
    BOOST_TEST((ids(planner.take(plenty)) == list{2, 3}));
}

BOOST_AUTO_TEST_CASE(a_tag_that_all_share_counts_once) {
    batch::batch_planner planner(options{.max_images = 64, .max_tags = 20});
    for (item_id id = 1; id <= 20; ++id) {
        BOOST_TEST(planner.add(picture(id, {"shared", "own " + std::to_string(id)}), start));
    }
    const auto first = planner.next(start, plenty);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(first->size() == 19U); // 19 of their own and the shared one
    BOOST_TEST((ids(planner.take(plenty)) == list{20}));
}

BOOST_AUTO_TEST_SUITE_END()
