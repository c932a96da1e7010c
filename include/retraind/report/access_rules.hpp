#pragma once

#include <optional>

#include "retraind/base/secret.hpp"
#include "retraind/http/message.hpp"

namespace retraind::report {

/// Whether a request that came by TCP is refused, and with which answer; nothing where it may be
/// answered. Never for the Unix socket, whose file's mode says who may ask.
///
/// With a token everything but `/healthz` needs `Authorization: Bearer TOKEN` (RFC 6750). Without
/// one (loopback only) nothing but GET and HEAD is taken, and the Host must be an IP address or
/// localhost: else a page in a browser on this machine could read the answers under a name of its
/// own that it points to 127.0.0.1 (DNS rebinding).
[[nodiscard]] std::optional<http::response> refuse_access(const http::request& asked,
                                                          const secret& token);

} // namespace retraind::report
