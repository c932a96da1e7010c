#pragma once

#include <optional>
#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/base/status.hpp"

namespace retraind::report {

/// Tells systemd how the daemon is (sd_notify(3)). Where nobody listens, because it was not started
/// as a service of Type=notify, nothing is said. Never blocks.
class service_manager {
public:
    /// Reads $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID, which systemd sets.
    service_manager();

    /// A start or a stop takes longer: systemd is to wait `more` from now, if it does not anyway.
    void extend(duration more);
    /// All parts are at work.
    void ready();
    /// A new configuration is being taken over; `ready` follows.
    void reloading(mono_time now);
    void stopping();
    /// One line for `systemctl status`; said again only when it differs.
    void status(const std::string& sentence);
    /// The loop turns. To be called more often than `watchdog_interval`.
    void alive();

    /// How long systemd waits for `alive` before it kills the process; nothing where it does not.
    [[nodiscard]] std::optional<duration> watchdog_interval() const noexcept { return interval_; }

private:
    std::optional<duration> interval_;
    std::string last_status_;
};

/// What `systemctl status` shows: "wildlife: 3 waiting, 64 in flight, training". Pure.
[[nodiscard]] std::string status_sentence(const daemon_status& now);

} // namespace retraind::report
