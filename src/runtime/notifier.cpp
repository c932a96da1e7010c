#include "retraind/runtime/notifier.hpp"

#include <utility>

namespace retraind::runtime {

notifier::notifier(const boost::asio::any_io_executor& loop) : timer_(loop) {}

void notifier::notify() {
    notified_ = true;
    timer_.cancel();
}

task<bool> notifier::wait_until(mono_time deadline) {
    if (!notified_) {
        timer_.expires_at(deadline);
        // A cancel that came too late completes with success, so the flag and not the code decides.
        co_await timer_.async_wait(use_tuple);
    }
    co_return std::exchange(notified_, false);
}

task<bool> notifier::wait() {
    return wait_until(mono_time::max());
}

} // namespace retraind::runtime
