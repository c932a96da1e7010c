#pragma once

#include <optional>
#include <string_view>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

#include "sandbox/http/message.hpp"

namespace sandbox::http {

/// The request of a parsed head, still without body. `id` takes the place of whatever
/// apim-request-id the client sent. Nothing where the target is malformed, or where an HTTP/1.1
/// request names no host.
[[nodiscard]] std::optional<request> request_of(const boost::beast::http::request_header<>& head,
                                                std::string_view id);

/// Whether the client waits for "100 Continue" before it sends the body.
[[nodiscard]] bool expects_continue(const request& asked);

} // namespace sandbox::http
