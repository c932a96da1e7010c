#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <type_traits>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "retraind/runtime/task.hpp"

namespace retraind::testing {

/// Runs a coroutine on `loop` to its end and returns its value; fails the test when it does not
/// end within `limit`. What it throws comes out here, so BOOST_TEST_REQUIRE works inside it.
template <class T>
T run_task(boost::asio::io_context& loop, task<T> work,
           std::chrono::seconds limit = std::chrono::seconds(30)) {
    std::exception_ptr failure;
    bool done = false;
    std::conditional_t<std::is_void_v<T>, char, std::optional<T>> value{};
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr thrown) {
            failure = thrown;
            done = true;
        });
    } else {
        boost::asio::co_spawn(
            loop,
            [](task<T> inner, std::optional<T>& result) -> task<> {
                result.emplace(co_await std::move(inner));
            }(std::move(work), value),
            [&](std::exception_ptr thrown) {
                failure = thrown;
                done = true;
            });
    }
    loop.restart();
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!done && std::chrono::steady_clock::now() < deadline) {
        if (loop.run_one_until(deadline) == 0) {
            break;
        }
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    BOOST_TEST_REQUIRE(done, "the coroutine did not finish in time");
    if constexpr (!std::is_void_v<T>) {
        return std::move(*value);
    }
}

} // namespace retraind::testing
