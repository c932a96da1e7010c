#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

/// Why a call is refused: the service's error code and its sentence. The HTTP status follows from
/// the code.
struct refusal {
    std::string code;
    std::string message;
};

template <class T>
using result = tl::expected<T, refusal>;

/// What an operation comes to.
using outcome = result<http::response>;

[[nodiscard]] inline tl::unexpected<refusal> refuse(std::string_view code,
                                                    std::string_view message) {
    return tl::make_unexpected(refusal{std::string(code), std::string(message)});
}

/// The status that the service sends with a code of its enumeration: 400 for BadRequest*, 403, 404,
/// 409 and 415 for their families, 500 for the rest.
[[nodiscard]] unsigned status_of(std::string_view code);

/// The flat error body, {"code":...,"message":...} (CONTRACT.md fact 14).
[[nodiscard]] http::response to_response(const refusal& refused);

} // namespace sandbox::service
