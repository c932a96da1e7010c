#include "retraind/runtime/workers.hpp"

namespace retraind::runtime {

workers::workers(boost::asio::any_io_executor loop, std::size_t threads)
    : loop_(std::move(loop)), pool_(threads) {}

workers::~workers() = default;

std::optional<mono_time> workers::busy_since() const {
    const std::scoped_lock lock(mutex_);
    if (running_.empty()) {
        return std::nullopt;
    }
    return running_.begin()->second;
}

std::size_t workers::call_begins() {
    const std::scoped_lock lock(mutex_);
    running_.emplace(next_call_, std::chrono::steady_clock::now());
    return next_call_++;
}

void workers::call_ends(std::size_t call) {
    const std::scoped_lock lock(mutex_);
    running_.erase(call);
}

} // namespace retraind::runtime
