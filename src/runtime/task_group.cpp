#include "retraind/runtime/task_group.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>

namespace retraind::runtime {

task_group::task_group(boost::asio::any_io_executor loop,
                       std::function<void(const std::exception_ptr&)> on_exception)
    : loop_(std::move(loop)), on_exception_(std::move(on_exception)), ended_(loop_) {}

void task_group::spawn(task<void> member) {
    ++running_;
    boost::asio::co_spawn(loop_, std::move(member), [this](const std::exception_ptr& thrown) {
        --running_;
        if (thrown) {
            on_exception_(thrown);
        }
        ended_.notify();
    });
}

task<void> task_group::wait() {
    while (running_ > 0) {
        co_await ended_.wait();
    }
}

} // namespace retraind::runtime
