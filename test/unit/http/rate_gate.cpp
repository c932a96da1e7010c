#include "retraind/http/rate_gate.hpp"

#include <exception>
#include <optional>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "support/run_task.hpp"

using namespace std::chrono_literals;
using retraind::task;
using retraind::http::rate_options;
using gate = retraind::http::rate_gate;

namespace {

constexpr rate_options fast{1000, 1};

/// Those who took a turn, in the order they got it, and the turn of the last one.
struct line {
    explicit line(boost::asio::io_context& on) : loop(on) {}

    task<> take(gate& from, char name) {
        auto turn = co_await from.take();
        order += turn ? name : '-';
        held = std::move(turn);
    }

    void join(gate& from, char name) {
        boost::asio::co_spawn(loop, take(from, name),
                              [](std::exception_ptr thrown) { BOOST_TEST(!thrown); });
    }

    /// Runs the loop until so many have had an answer.
    void run_until(std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        loop.restart();
        while (order.size() < count && loop.run_one_until(deadline) > 0) {
        }
        BOOST_TEST_REQUIRE(order.size() == count);
    }

    boost::asio::io_context& loop;
    std::string order;
    gate::turn held;
};

} // namespace

BOOST_AUTO_TEST_SUITE(rate_gate)

BOOST_AUTO_TEST_CASE(first_come_first_served_one_after_the_other) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    line waiting(loop);
    for (const char name : {'a', 'b', 'c'}) {
        waiting.join(all, name);
    }
    waiting.run_until(1);
    loop.poll();
    BOOST_TEST(waiting.order == "a");
    waiting.held = {};
    waiting.run_until(2);
    waiting.held = {};
    waiting.run_until(3);
    BOOST_TEST(waiting.order == "abc");
}

BOOST_AUTO_TEST_CASE(a_turn_that_moved_is_given_back_once) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    line waiting(loop);
    waiting.join(all, 'a');
    waiting.run_until(1);
    gate::turn other = std::move(waiting.held);
    BOOST_TEST(static_cast<bool>(other));
    BOOST_TEST(!waiting.held); // NOLINT(bugprone-use-after-move)
    waiting.held = {};
    waiting.join(all, 'b');
    loop.restart();
    loop.run_for(20ms);
    BOOST_TEST(waiting.order == "a");
    other = {};
    waiting.run_until(2);
}

BOOST_AUTO_TEST_CASE(closing_ends_who_waits_and_who_comes) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    line waiting(loop);
    waiting.join(all, 'a');
    waiting.run_until(1);
    const gate::turn kept = std::move(waiting.held);
    waiting.join(all, 'b');
    waiting.join(all, 'c');
    loop.restart();
    loop.poll();
    all.close();
    waiting.join(all, 'd');
    waiting.run_until(4);
    BOOST_TEST(waiting.order == "a---");
}

BOOST_AUTO_TEST_CASE(a_branch_is_closed_alone_and_shares_the_line) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    gate left = all.branch();
    gate right = all.branch();
    line waiting(loop);
    waiting.join(left, 'a');
    waiting.run_until(1);
    gate::turn kept = std::move(waiting.held);
    waiting.join(left, 'b');
    waiting.join(right, 'c');
    loop.restart();
    loop.poll();
    // One request may be in flight in all.
    BOOST_TEST(waiting.order == "a");
    left.close();
    waiting.run_until(2);
    BOOST_TEST(waiting.order == "a-");
    kept = {};
    waiting.run_until(3);
    BOOST_TEST(waiting.order == "a-c");
}

BOOST_AUTO_TEST_CASE(other_options_hold_for_those_who_wait_already) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    line waiting(loop);
    waiting.join(all, 'a');
    waiting.run_until(1);
    const gate::turn kept = std::move(waiting.held);
    waiting.join(all, 'b');
    loop.restart();
    loop.poll();
    BOOST_TEST(waiting.order == "a");
    all.change({1000, 2});
    waiting.run_until(2);
    BOOST_TEST(waiting.order == "ab");
}

BOOST_AUTO_TEST_CASE(the_gate_may_go_before_those_who_wait) {
    boost::asio::io_context loop;
    std::optional<gate> all(std::in_place, loop.get_executor(), fast);
    line waiting(loop);
    waiting.join(*all, 'a');
    waiting.run_until(1);
    waiting.join(*all, 'b');
    loop.restart();
    loop.poll();
    const gate::turn kept = std::move(waiting.held);
    all.reset();
    waiting.run_until(2);
    BOOST_TEST(waiting.order == "a-");
}

BOOST_AUTO_TEST_CASE(a_pause_is_waited_out) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), fast);
    const auto until = std::chrono::steady_clock::now() + 60ms;
    all.pause_until(until);
    const auto turn = retraind::testing::run_task(loop, all.take());
    BOOST_TEST(static_cast<bool>(turn));
    BOOST_TEST((std::chrono::steady_clock::now() >= until));
}

BOOST_AUTO_TEST_CASE(the_rate_is_kept) {
    boost::asio::io_context loop;
    gate all(loop.get_executor(), {50, 10});
    line waiting(loop);
    const auto begun = std::chrono::steady_clock::now();
    for (int count = 0; count < 17; ++count) {
        waiting.join(all, 'x');
    }
    const auto deadline = begun + 10s;
    while (waiting.order.size() < 17 && loop.run_one_until(deadline) > 0) {
        waiting.held = {};
    }
    BOOST_TEST(waiting.order.size() == 17U);
    BOOST_TEST((std::chrono::steady_clock::now() - begun >= 90ms));
}

BOOST_AUTO_TEST_SUITE_END()
