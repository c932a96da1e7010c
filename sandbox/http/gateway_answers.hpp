#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sandbox/http/message.hpp"
#include "sandbox/http/rate_limiter.hpp"
#include "sandbox/http/router.hpp"

/// Answers that come from before the service, in the shapes of CONTRACT.md sections 0 and 5.
namespace sandbox::http {

/// 404 in the gateway's old shape: no such path, method or API version.
[[nodiscard]] response resource_not_found();
/// 401 "Access Denied": the key is missing or wrong.
[[nodiscard]] response access_denied();
/// 429 with Retry-After in whole seconds, rounded up.
[[nodiscard]] response too_many_requests(const route& refused, tier current,
                                         std::chrono::steady_clock::duration wait);
/// 403 with Retry-After: the free tier's predictions of this month are used up until `wait` is
/// over.
[[nodiscard]] response out_of_call_volume(std::chrono::seconds wait);
/// 408 in the service's flat shape: what a body over the limit gets.
[[nodiscard]] response request_timeout();
/// 400 in the service's flat shape; `message` is what is wrong with the request's HTTP.
[[nodiscard]] response bad_request(std::string_view message);
/// 500 in the service's flat shape: the handler threw.
[[nodiscard]] response internal_error();
/// A status with the body that the service or its gateway would send with it.
[[nodiscard]] response stock_answer(unsigned status, const route& refused, tier current);

/// {"code":..., "message":...} with its content type.
[[nodiscard]] response flat_error(unsigned status, std::string_view code, std::string_view message);

inline constexpr std::string_view json_content_type = "application/json; charset=utf-8";

} // namespace sandbox::http
