#include "retraind/watch/settle_tracker.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;
using tracker = retraind::watch::settle_tracker;
using retraind::watch::look_time;

namespace {

constexpr duration settle = 2s;
const mono_time start = mono_time(100h);

/// A look that took no time.
look_time look_at(duration after) {
    return {start + after, start + after};
}

/// The print of a file at one path with these times and size.
file_fingerprint print_of(std::uint64_t size, std::int64_t modified, std::int64_t changed,
                          const std::string& path = "cat/a.jpg") {
    file_identity identity;
    identity.size = size;
    identity.modified_ns = modified;
    identity.changed_ns = changed;
    return fingerprint("/drop", path, identity);
}

} // namespace

BOOST_AUTO_TEST_SUITE(settle_tracker)

BOOST_AUTO_TEST_CASE(a_file_is_complete_when_it_did_not_change_for_the_whole_wait) {
    tracker files(settle);
    const file_fingerprint print = print_of(10, 1, 1);
    const auto first = files.seen(print, "a", look_at(0s), 1);
    BOOST_TEST(!first.complete);
    BOOST_TEST((first.first_seen == start));
    BOOST_TEST((first.due == start + settle));
    BOOST_TEST(!files.seen(print, "a", look_at(1999ms), 1).complete);
    const auto last = files.seen(print, "a", look_at(2s), 1);
    BOOST_TEST(last.complete);
    BOOST_TEST((last.first_seen == start));
    BOOST_TEST(files.size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_wait_is_over_when_a_look_begins_after_the_last_one_ended) {
    tracker files(0s);
    BOOST_TEST(files.seen(print_of(1, 1, 1), "a", look_at(0s), 1).complete);
    tracker slow(0s);
    BOOST_TEST(!slow.seen(print_of(1, 1, 1), "a", {start, start + 5ms}, 1).complete);
    BOOST_TEST(slow.seen(print_of(1, 1, 1), "a", look_at(5ms), 1).complete);
}

BOOST_AUTO_TEST_CASE(the_time_that_a_look_takes_proves_nothing) {
    tracker files(settle);
    const file_fingerprint print = print_of(10, 1, 1);
    // A share that answers after three seconds: the state may be from their beginning or end.
    files.seen(print, "a", {start, start + 3s}, 1);
    BOOST_TEST(!files.seen(print, "a", {start + 4s, start + 7s}, 1).complete);
    BOOST_TEST(files.seen(print, "a", {start + 5s, start + 5s}, 1).complete);
}

BOOST_AUTO_TEST_CASE(parts_of_a_millisecond_are_never_given_away) {
    tracker files(settle);
    const file_fingerprint print = print_of(10, 1, 1);
    const mono_time odd = start + std::chrono::microseconds(300);
    files.seen(print, "a", {odd, odd}, 1);
    BOOST_TEST(!files.seen(print, "a", {odd + settle - 1us, odd + settle}, 1).complete);
    const mono_time later = odd + settle + 1ms;
    BOOST_TEST(files.seen(print, "a", {later, later}, 1).complete);
}

BOOST_AUTO_TEST_CASE(any_change_begins_anew) {
    const file_fingerprint before = print_of(10, 50, 50);
    struct {
        const char* what;
        file_fingerprint after;
    } const changes[] = {
        {"grown", print_of(11, 60, 60)},
        {"same size and times written back (cp -p, touch -r)", print_of(10, 50, 60)},
        {"mtime in the future", print_of(10, 1'000'000'000'000'000'000, 60)},
        {"mtime set back", print_of(10, 1, 60)},
        {"renamed", print_of(10, 50, 50, "cat/b.jpg")},
    };
    for (const auto& change : changes) {
        BOOST_TEST_CONTEXT(change.what) {
            tracker files(settle);
            files.seen(before, "a", look_at(0s), 1);
            const auto anew = files.seen(change.after, "a", look_at(3s), 1);
            BOOST_TEST(!anew.complete);
            BOOST_TEST((anew.due == start + 5s));
            BOOST_TEST(files.seen(change.after, "a", look_at(5s), 1).complete);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_old_or_future_mtime_alone_completes_nothing) {
    for (const std::int64_t modified :
         {std::int64_t(0), std::int64_t(-5'000'000'000), std::int64_t(4'000'000'000'000'000'000)}) {
        tracker files(settle);
        BOOST_TEST(!files.seen(print_of(10, modified, 1), "a", look_at(0s), 1).complete);
    }
}

BOOST_AUTO_TEST_CASE(a_rename_into_place_is_complete_at_once_and_stays_so) {
    tracker files(settle);
    const file_fingerprint print = print_of(10, 1, 1);
    const auto found = files.moved_in(print, {start, start + 3s}, 1);
    BOOST_TEST(found.complete);
    BOOST_TEST((found.due == found.first_seen));
    BOOST_TEST(files.seen(print, "a", look_at(3s), 1).complete);
    BOOST_TEST(!files.seen(print_of(11, 2, 2), "a", look_at(3s), 1).complete);
}

BOOST_AUTO_TEST_CASE(a_settling_file_that_is_renamed_over_itself_is_complete) {
    tracker files(settle);
    const file_fingerprint print = print_of(10, 1, 1);
    files.seen(print, "a", look_at(0s), 1);
    BOOST_TEST(files.moved_in(print, look_at(1s), 1).complete);
}

BOOST_AUTO_TEST_CASE(what_changed_on_the_way_waits_twice_as_long_each_time_up_to_a_limit) {
    tracker files(settle);
    const int factors[] = {2, 4, 8, 16, 32, 64, 64, 64};
    std::uint64_t size = 1;
    for (const int factor : factors) {
        files.changed_on_the_way("cat/a.jpg");
        const auto found = files.seen(print_of(++size, 1, 1), "cat/a.jpg", look_at(0s), 1);
        BOOST_TEST((found.due == start + settle * factor), "factor " << factor);
    }
    const auto other = files.seen(print_of(1, 1, 1, "b"), "b", look_at(0s), 1);
    BOOST_TEST((other.due == start + settle));
}

BOOST_AUTO_TEST_CASE(names_that_changed_do_not_pile_up) {
    tracker files(settle);
    files.changed_on_the_way("first");
    for (int at = 0; at < 5000; ++at) {
        files.changed_on_the_way("name " + std::to_string(at));
    }
    BOOST_TEST((files.seen(print_of(1, 1, 1), "first", look_at(0s), 1).due == start + settle));
    const auto last = files.seen(print_of(2, 1, 1), "name 4999", look_at(0s), 1);
    BOOST_TEST((last.due == start + 2 * settle));
}

BOOST_AUTO_TEST_CASE(what_a_whole_pass_did_not_see_is_dropped) {
    tracker files(settle);
    const file_fingerprint stays = print_of(1, 1, 1);
    const file_fingerprint goes = print_of(2, 1, 1);
    files.seen(stays, "a", look_at(0s), 1);
    files.seen(goes, "b", look_at(0s), 1);
    files.drop_unseen(1);
    BOOST_TEST(files.size() == 2U);
    files.seen(stays, "a", look_at(1s), 2);
    files.drop_unseen(2);
    BOOST_TEST(files.size() == 1U);
    BOOST_TEST(files.seen(stays, "a", look_at(2s), 3).complete);
    BOOST_TEST(!files.seen(goes, "b", look_at(2s), 3).complete);
}

BOOST_AUTO_TEST_CASE(passes_are_told_apart_after_many_of_them) {
    tracker files(settle);
    const file_fingerprint stays = print_of(1, 1, 1);
    const file_fingerprint goes = print_of(2, 1, 1);
    files.seen(goes, "b", look_at(0s), 0xFFFFFFU);
    files.seen(stays, "a", look_at(0s), 0x1000000U);
    files.drop_unseen(0x1000000U);
    BOOST_TEST(files.size() == 1U);
    BOOST_TEST(files.seen(stays, "a", look_at(2s), 0x1000000U).complete);
}

BOOST_AUTO_TEST_CASE(what_was_taken_is_met_anew) {
    tracker files(settle);
    const file_fingerprint print = print_of(1, 1, 1);
    files.seen(print, "a", look_at(0s), 1);
    files.forget(print);
    BOOST_TEST(files.size() == 0U);
    BOOST_TEST(!files.seen(print, "a", look_at(5s), 1).complete);
}

BOOST_AUTO_TEST_SUITE_END()
