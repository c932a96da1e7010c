#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/http/body_source.hpp"

namespace retraind::http {

struct header_field {
    std::string name;
    std::string value;
};

/// A request for one origin. `body` may be null: then no body is sent, and a POST says
/// Content-Length: 0.
struct request {
    std::string method;               ///< "GET"
    std::string target;               ///< path and query, percent-encoded
    std::vector<header_field> fields; ///< without Host, Content-Length, Connection
    std::shared_ptr<body_source> body;
};

/// An answer, whole: bodies of this service are small, and `limits::response_bytes` bounds them.
struct response {
    unsigned status = 0;
    std::string reason;
    std::vector<header_field> fields;
    std::string body;

    /// The value of the first field of that name, case ignored.
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
};

/// How long each phase of one exchange may take. A body's phase is renewed by every piece that
/// gets through, so a slow line is not a dead one.
struct phase_limits {
    duration resolve = std::chrono::seconds(10);
    duration connect = std::chrono::seconds(10);
    duration handshake = std::chrono::seconds(15);
    duration write_piece = std::chrono::seconds(30); ///< one buffer of the body
    duration answer = std::chrono::seconds(100);     ///< from the last byte sent to the first heard
    duration read_piece = std::chrono::seconds(30);  ///< one piece of the answer
    std::uint64_t response_bytes = std::uint64_t{16} << 20;
    std::uint64_t header_bytes = std::uint64_t{64} << 10;
};

} // namespace retraind::http
