// How a watcher behaves when its taker has no room.
#include <set>

#include <boost/test/unit_test.hpp>

#include "retraind/watch/watch_loop.hpp"
#include "watch_rig.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::watch_rig;
using strings = std::vector<std::string>;

namespace {

void write_numbered(const watch_rig& test, int count) {
    for (int at = 0; at < count; ++at) {
        test.tree.write("tag/" + std::to_string(at) + ".jpg");
    }
}

/// Gives room for `count` more.
void give(watch_rig& test, std::size_t count) {
    test.taker.free += count;
    test.watcher->slots_freed();
}

} // namespace

BOOST_AUTO_TEST_SUITE(watch_slots)

BOOST_AUTO_TEST_CASE(a_pass_pauses_without_room_and_goes_on_with_it) {
    watch_rig test({.slots = 3});
    write_numbered(test, 10);
    test.start();
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 3; }));
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 7; }));
    BOOST_TEST(test.watcher->counts().settling == 0U);
    test.watcher->scan_now();
    BOOST_TEST(test.until([&] { return test.watcher->counts().paused; }));
    BOOST_TEST(test.watcher->counts().waiting == 7U);
    for (std::size_t wanted = 4; wanted <= 10; ++wanted) {
        give(test, 1);
        BOOST_TEST(test.until([&] { return test.taker.taken.size() == wanted; }));
    }
    const strings paths = test.taker.paths();
    BOOST_TEST(std::set<std::string>(paths.begin(), paths.end()).size() == 10U);
    BOOST_TEST(test.watcher->counts().waiting == 0U);
    BOOST_TEST(test.watcher->counts().oldest.count() == 0);
}

BOOST_AUTO_TEST_CASE(more_than_is_remembered_by_name_is_taken_all_the_same) {
    watch_rig test({.settle = 20ms, .scan_every = 50ms, .slots = 100, .many_files = true});
    write_numbered(test, 6000);
    std::set<std::string> once;
    test.taker.then = [&](const watch::found_file& file) {
        BOOST_TEST(once.insert(file.path).second, file.path << " came twice");
        test.watcher->remember(file.print);
    };
    test.start();
    const bool all = test.until(
        [&] {
            if (test.taker.free == 0) {
                give(test, 100);
            }
            return once.size() == 6000;
        },
        60s);
    BOOST_TEST(all, once.size() << " of 6000");
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 6000U);
}

BOOST_AUTO_TEST_CASE(what_is_held_or_known_takes_no_room) {
    watch_rig test({.slots = 1});
    write_numbered(test, 20);
    test.taker.then = [&test](const watch::found_file& file) {
        if (test.taker.taken.size() % 2 == 0) {
            test.watcher->hold(file.print);
        } else {
            test.watcher->remember(file.print);
        }
        give(test, 1);
    };
    test.start();
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 20; }));
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 20U);
}

BOOST_AUTO_TEST_CASE(names_are_looked_at_while_a_pass_waits) {
    watch_rig test({.settle = 0ms, .slots = 0});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 1; }));
    test.watcher->scan_now();
    BOOST_TEST(test.until([&] { return test.watcher->counts().paused; }));
    test.tree.write("new/b.jpg");
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 2; }));
    test.tree.write("new/c.jpg.part");
    test.tree.rename("new/c.jpg.part", "new/c.jpg");
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 3; }));
    BOOST_TEST(test.taker.taken.empty());
    give(test, 3);
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 3; }));
    BOOST_TEST((test.taker.paths() == strings{"a.jpg", "new/b.jpg", "new/c.jpg"}));
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_while_it_waits_is_not_handed_over_as_it_was) {
    watch_rig test({.settle = 50ms, .slots = 0});
    test.tree.write("a.jpg", "old");
    test.tree.write("gone.jpg");
    test.start();
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 2; }));
    test.watcher->scan_now();
    BOOST_TEST(test.until([&] { return test.watcher->counts().paused; }));
    test.tree.write("a.jpg", "new and longer");
    test.tree.remove("gone.jpg");
    const mono_time changed = std::chrono::steady_clock::now();
    give(test, 5);
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.taker.taken[0].identity.size == 14U);
    BOOST_TEST((test.taker.taken_at[0] - changed >= 50ms));
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 1U);
    BOOST_TEST(test.watcher->counts().settling == 0U);
}

BOOST_AUTO_TEST_CASE(how_long_the_oldest_waits_is_known) {
    watch_rig test({.slots = 0});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.until([&] { return test.watcher->counts().oldest >= 100ms; }));
    BOOST_TEST((test.watcher->counts().oldest < 20s));
}

BOOST_AUTO_TEST_CASE(the_stop_ends_a_pass_that_waits) {
    watch_rig test({.slots = 0});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 1; }));
    test.watcher->scan_now();
    BOOST_TEST(test.until([&] { return test.watcher->counts().paused; }));
    test.request_stop();
    BOOST_TEST(test.until([&] { return test.ended(); }));
    BOOST_TEST(test.taker.taken.empty());
}

BOOST_AUTO_TEST_SUITE_END()
