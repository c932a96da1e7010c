#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include "sandbox/http/fault_plan.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/http/router.hpp"
#include "sandbox/http/server.hpp"

namespace sandbox::http {

struct shared_state;

/// The length of a body that says none, and "all of it".
inline constexpr std::uint64_t whole_body = UINT64_MAX;

/// One request and what is known of it.
struct exchange {
    boost::beast::http::request_parser<boost::beast::http::string_body> incoming;
    request asked;
    std::optional<route> found;
    std::string id;
    std::shared_ptr<const fault> trouble;
    std::chrono::steady_clock::time_point begun;

    template <class Fault>
    [[nodiscard]] const Fault* is() const {
        return trouble ? std::get_if<Fault>(trouble.get()) : nullptr;
    }
    [[nodiscard]] bool cut_at(cut_point where) const {
        const auto* cut = is<cut_fault>();
        return cut != nullptr && cut->where == where;
    }
    [[nodiscard]] std::uint64_t body_length() const {
        const auto length = incoming.content_length();
        return length ? *length : incoming.chunked() ? whole_body : 0;
    }
};

/// What the head alone decides: an answer in place of the service's, or nothing. Counts the request
/// with the gateway and the faults, and fills `found` and `trouble`.
[[nodiscard]] std::optional<response> judge(exchange& ex, shared_state& shared);

/// The answer that a fault puts in the place of the service's.
[[nodiscard]] response answer_of(const answer_fault& wanted, const exchange& ex,
                                 const shared_state& shared);

/// The handler's answer; 500 where it throws, and then `failure` says what.
[[nodiscard]] response perform_guarded(const handler& perform, exchange& ex, std::string& failure);

/// Whether the bytes that came are no HTTP, which deserves an answer (an end of stream does not).
[[nodiscard]] bool is_bad_http(boost::system::error_code error);
[[nodiscard]] response bad_http_answer(boost::system::error_code error);

/// "POST /path 200 12 ms id".
[[nodiscard]] std::string log_line(const exchange& ex, unsigned status,
                                   std::chrono::steady_clock::time_point now);

} // namespace sandbox::http
