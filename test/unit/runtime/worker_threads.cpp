#include <future>
#include <stdexcept>
#include <thread>

#include <boost/test/unit_test.hpp>

#include "retraind/runtime/workers.hpp"
#include "support/run_task.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::run_task;

BOOST_AUTO_TEST_SUITE(worker_threads)

BOOST_AUTO_TEST_CASE(a_call_runs_elsewhere_and_its_value_comes_back_to_the_loop) {
    boost::asio::io_context loop(1);
    runtime::workers pool(loop.get_executor(), 1);
    const auto home = std::this_thread::get_id();
    auto where = [] {
        return std::this_thread::get_id();
    };
    const auto elsewhere = run_task(loop, pool.run(where));
    BOOST_TEST((elsewhere != home));
    auto nothing = [] {
    };
    run_task(loop, pool.run(nothing));
}

BOOST_AUTO_TEST_CASE(values_that_only_move_come_back) {
    boost::asio::io_context loop(1);
    runtime::workers pool(loop.get_executor(), 1);
    auto make = [] {
        return std::make_unique<int>(7);
    };
    BOOST_TEST(*run_task(loop, pool.run(make)) == 7);
}

BOOST_AUTO_TEST_CASE(an_exception_comes_back_too) {
    boost::asio::io_context loop(1);
    runtime::workers pool(loop.get_executor(), 1);
    auto broken = []() -> int {
        throw std::runtime_error("a bug");
    };
    BOOST_CHECK_THROW(run_task(loop, pool.run(broken)), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(what_a_call_holds_dies_on_the_loop) {
    boost::asio::io_context loop(1);
    runtime::workers pool(loop.get_executor(), 1);
    std::thread::id died_on;
    struct witness {
        std::thread::id* where;
        explicit witness(std::thread::id* target) : where(target) {}
        witness(const witness&) = delete;
        witness& operator=(const witness&) = delete;
        ~witness() { *where = std::this_thread::get_id(); }
    };
    auto held = std::make_shared<witness>(&died_on);
    auto call = [held = std::move(held)] {
    };
    run_task(loop, pool.run(std::move(call)));
    BOOST_TEST((died_on == std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(says_since_when_and_where_it_is_busy) {
    boost::asio::io_context loop(1);
    runtime::workers pool(loop.get_executor(), 2);
    BOOST_TEST(pool.running().empty());
    std::promise<void> gate;
    std::promise<void> entered;
    auto wait = [&] {
        entered.set_value();
        gate.get_future().wait();
    };
    const mono_time before = std::chrono::steady_clock::now();
    boost::asio::co_spawn(loop, pool.run_in("/srv/drop", wait), [](std::exception_ptr) {});
    loop.poll();
    entered.get_future().wait();
    const std::vector<runtime::running_call> running = pool.running();
    BOOST_TEST_REQUIRE(running.size() == 1U);
    BOOST_TEST((running[0].since >= before));
    BOOST_TEST(running[0].place == "/srv/drop");
    gate.set_value();
    loop.restart();
    loop.run();
    auto nothing = [] {
    };
    run_task(loop, pool.run(nothing));
    BOOST_TEST(pool.running().empty());
}

BOOST_AUTO_TEST_SUITE_END()
