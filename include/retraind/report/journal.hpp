#pragma once

#include <functional>
#include <string>
#include <vector>

namespace retraind::report {

/// systemd's journal as the log needs it.
struct journal {
    /// Whether this process's stderr is it already, so that the log belongs there by default.
    bool is_stderr = false;
    /// Takes an entry of fields, each `NAME=value`; false where nobody took it. Empty: there is
    /// none.
    std::function<bool(const std::vector<std::string>& fields)> send;
};

/// The machine's: sd_journal_sendv(3), and $JOURNAL_STREAM as systemd.exec(5) says. Without a
/// journald (in a container, say) it has no `send`.
[[nodiscard]] journal system_journal();

} // namespace retraind::report
