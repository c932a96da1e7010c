#pragma once

#include "retraind/pipeline/supervisor.hpp"

namespace retraind::daemon {

/// The process's exit code for a run that ended so.
[[nodiscard]] int code_of(pipeline::run_result result);

} // namespace retraind::daemon
