#include "retraind/pipeline/incomplete_tracker.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr mono_time start{std::chrono::hours(1000)};
constexpr file_fingerprint one{1, 1};
constexpr file_fingerprint two{2, 2};

} // namespace

BOOST_AUTO_TEST_SUITE(incomplete_tracker)

BOOST_AUTO_TEST_CASE(remembers_since_when_each_lies_unchanged) {
    pipeline::incomplete_tracker files;
    BOOST_TEST((files.unchanged_since(one, start) == start));
    BOOST_TEST((files.unchanged_since(one, start + minutes(5)) == start));
    BOOST_TEST((files.unchanged_since(two, start + minutes(6)) == start + minutes(6)));
}

BOOST_AUTO_TEST_CASE(a_file_that_changed_has_another_print_and_a_time_of_its_own) {
    pipeline::incomplete_tracker files;
    static_cast<void>(files.unchanged_since(one, start));
    constexpr file_fingerprint grown{1, 2};
    BOOST_TEST((files.unchanged_since(grown, start + minutes(1)) == start + minutes(1)));
}

BOOST_AUTO_TEST_CASE(a_file_that_was_finished_waits_no_longer) {
    pipeline::incomplete_tracker files;
    files.wait({0, one, "a"}, start + seconds(60));
    files.met(0, "a", one);
    files.met(1, "a", two);
    BOOST_TEST(files.size() == 1U);
    files.met(0, "a", two);
    BOOST_TEST(files.size() == 0U);
    BOOST_TEST((files.next_due() == mono_time::max()));
}

BOOST_AUTO_TEST_CASE(is_never_due_while_nothing_waits) {
    pipeline::incomplete_tracker files;
    BOOST_TEST((files.next_due() == mono_time::max()));
    BOOST_TEST(files.due(start + minutes(100)).empty());
    BOOST_TEST(files.size() == 0U);
}

BOOST_AUTO_TEST_CASE(gives_each_once_when_its_time_has_come_and_not_before) {
    pipeline::incomplete_tracker files;
    files.wait({4, one, "a"}, start + seconds(60));
    files.wait({5, two, "a"}, start + seconds(30));
    BOOST_TEST(files.size() == 2U);
    BOOST_TEST((files.next_due() == start + seconds(30)));
    BOOST_TEST(files.due(start + seconds(29)).empty());

    const auto first = files.due(start + seconds(30));
    BOOST_TEST_REQUIRE(first.size() == 1U);
    BOOST_TEST((first[0].print == two));
    BOOST_TEST(first[0].folder == 5U);
    BOOST_TEST((files.next_due() == start + seconds(60)));

    const auto second = files.due(start + seconds(61));
    BOOST_TEST_REQUIRE(second.size() == 1U);
    BOOST_TEST((second[0].print == one));
    BOOST_TEST(files.due(start + seconds(62)).empty());
    BOOST_TEST(files.size() == 0U);
}

BOOST_AUTO_TEST_CASE(gives_all_that_are_due_by_their_times) {
    pipeline::incomplete_tracker files;
    files.wait({0, one, "a"}, start + seconds(2));
    files.wait({0, two, "b"}, start + seconds(1));
    const auto due = files.due(start + seconds(10));
    BOOST_TEST_REQUIRE(due.size() == 2U);
    BOOST_TEST((due[0].print == two));
    BOOST_TEST((due[1].print == one));
}

BOOST_AUTO_TEST_CASE(one_that_is_met_again_within_the_grace_keeps_its_time) {
    pipeline::incomplete_tracker files;
    static_cast<void>(files.unchanged_since(one, start));
    files.wait({0, one, "a"}, start + minutes(1));
    BOOST_TEST(files.due(start + minutes(1)).size() == 1U);
    BOOST_TEST((files.unchanged_since(one, start + minutes(10)) == start));
}

BOOST_AUTO_TEST_CASE(one_that_is_not_met_again_is_forgotten_when_the_grace_is_over) {
    pipeline::incomplete_tracker files;
    static_cast<void>(files.unchanged_since(one, start));
    files.wait({0, one, "a"}, start + minutes(1));
    BOOST_TEST(files.due(start + minutes(1)).size() == 1U);

    static_cast<void>(files.due(start + minutes(11) - seconds(1)));
    BOOST_TEST((files.unchanged_since(one, start + minutes(11)) == start));
    static_cast<void>(files.due(start + minutes(11)));
    BOOST_TEST((files.unchanged_since(one, start + minutes(12)) == start + minutes(12)));
}

BOOST_AUTO_TEST_CASE(one_that_waits_again_outlives_the_grace) {
    pipeline::incomplete_tracker files;
    static_cast<void>(files.unchanged_since(one, start));
    files.wait({0, one, "a"}, start + minutes(1));
    BOOST_TEST(files.due(start + minutes(1)).size() == 1U);
    files.wait({0, one, "a"}, start + minutes(60));

    BOOST_TEST(files.due(start + minutes(30)).empty());
    BOOST_TEST((files.unchanged_since(one, start + minutes(31)) == start));
    BOOST_TEST(files.due(start + minutes(60)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(one_with_an_outcome_is_forgotten_at_once) {
    pipeline::incomplete_tracker files;
    static_cast<void>(files.unchanged_since(one, start));
    files.forget(one);
    BOOST_TEST((files.unchanged_since(one, start + minutes(1)) == start + minutes(1)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
