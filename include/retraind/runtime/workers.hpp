#pragma once

#include <cstddef>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "retraind/runtime/running_call.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::runtime {

/// Threads for calls that block (files, SQLite, DNS through the resolver is Asio's own). The loop
/// awaits a call and goes on with its result; a hop costs about 25 µs, so callers group their work.
class workers {
public:
    workers(boost::asio::any_io_executor loop, std::size_t threads);
    ~workers();
    workers(const workers&) = delete;
    workers& operator=(const workers&) = delete;

    /// Runs `work()` on a thread and returns its value on the loop. What `work` refers to must
    /// outlive it; it is destroyed on the loop. An exception out of it is rethrown on the loop.
    template <class Work>
    [[nodiscard]] task<std::invoke_result_t<Work&>> run(Work work) {
        return run_in(std::string(), std::move(work));
    }
    /// The same, and says of the call which folder it is in.
    template <class Work>
    [[nodiscard]] task<std::invoke_result_t<Work&>> run_in(std::string place, Work work);

    /// The calls that have not returned, the oldest first; none while all threads are idle. Any
    /// thread.
    [[nodiscard]] std::vector<running_call> running() const;

private:
    template <class Value, class Work>
    struct job {
        explicit job(Work&& callable) : work(std::move(callable)) {}
        void perform() noexcept {
            try {
                if constexpr (std::is_void_v<Value>) {
                    work();
                } else {
                    value.emplace(work());
                }
            } catch (...) {
                failure = std::current_exception();
            }
        }
        Work work;
        std::optional<std::conditional_t<std::is_void_v<Value>, char, Value>> value;
        std::exception_ptr failure;
    };

    std::size_t call_begins(const std::string& place);
    void call_ends(std::size_t call);

    boost::asio::any_io_executor loop_;
    mutable std::mutex mutex_;
    std::map<std::size_t, running_call> running_; ///< by call, oldest first
    std::size_t next_call_ = 0;
    boost::asio::thread_pool pool_;
};

template <class Work>
task<std::invoke_result_t<Work&>> workers::run_in(std::string place, Work work) {
    using value_type = std::invoke_result_t<Work&>;
    auto call = std::make_shared<job<value_type, Work>>(std::move(work));
    auto start = [this, call, place = std::move(place)](auto handler) mutable {
        auto resume = std::make_shared<decltype(handler)>(std::move(handler));
        boost::asio::post(pool_, [this, call, resume, place = std::move(place)]() mutable {
            const std::size_t number = call_begins(place);
            call->perform();
            call_ends(number);
            // Both go to the loop by move: nothing of the caller's dies on this thread.
            boost::asio::post(loop_,
                              [call = std::move(call), resume = std::move(resume)]() mutable {
                                  call.reset();
                                  std::move (*resume)();
                              });
        });
    };
    boost::asio::use_awaitable_t<> token;
    co_await boost::asio::async_initiate<boost::asio::use_awaitable_t<>, void()>(std::move(start),
                                                                                 token);
    if (call->failure) {
        std::rethrow_exception(call->failure);
    }
    if constexpr (!std::is_void_v<value_type>) {
        co_return std::move(call->value).value();
    }
}

} // namespace retraind::runtime
