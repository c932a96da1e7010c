#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::runtime {

/// "There is something to look at": what a loop waits on beside a time. A notification that comes
/// while nobody waits is kept; several are one. One waiter at a time; loop only.
class notifier {
public:
    explicit notifier(const boost::asio::any_io_executor& loop);

    void notify();
    /// Returns at the next notification or at `deadline`, whichever is first; true when notified.
    [[nodiscard]] task<bool> wait_until(mono_time deadline);
    /// Returns at the next notification.
    [[nodiscard]] task<bool> wait();

private:
    boost::asio::steady_timer timer_;
    bool notified_ = false;
};

} // namespace retraind::runtime
