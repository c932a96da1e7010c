#pragma once

#include "arguments.hpp"

namespace retraind::daemon {

/// Each returns the process's exit code.
[[nodiscard]] int perform(const run_command& command);
[[nodiscard]] int perform(const check_command& command);
[[nodiscard]] int perform(const plan_command& command);
[[nodiscard]] int perform(const portal_command& command);
[[nodiscard]] int perform(const urls_command& command);
[[nodiscard]] int perform(const retry_command& command);
[[nodiscard]] int perform(const status_command& command);
[[nodiscard]] int perform(const schema_command& command);

} // namespace retraind::daemon
