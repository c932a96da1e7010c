#pragma once

#include <string>

#include "retraind/base/error.hpp"
#include "retraind/http/message.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// One request to an HTTP server on a Unix socket, over a connection of its own. Errors: not_found
/// (no socket stands there), refused (nobody listens on it), denied, full (its queue is), invalid
/// (the path is too long), timed_out, network, protocol, cancelled (`aborting`).
[[nodiscard]] task<result<response>> ask_local(std::string socket_path, request message,
                                               phase_limits limits, runtime::stop_signal& aborting);

} // namespace retraind::http
