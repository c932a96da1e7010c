#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "retraind/runtime/notifier.hpp"

namespace retraind::runtime {

/// The wish that everything end, heard by every loop. Loop only; outlives all who listen.
class stop_signal {
public:
    /// Ends a listener's subscription when it goes.
    class subscription {
    public:
        subscription() = default;
        ~subscription();
        subscription(subscription&& other) noexcept;
        subscription& operator=(subscription&& other) noexcept;
        subscription(const subscription&) = delete;
        subscription& operator=(const subscription&) = delete;

    private:
        friend class stop_signal;
        subscription(stop_signal* source, std::uint64_t key) : source_(source), key_(key) {}
        stop_signal* source_ = nullptr;
        std::uint64_t key_ = 0;
    };

    explicit stop_signal(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

    [[nodiscard]] bool requested() const noexcept { return requested_; }
    void request();
    /// Calls `listener` once at the request; at once where it has been made already.
    [[nodiscard]] subscription subscribe(std::function<void()> listener);
    /// Sleeps; true as soon as stopping is requested.
    [[nodiscard]] task<bool> sleep_for(duration span);
    /// Ends every sleep early, without stopping: what somebody waits for may be there.
    void hurry();
    [[nodiscard]] const boost::asio::any_io_executor& loop() const noexcept { return loop_; }

private:
    class sleeper;

    boost::asio::any_io_executor loop_;
    std::map<std::uint64_t, std::function<void()>> listeners_;
    std::set<notifier*> sleepers_;
    std::uint64_t next_key_ = 0;
    bool requested_ = false;
};

} // namespace retraind::runtime
