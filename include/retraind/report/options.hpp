#pragma once

#include <string>

#include "retraind/base/event.hpp"

namespace retraind::report {

enum class log_format { text, json };

struct log_options {
    severity level = severity::info;
    log_format format = log_format::text;
};

/// Where the admin listener is; empty: `admin.sock` in $RUNTIME_DIRECTORY, else in `state`.
struct admin_options {
    std::string unix_path;
};

} // namespace retraind::report
