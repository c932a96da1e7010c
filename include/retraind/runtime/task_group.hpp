#pragma once

#include <cstddef>
#include <exception>
#include <functional>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/runtime/notifier.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::runtime {

/// Coroutines that run beside one another and are waited for together. Loop only; outlives them.
class task_group {
public:
    /// `on_exception` hears what a member threw, which is always a bug: failures are results.
    task_group(boost::asio::any_io_executor loop,
               std::function<void(const std::exception_ptr&)> on_exception);

    void spawn(task<void> member);
    /// Returns when no member runs.
    [[nodiscard]] task<void> wait();
    [[nodiscard]] std::size_t running() const noexcept { return running_; }

private:
    boost::asio::any_io_executor loop_;
    std::function<void(const std::exception_ptr&)> on_exception_;
    notifier ended_;
    std::size_t running_ = 0;
};

} // namespace retraind::runtime
