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

/// One who sleeps, however its coroutine ends.
class stop_signal::sleeper {
public:
    explicit sleeper(stop_signal& in)
        : in_(in), wakeup_(in.loop_), stopping_(in.subscribe([this] { wakeup_.notify(); })) {
        in_.sleepers_.insert(&wakeup_);
    }
    ~sleeper() { in_.sleepers_.erase(&wakeup_); }
    sleeper(const sleeper&) = delete;
    sleeper& operator=(const sleeper&) = delete;
    [[nodiscard]] notifier& wakeup() noexcept { return wakeup_; }

private:
    stop_signal& in_;
    notifier wakeup_;
    subscription stopping_;
};

task<bool> stop_signal::sleep_for(duration span) {
    sleeper here(*this);
    co_await here.wakeup().wait_until(std::chrono::steady_clock::now() + span);
    co_return requested_;
}

void stop_signal::hurry() {
    for (notifier* each : sleepers_) {
        each->notify();
    }
}

} // namespace retraind::runtime
