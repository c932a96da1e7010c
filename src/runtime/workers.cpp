#include "retraind/runtime/workers.hpp"

namespace retraind::runtime {

workers::workers(boost::asio::any_io_executor loop, std::size_t threads)
    : loop_(std::move(loop)), pool_(threads) {}

workers::~workers() = default;

std::vector<running_call> workers::running() const {
    const std::scoped_lock lock(mutex_);
    std::vector<running_call> all;
    for (const auto& [number, call] : running_) {
        all.push_back(call);
    }
    return all;
}

std::size_t workers::call_begins(const std::string& place) {
    const std::scoped_lock lock(mutex_);
    running_.emplace(next_call_, running_call{std::chrono::steady_clock::now(), place});
    return next_call_++;
}

void workers::call_ends(std::size_t call) {
    const std::scoped_lock lock(mutex_);
    running_.erase(call);
}

} // namespace retraind::runtime
