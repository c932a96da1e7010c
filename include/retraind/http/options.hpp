#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"

namespace retraind::http {

/// Where the service is and how it may be used: the `service` block without the key.
struct endpoint {
    std::string host; ///< without brackets for IPv6
    std::string port; ///< as text, for the resolver: "443"
    bool tls = true;  ///< plain http only for loopback
    std::string path; ///< what the endpoint's own path adds in front of `/customvision`; no slash
                      ///< at the end
};

/// Reads `https://host[:port][/path]`; plain http only for loopback. The error is a sentence.
[[nodiscard]] result<endpoint> parse_endpoint(std::string_view address);

struct client_options {
    endpoint server;
    std::optional<std::string> ca_file; ///< PEM, trusted beside the system's
};

/// The key's share of the service's published rates.
struct rate_options {
    double requests_per_second = 8;
    unsigned requests_in_flight = 2;
};

} // namespace retraind::http
