#include "retraind/watch/watch_loop.hpp"

#include <filesystem>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "watch_rig.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::temp_tree;
using retraind::testing::watch_rig;
using strings = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(watch_loop)

BOOST_AUTO_TEST_CASE(files_that_lie_there_are_taken_once_they_have_settled) {
    watch_rig test({.settle = 200ms});
    test.tree.write("cat/a.jpg");
    test.tree.write("b.png", "12345");
    test.tree.write("cat/notes.txt");
    const mono_time begun = std::chrono::steady_clock::now();
    BOOST_TEST(!test.watcher->first_pass_done());
    test.start();
    BOOST_TEST(test.passed(1));
    BOOST_TEST(test.watcher->first_pass_done());
    BOOST_TEST(test.taker.taken.empty());
    BOOST_TEST(test.watcher->counts().settling == 2U);
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
    BOOST_TEST((test.taker.paths() == strings{"b.png", "cat/a.jpg"}));
    for (std::size_t at = 0; at < 2; ++at) {
        const watch::found_file& file = test.taker.taken[at];
        BOOST_TEST((test.taker.taken_at[at] - begun >= 200ms));
        BOOST_TEST((test.taker.taken_at[at] - file.first_seen >= 200ms));
        BOOST_TEST((system_clock().wall() - file.first_seen_wall < 20s));
        BOOST_TEST((file.print == fingerprint(test.tree.root(), file.path, file.identity)));
    }
    BOOST_TEST(test.events.count(event_name::scan_finished) == 1U); // by name, not by a pass
    BOOST_TEST(test.watcher->counts().settling == 0U);
}

BOOST_AUTO_TEST_CASE(a_new_file_is_noticed_without_a_pass) {
    watch_rig test({});
    test.start();
    BOOST_TEST(test.passed(1));
    test.tree.write("a.jpg");
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.events.count(event_name::scan_finished) == 1U);
}

BOOST_AUTO_TEST_CASE(a_rename_into_place_is_taken_at_once) {
    watch_rig test({.settle = 1h});
    test.tree.folder("cat");
    test.start();
    BOOST_TEST(test.passed(1));
    test.tree.write("cat/a.jpg.part", "whole");
    test.tree.rename("cat/a.jpg.part", "cat/a.jpg");
    BOOST_TEST(test.took("cat/a.jpg"));
    test.tree.write("cat/b.jpg");
    BOOST_TEST(test.until([&] { return test.watcher->counts().settling == 1; }));
    BOOST_TEST(!test.taker.has("cat/b.jpg"));
}

BOOST_AUTO_TEST_CASE(a_file_that_grows_is_taken_when_it_is_still) {
    watch_rig test({.settle = 300ms});
    test.start();
    BOOST_TEST(test.passed(1));
    mono_time last_write{};
    for (int part = 0; part < 4; ++part) {
        test.tree.append("a.jpg", "part");
        last_write = std::chrono::steady_clock::now();
        BOOST_TEST(!test.until([&] { return !test.taker.taken.empty(); }, 0s));
        const mono_time next = last_write + 100ms;
        BOOST_TEST(test.until([&] { return std::chrono::steady_clock::now() >= next; }));
    }
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.taker.taken.size() == 1U);
    BOOST_TEST(test.taker.taken[0].identity.size == 16U);
    BOOST_TEST((test.taker.taken_at[0] - last_write >= 300ms));
}

BOOST_AUTO_TEST_CASE(new_folders_are_watched_and_listed) {
    watch_rig test({});
    const temp_tree elsewhere;
    elsewhere.write("bird/deep/c.jpg");
    test.start();
    BOOST_TEST(test.passed(1));
    test.tree.write("cat/deep/a.jpg");
    BOOST_TEST(test.took("cat/deep/a.jpg"));
    test.tree.write("cat/deep/b.jpg");
    BOOST_TEST(test.took("cat/deep/b.jpg"));
    std::filesystem::rename(elsewhere.at("bird"), test.tree.at("bird"));
    BOOST_TEST(test.took("bird/deep/c.jpg"));
    test.tree.rename("bird", "raven");
    BOOST_TEST(test.took("raven/deep/c.jpg"));
    test.tree.write("raven/d.jpg");
    BOOST_TEST(test.took("raven/d.jpg"));
    BOOST_TEST(test.events.count(event_name::scan_finished) == 1U);
}

BOOST_AUTO_TEST_CASE(names_that_are_not_ours_are_passed_over) {
    watch_rig test({});
    test.tree.folder("@eaDir");
    test.start();
    BOOST_TEST(test.passed(1));
    test.tree.write("a.txt");
    test.tree.write(".retraind-1.jpg");
    test.tree.write("@eaDir/a.jpg");
    test.tree.write(".hidden/a.jpg");
    test.tree.write("last.jpg");
    BOOST_TEST(test.took("last.jpg"));
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.another_pass());
    BOOST_TEST((test.taker.paths() == strings{"last.jpg"}));
    BOOST_TEST(test.watcher->counts().settling == 0U);
}

BOOST_AUTO_TEST_CASE(passes_find_what_hints_did_not_tell) {
    watch_rig test({.scan_every = 50ms});
    test.start();
    BOOST_TEST(test.passed(1));
    // A mount or a link that appears above gives no hint below; neither does a changed mode.
    test.tree.write("a.jpg");
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.passed(4));
    BOOST_TEST(test.taker.taken.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_taken_file_is_not_given_twice_until_it_is_released) {
    watch_rig test({});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 1U);
    test.watcher->release(test.taker.taken[0].print);
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
}

BOOST_AUTO_TEST_CASE(known_files_stay_known_and_held_ones_are_met_anew_when_asked) {
    watch_rig test({});
    test.tree.write("known.jpg");
    test.tree.write("held.jpg");
    test.taker.then = [&test](const watch::found_file& file) {
        if (file.path == "held.jpg") {
            test.watcher->hold(file.print);
        } else {
            test.watcher->remember(file.print);
        }
    };
    test.start();
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 2U);
    test.watcher->look_again();
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 3; }));
    BOOST_TEST(test.taker.taken[2].path == "held.jpg");
    BOOST_TEST(test.another_pass());
    BOOST_TEST(test.taker.taken.size() == 3U);
}

BOOST_AUTO_TEST_CASE(what_is_known_from_before_is_never_taken) {
    watch_rig test({});
    test.tree.write("old.jpg");
    test.tree.write("new.jpg");
    for (const watch::scanned_file& file :
         watch::look_at(test.tree.root(), watch::name_rules(watch::options{}), {"old.jpg"})) {
        test.watcher->remember(file.print);
    }
    test.start();
    BOOST_TEST(test.took("new.jpg"));
    BOOST_TEST(test.another_pass());
    BOOST_TEST((test.taker.paths() == strings{"new.jpg"}));
    test.tree.append("old.jpg", "more");
    BOOST_TEST(test.took("old.jpg"));
}

BOOST_AUTO_TEST_CASE(a_forgotten_file_is_looked_at_by_its_name) {
    watch_rig test({});
    test.tree.write("a.jpg");
    test.taker.then = [&test](const watch::found_file& file) {
        test.watcher->hold(file.print);
    };
    test.start();
    BOOST_TEST(test.took("a.jpg"));
    test.watcher->look_again_at(test.taker.taken[0].print, "a.jpg");
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
    BOOST_TEST(test.events.count(event_name::scan_finished) == 1U);
}

BOOST_AUTO_TEST_CASE(what_changed_on_the_way_settles_twice_as_long) {
    watch_rig test({.settle = 200ms});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.took("a.jpg"));
    const mono_time changed = std::chrono::steady_clock::now();
    test.tree.append("a.jpg", "more");
    test.watcher->release(test.taker.taken[0].print);
    test.watcher->changed_on_the_way("a.jpg");
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
    BOOST_TEST((test.taker.taken_at[1] - changed >= 400ms));
    BOOST_TEST(test.taker.taken[1].identity.size == 11U);
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_said_once_and_taken_up_when_it_appears) {
    watch_rig test({.scan_every = 20ms, .below = "drop"});
    test.start();
    BOOST_TEST(test.until([&] { return test.watcher->not_ready().has_value(); }));
    BOOST_TEST(test.watcher->not_ready()->find(test.tree.at("drop")) != std::string::npos);
    const mono_time later = std::chrono::steady_clock::now() + 500ms;
    BOOST_TEST(test.until([&] { return std::chrono::steady_clock::now() > later; }));
    BOOST_TEST(test.events.count(event_name::folder_missing) == 1U);
    BOOST_TEST(!test.watcher->first_pass_done());
    test.tree.write("drop/a.jpg");
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.events.count(event_name::folder_found) == 1U);
    BOOST_TEST(!test.watcher->not_ready().has_value());
    test.tree.remove("drop");
    BOOST_TEST(test.until([&] { return test.events.count(event_name::folder_missing) == 2; }));
    test.tree.write("drop/b.jpg");
    BOOST_TEST(test.took("b.jpg"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_read_is_said_once) {
    watch_rig test({.scan_every = 20ms});
    std::string deep = "f";
    for (int level = 0; level < 70; ++level) {
        deep += "/f";
    }
    test.tree.write(deep + "/too-deep.jpg");
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.passed(4));
    BOOST_TEST(test.events.count(event_name::scan_failed) == 1U);
    BOOST_TEST(test.watcher->counts().unreadable_folders == 1U);
    test.tree.remove("f");
    BOOST_TEST(test.until([&] { return test.watcher->counts().unreadable_folders == 0; }));
}

namespace {

/// Says what a test tells it to.
struct told_guard : watch::folder_guard {
    task<result<void>> look() override {
        ++looks;
        co_return answer;
    }
    bool stale() override { return std::exchange(changed, false); }

    result<void> answer;
    bool changed = false;
    int looks = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_taken_while_something_else_lies_there) {
    told_guard guard;
    guard.answer = fail(errc::refused, "it is another one");
    watch_rig test({.scan_every = 20ms});
    test.watcher->ask(guard);
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.until([&] { return guard.looks >= 2; }));
    BOOST_TEST(test.watcher->not_ready().value() == "it is another one");
    BOOST_TEST(test.events.count(event_name::folder_replaced) == 1U);
    BOOST_TEST(test.events.count(event_name::folder_missing) == 0U);
    BOOST_TEST(!test.watcher->first_pass_done());
    BOOST_TEST(test.taker.taken.empty());
    guard.answer = {};
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(!test.watcher->not_ready().has_value());
}

BOOST_AUTO_TEST_CASE(a_change_between_two_passes_is_seen_before_the_next_name) {
    told_guard guard;
    watch_rig test({});
    test.watcher->ask(guard);
    test.start();
    BOOST_TEST(test.passed(1));
    BOOST_TEST(guard.looks == 1);
    test.tree.write("a.jpg");
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(guard.looks == 1);
    guard.answer = fail(errc::refused, "it is another one");
    guard.changed = true;
    test.tree.write("b.jpg");
    BOOST_TEST(test.until([&] { return test.watcher->not_ready().has_value(); }));
    BOOST_TEST(!test.taker.has("b.jpg"));
    guard.answer = {};
    BOOST_TEST(test.took("b.jpg"));
    BOOST_TEST(test.events.count(event_name::folder_found) == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_is_asked_for_again_waits_until_it_was_looked_at) {
    watch_rig test({});
    test.tree.write("a.jpg");
    test.start();
    BOOST_TEST(test.took("a.jpg"));
    const file_fingerprint print = test.taker.taken[0].print;
    test.watcher->hold(print);
    BOOST_TEST(test.watcher->counts().waiting == 0U);
    test.watcher->look_again_at(print, "a.jpg");
    BOOST_TEST(test.watcher->counts().waiting == 1U);
    BOOST_TEST(test.until([&] { return test.taker.taken.size() == 2; }));
    BOOST_TEST(test.watcher->counts().waiting == 0U);
    test.watcher->hold(print);
    test.tree.remove("a.jpg");
    test.watcher->look_again_at(print, "a.jpg");
    BOOST_TEST(test.watcher->counts().waiting == 1U);
    BOOST_TEST(test.until([&] { return test.watcher->counts().waiting == 0; }));
    BOOST_TEST(test.taker.taken.size() == 2U);
}

BOOST_AUTO_TEST_CASE(lost_hints_are_said_and_a_pass_makes_up_for_them) {
    watch_rig test({});
    test.start();
    BOOST_TEST(test.passed(1));
    retraind::testing::overflow_hints(test.tree);
    test.tree.write("a.jpg");
    BOOST_TEST(test.took("a.jpg"));
    BOOST_TEST(test.events.count(event_name::change_hints_lost) >= 1U);
    BOOST_TEST(test.events.count(event_name::scan_finished) >= 2U);
}

BOOST_AUTO_TEST_CASE(the_stop_ends_it_before_its_first_pass_too) {
    watch_rig test({});
    test.tree.write("a.jpg");
    test.request_stop();
    test.start();
    BOOST_TEST(test.until([&] { return test.ended(); }));
    BOOST_TEST(test.taker.taken.empty());
}

BOOST_AUTO_TEST_SUITE_END()
