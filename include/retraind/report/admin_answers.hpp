#pragma once

#include <string>
#include <string_view>

#include "retraind/base/status.hpp"
#include "retraind/report/metrics_store.hpp"

namespace retraind::report {

/// An answer of the admin listener.
struct admin_answer {
    unsigned status = 200;
    std::string content_type;
    std::string body;
};

/// `/healthz`, `/readyz`, `/status` and `/metrics` out of one snapshot (design: Formats that others
/// read, Metrics). That the loop answers at all is what `/healthz` says.
[[nodiscard]] admin_answer answer_admin(std::string_view method, std::string_view path,
                                        const daemon_status& now, metrics_store& metrics);

/// The document of `/status`.
[[nodiscard]] std::string status_json(const daemon_status& now);

} // namespace retraind::report
