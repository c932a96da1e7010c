#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "retraind/base/event.hpp"

namespace retraind::report {

enum class log_format { text, json, journal };

struct log_options {
    severity level = severity::info;
    /// Nothing: `journal` where stderr is the journal, else `text`.
    std::optional<log_format> format;
};

struct tcp_place {
    std::string address;    ///< IPv4 or IPv6, without brackets
    std::uint16_t port = 0; ///< 0: a free one, which the log names
    bool loopback = true;   ///< reached from this machine only

    bool operator==(const tcp_place&) const = default;
};

/// Where health, status and metrics are asked for.
struct admin_options {
    /// Always there, so that our own commands need no token; the default is `admin.sock` in
    /// $RUNTIME_DIRECTORY, else in `state`.
    std::string unix_path;
    std::optional<tcp_place> tcp;          ///< beside it
    std::optional<std::string> token_file; ///< what who asks by TCP must know
};

} // namespace retraind::report
