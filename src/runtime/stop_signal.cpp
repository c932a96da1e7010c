#include "retraind/runtime/stop_signal.hpp"

#include <utility>

namespace retraind::runtime {

stop_signal::subscription::~subscription() {
    if (source_ != nullptr) {
        source_->listeners_.erase(key_);
    }
}

stop_signal::subscription::subscription(subscription&& other) noexcept
    : source_(std::exchange(other.source_, nullptr)), key_(other.key_) {}

stop_signal::subscription& stop_signal::subscription::operator=(subscription&& other) noexcept {
    std::swap(source_, other.source_);
    std::swap(key_, other.key_);
    return *this;
}

void stop_signal::request() {
    if (std::exchange(requested_, true)) {
        return;
    }
    // A listener may drop its own or another's subscription while it runs.
    const auto listeners = std::exchange(listeners_, {});
    for (const auto& [key, listener] : listeners) {
        listener();
    }
}

stop_signal::subscription stop_signal::subscribe(std::function<void()> listener) {
    if (requested_) {
        listener();
        return {};
    }
    const std::uint64_t key = next_key_++;
    listeners_.emplace(key, std::move(listener));
    return {this, key};
}

task<bool> stop_signal::sleep_for(duration span) {
    notifier wakeup(loop_);
    const subscription stopping = subscribe([&wakeup] { wakeup.notify(); });
    co_await wakeup.wait_until(std::chrono::steady_clock::now() + span);
    co_return requested_;
}

} // namespace retraind::runtime
