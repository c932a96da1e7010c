#include "sandbox/http/gateway_answers.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/core.h>

namespace sandbox::http {

namespace {

response json_answer(unsigned status, std::string body) {
    response answer;
    answer.status = status;
    answer.content_type = json_content_type;
    answer.body = std::move(body);
    return answer;
}

response wrapped_error(unsigned status, std::string_view message) {
    boost::json::object error;
    error["code"] = std::to_string(status);
    error["message"] = message;
    boost::json::object body;
    body["error"] = std::move(error);
    return json_answer(status, boost::json::serialize(body));
}

std::string rate_message(const route& refused, tier current, long long seconds) {
    const std::string_view service = refused.service == api::prediction ? "Prediction" : "Training";
    const std::string_view version =
        refused.version.empty() ? std::string_view() : std::string_view(refused.version).substr(1);
    const std::string_view advice =
        current == tier::f0
            ? "To increase your rate limit switch to a paid tier."
            : "Please contact Azure support service if you would like to further increase the "
              "default rate limit.";
    return fmt::format("Requests to the {} Operation under Custom_Vision_{}_{} have exceeded rate "
                       "limit of your current Custom_Vision.{} {} pricing tier. Please retry after "
                       "{} second{}. {}",
                       refused.operation, service, version, service, name_of(current), seconds,
                       seconds == 1 ? "" : "s", advice);
}

} // namespace

response flat_error(unsigned status, std::string_view code, std::string_view message) {
    boost::json::object body;
    body["code"] = code;
    body["message"] = message;
    return json_answer(status, boost::json::serialize(body));
}

response resource_not_found() {
    return json_answer(404, R"({ "statusCode": 404, "message": "Resource not found" })");
}

response access_denied() {
    response answer = wrapped_error(
        401, "Access denied due to invalid subscription key or wrong API endpoint. Make sure to "
             "provide a valid key for an active subscription and use a correct regional API "
             "endpoint for your resource.");
    answer.reason = "Access Denied";
    return answer;
}

response too_many_requests(const route& refused, tier current,
                           std::chrono::steady_clock::duration wait) {
    const auto whole = std::chrono::ceil<std::chrono::seconds>(wait).count();
    const long long seconds = std::max<long long>(whole, 1);
    response answer = wrapped_error(429, rate_message(refused, current, seconds));
    answer.headers.push_back({"Retry-After", std::to_string(seconds)});
    return answer;
}

response out_of_call_volume(std::chrono::seconds wait) {
    constexpr std::chrono::hours day(24);
    const auto days = (wait + day - std::chrono::seconds(1)) / day;
    response answer = wrapped_error(
        403, fmt::format("Out of call volume quota for Custom_Vision.Prediction F0 pricing tier. "
                         "Please retry after {} day{}. To increase your call volume switch to a "
                         "paid tier.",
                         days, days == 1 ? "" : "s"));
    answer.headers.push_back({"Retry-After", std::to_string(wait.count())});
    return answer;
}

response request_timeout() {
    return flat_error(408, "RequestTimeout", "The request timed out: its body is too large.");
}

response bad_request(std::string_view message) {
    return flat_error(400, "BadRequest", message);
}

response internal_error() {
    return flat_error(500, "ErrorUnknown", "An unexpected error occurred.");
}

response stock_answer(unsigned status, const route& refused, tier current) {
    switch (status) {
    case 401:
        return access_denied();
    case 404:
        return resource_not_found();
    case 408:
        return request_timeout();
    case 429:
        return too_many_requests(refused, current, std::chrono::seconds(1));
    default:
        return flat_error(status, "ErrorUnknown", fmt::format("Status {} was asked for.", status));
    }
}

} // namespace sandbox::http
