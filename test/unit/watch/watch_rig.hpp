#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "retraind/watch/watch_loop.hpp"
#include "temp_tree.hpp"

namespace retraind::testing {

/// What a watcher said, in order.
struct heard_events : event_sink {
    std::vector<event> all;
    void emit(const event& happened) override { all.push_back(happened); }
    [[nodiscard]] std::size_t count(event_name name) const {
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [name](const event& each) { return each.name == name; }));
    }
};

/// Takes files as long as there are slots; a test says what becomes of them.
struct slots : watch::file_taker {
    explicit slots(std::size_t count) : free(count) {}
    std::size_t free;
    std::vector<watch::found_file> taken;
    std::vector<mono_time> taken_at;
    std::function<void(const watch::found_file&)> then;

    [[nodiscard]] std::size_t room() override { return free; }
    void take(watch::found_file file) override {
        BOOST_TEST_REQUIRE(free > 0U);
        --free;
        taken.push_back(file);
        taken_at.push_back(std::chrono::steady_clock::now());
        if (then) {
            then(file);
        }
    }
    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> all;
        for (const watch::found_file& file : taken) {
            all.push_back(file.path);
        }
        std::sort(all.begin(), all.end());
        return all;
    }
    [[nodiscard]] bool has(const std::string& path) const {
        return std::any_of(taken.begin(), taken.end(),
                           [&path](const watch::found_file& file) { return file.path == path; });
    }
};

/// A watcher of a real folder, on a loop of its own.
class watch_rig {
public:
    struct wishes {
        duration settle = std::chrono::milliseconds(30);
        duration scan_every = std::chrono::hours(1); ///< hints do the work
        std::size_t slots = 1000;
        std::string below{}; ///< the watched folder in the tree; "" is the tree
        bool many_files = false;
    };

    explicit watch_rig(const wishes& wanted)
        : tree(wanted.many_files ? temp_tree::memory() : std::filesystem::temp_directory_path()),
          taker(wanted.slots),
          stop_(loop_.get_executor()),
          files_(loop_.get_executor(), 2) {
        watch::options settings;
        settings.path = wanted.below.empty() ? tree.root() : tree.at(wanted.below);
        settings.settle = wanted.settle;
        settings.scan_every = wanted.scan_every;
        watcher.emplace(loop_.get_executor(), system_clock(), events, stop_, files_, "wildlife",
                        settings, taker);
    }
    ~watch_rig() {
        stop_.request();
        if (!until([this] { return ended_; })) {
            BOOST_ERROR("the watcher did not end");
        }
        watcher.reset(); // the loop, which goes first, is what it lives on
    }
    watch_rig(const watch_rig&) = delete;
    watch_rig& operator=(const watch_rig&) = delete;

    void start() {
        ended_ = false;
        boost::asio::co_spawn(loop_, watcher->run(), [this](const std::exception_ptr& thrown) {
            BOOST_TEST(!thrown);
            ended_ = true;
        });
    }
    /// Turns the loop until something holds; false when it does not within the time.
    [[nodiscard]] bool until(const std::function<bool()>& holds,
                             std::chrono::seconds limit = std::chrono::seconds(20)) {
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (!holds() && std::chrono::steady_clock::now() < deadline) {
            loop_.restart();
            loop_.run_one_for(std::chrono::milliseconds(10));
        }
        return holds();
    }
    [[nodiscard]] bool passed(std::size_t passes) {
        return until([&] { return events.count(event_name::scan_finished) >= passes; });
    }
    /// Another whole pass, begun after now.
    [[nodiscard]] bool another_pass() {
        const std::size_t before = events.count(event_name::scan_finished);
        watcher->scan_now();
        return passed(before + 1);
    }
    [[nodiscard]] bool took(const std::string& path) {
        return until([&] { return taker.has(path); });
    }
    void request_stop() { stop_.request(); }
    [[nodiscard]] bool ended() const { return ended_; }

    temp_tree tree;
    heard_events events;
    slots taker;
    std::optional<watch::watch_loop> watcher;

private:
    boost::asio::io_context loop_{1};
    runtime::stop_signal stop_;
    runtime::workers files_;
    bool ended_ = true;
};

} // namespace retraind::testing
