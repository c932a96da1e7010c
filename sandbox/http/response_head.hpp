#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sandbox/http/message.hpp"

namespace sandbox::http {

/// What the head of an answer says beside the answer itself.
struct head_facts {
    std::string_view request_id;
    std::chrono::system_clock::time_point now;
    bool keep_alive = true;
    bool http_1_0 = false; ///< the request's version, which decides how keep-alive is said
};

/// Status line and header of an answer, with the fields that every real answer carries, in their
/// order: Strict-Transport-Security, X-Content-Type-Options, Date, apim-request-id, Request-Id,
/// Content-Length ("0" too), Content-Type where there is one.
[[nodiscard]] std::string response_head(const response& answer, const head_facts& facts);

} // namespace sandbox::http
