#pragma once

#include <optional>
#include <string_view>

#include "retraind/base/clock.hpp"

namespace retraind::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the form of every HTTP-date that must be sent (RFC 9110 section
/// 5.6.7); nothing for what is not.
[[nodiscard]] std::optional<wall_time> parse_http_date(std::string_view text);

/// What a Retry-After field asks to wait: seconds, or an HTTP-date (RFC 9110 section 10.2.3, in the
/// form that must be sent), counted from `now`; one that has passed asks for nothing more. Nothing
/// for a value that is neither.
[[nodiscard]] std::optional<duration> parse_retry_after(std::string_view value, wall_time now);

/// The same out of the service's own words (CONTRACT.md section 5): "Please retry after 1 second.",
/// "Try again in 60 seconds."
[[nodiscard]] std::optional<duration> find_retry_words(std::string_view message);

/// The field where it is there and can be read, else the words of the message.
[[nodiscard]] std::optional<duration> requested_wait(std::optional<std::string_view> field,
                                                     std::string_view message, wall_time now);

} // namespace retraind::http
