#include "retraind/watch/change_hints.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "no_descriptors.hpp"
#include "support/hanging_mount.hpp"
#include "temp_tree.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::no_descriptors;
using retraind::testing::temp_tree;
using retraind::watch::change_hint;
using retraind::watch::hint_kind;

namespace {

/// Hints of a tree on a loop of their own.
struct rig {
    temp_tree tree{temp_tree::memory()};
    boost::asio::io_context loop{1};
    int arrivals = 0;
    std::vector<std::string> unavailable;
    watch::change_hints hints;
    bool ended = false;
    std::vector<change_hint> all;

    rig()
        : hints(loop.get_executor(), {[this] { ++arrivals; },
                                      [this](std::string sentence) {
                                          unavailable.push_back(std::move(sentence));
                                      }}) {}
    ~rig() {
        hints.stop();
        run_until([this] { return ended || !started; });
    }

    void start() {
        started = true;
        boost::asio::co_spawn(loop, hints.run(), [this](const std::exception_ptr& thrown) {
            BOOST_TEST(!thrown);
            ended = true;
        });
    }
    bool run_until(const std::function<bool()>& done) {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (!done() && std::chrono::steady_clock::now() < deadline) {
            loop.restart();
            loop.run_one_for(20ms);
        }
        return done();
    }
    void watch(const std::string& path) {
        const int folder =
            ::open(tree.at(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        BOOST_TEST_REQUIRE(folder >= 0);
        hints.watch_folder(folder, path);
        ::close(folder);
    }
    [[nodiscard]] bool came(hint_kind kind, const std::string& path) {
        return run_until([&] {
            for (change_hint& hint : hints.take(100'000)) {
                all.push_back(std::move(hint));
            }
            return std::any_of(all.begin(), all.end(), [&](const change_hint& hint) {
                return hint.kind == kind && hint.path == path;
            });
        });
    }

private:
    bool started = false;
};

void make(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    BOOST_TEST_REQUIRE(file >= 0);
    ::close(file);
}

} // namespace

BOOST_AUTO_TEST_SUITE(change_hints)

namespace {

/// Whether a thread of this process is in a call of the kernel, and waits there.
bool waits_in(long call, pid_t thread) {
    std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/syscall");
    std::string number;
    file >> number;
    return number == std::to_string(call);
}

boost::test_tools::assertion_result fuse_is_there(boost::unit_test::test_unit_id) {
    return retraind::testing::hanging_mount::possible();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_folder_that_hangs_keeps_neither_its_hints_nor_their_end_waiting,
                     *boost::unit_test::precondition(fuse_is_there)) {
    rig test;
    test.tree.folder("share");
    test.watch("");
    test.start();
    retraind::testing::hanging_mount share(test.tree.at("share"));
    const int folder = ::open(test.tree.at("share").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    BOOST_TEST_REQUIRE(folder >= 0);
    std::atomic<pid_t> watcher = 0;
    std::atomic<bool> returned = false;
    std::jthread hangs([&] {
        watcher = ::gettid();
        test.hints.watch_folder(folder, "share");
        returned = true;
    });
    BOOST_TEST(
        test.run_until([&] { return watcher != 0 && waits_in(SYS_inotify_add_watch, watcher); }));
    const auto loop = [&] {
        test.tree.write("top.jpg");
        const bool came = test.came(hint_kind::look_at_file, "top.jpg");
        test.hints.stop();
        return came;
    };
    std::future<bool> served = std::async(std::launch::async, loop);
    BOOST_TEST((served.wait_for(10s) == std::future_status::ready));
    BOOST_TEST(!returned);
    share.end();
    BOOST_TEST(served.get());
    hangs.join();
    ::close(folder);
}

BOOST_AUTO_TEST_CASE(writing_renaming_and_linking_are_heard_by_name) {
    rig test;
    test.tree.folder("cat");
    test.tree.write("cat/before.jpg");
    test.watch("");
    test.watch("cat");
    test.start();
    test.tree.write("top.jpg");
    BOOST_TEST(test.came(hint_kind::look_at_file, "top.jpg"));
    test.tree.write("cat/\xff\n.jpg");
    BOOST_TEST(test.came(hint_kind::look_at_file, "cat/\xff\n.jpg"));
    test.tree.rename("cat/before.jpg", "cat/after.jpg");
    BOOST_TEST(test.came(hint_kind::file_moved_in, "cat/after.jpg"));
    BOOST_TEST_REQUIRE(
        ::link(test.tree.at("top.jpg").c_str(), test.tree.at("cat/hard.jpg").c_str()) == 0);
    BOOST_TEST(test.came(hint_kind::look_at_file, "cat/hard.jpg"));
    BOOST_TEST(test.arrivals > 0);
    BOOST_TEST(test.unavailable.empty());
}

BOOST_AUTO_TEST_CASE(new_folders_are_to_be_listed) {
    rig test;
    test.watch("");
    test.start();
    test.tree.folder("made");
    BOOST_TEST(test.came(hint_kind::scan_folder, "made"));
    test.tree.rename("made", "moved");
    BOOST_TEST(test.came(hint_kind::scan_folder, "moved"));
}

BOOST_AUTO_TEST_CASE(a_renamed_folder_is_known_by_its_new_name_once_it_is_watched_again) {
    rig test;
    test.tree.folder("old");
    test.watch("");
    test.watch("old");
    test.start();
    test.tree.rename("old", "new");
    BOOST_TEST(test.came(hint_kind::scan_folder, "new"));
    test.watch("new");
    test.tree.write("new/a.jpg");
    BOOST_TEST(test.came(hint_kind::look_at_file, "new/a.jpg"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_goes_and_comes_back_is_watched_again) {
    rig test;
    test.tree.folder("cat");
    test.watch("");
    test.watch("cat");
    test.start();
    test.tree.remove("cat");
    test.tree.folder("cat");
    BOOST_TEST(test.came(hint_kind::scan_folder, "cat"));
    test.watch("cat");
    test.tree.write("cat/a.jpg");
    BOOST_TEST(test.came(hint_kind::look_at_file, "cat/a.jpg"));
}

BOOST_AUTO_TEST_CASE(what_the_kernel_lost_is_a_scan) {
    rig test;
    test.watch("");
    retraind::testing::overflow_hints(test.tree);
    test.start();
    BOOST_TEST(test.came(hint_kind::scan_all, ""));
    BOOST_TEST(test.hints.losses() >= 1U);
}

BOOST_AUTO_TEST_CASE(more_names_than_are_kept_become_one_scan) {
    rig test;
    test.watch("");
    for (int at = 0; at < 6000; ++at) {
        make(test.tree.at(std::to_string(at) + ".jpg"));
    }
    make(test.tree.at("last.jpg"));
    test.start();
    test.loop.restart();
    while (test.loop.poll() > 0) {
        test.loop.restart();
    }
    const std::vector<change_hint> kept = test.hints.take(20'000);
    BOOST_TEST(test.hints.losses() == 0U); // the kernel kept them all
    BOOST_TEST_REQUIRE(!kept.empty());
    BOOST_TEST(kept.size() < 10'000U);
    BOOST_TEST((kept.front().kind == hint_kind::scan_all));
    BOOST_TEST(kept.back().path == "last.jpg");
}

BOOST_AUTO_TEST_CASE(without_a_queue_it_says_so_once_and_ends) {
    boost::asio::io_context loop(1);
    std::vector<std::string> said;
    const boost::asio::posix::stream_descriptor first(loop); // the loop opens its own with it
    std::optional<no_descriptors> limit(std::in_place);
    watch::change_hints hints(loop.get_executor(), {[] {},
                                                    [&said](std::string sentence) {
                                                        said.push_back(std::move(sentence));
                                                    }});
    limit.reset();
    bool ended = false;
    boost::asio::co_spawn(loop, hints.run(), [&ended](const std::exception_ptr&) { ended = true; });
    loop.run();
    BOOST_TEST(ended);
    hints.watch_folder(0, "");
    BOOST_TEST(hints.take(10).empty());
    BOOST_TEST(hints.take(10).empty());
    BOOST_TEST_REQUIRE(said.size() == 1U);
    BOOST_TEST(said[0].find("max_user_instances") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_watched_is_said_once) {
    rig test;
    test.tree.write("file");
    const int file = ::open(test.tree.at("file").c_str(), O_RDONLY | O_CLOEXEC);
    test.hints.watch_folder(file, "file");
    test.hints.watch_folder(file, "file");
    ::close(file);
    BOOST_TEST(test.unavailable.empty()); // only ever said on the loop
    (void)test.hints.take(1);
    (void)test.hints.take(1);
    BOOST_TEST(test.unavailable.size() == 1U);
}

BOOST_AUTO_TEST_CASE(after_the_stop_nothing_is_watched) {
    rig test;
    test.watch("");
    test.start();
    test.hints.stop();
    BOOST_TEST(test.run_until([&test] { return test.ended; }));
    test.hints.watch_folder(0, "");
    BOOST_TEST(test.hints.empty());
    BOOST_TEST(test.unavailable.empty());
}

BOOST_AUTO_TEST_SUITE_END()
