#pragma once

#include "retraind/portal/trouble_rules.hpp"
#include "retraind/report/log_writer.hpp"

namespace retraind::daemon {

/// The log of a command that says itself what went wrong: every exchange at level debug, else only
/// what nobody else says.
[[nodiscard]] report::log_writer quiet_log(report::log_options wanted);

/// The exit code of a command that ended so.
[[nodiscard]] int code_of(portal::ending how);

} // namespace retraind::daemon
