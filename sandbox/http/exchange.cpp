#include "sandbox/http/exchange.hpp"

#include <exception>
#include <string_view>

#include <boost/beast/http/error.hpp>
#include <fmt/format.h>

#include "sandbox/http/connection.hpp"
#include "sandbox/http/gateway_answers.hpp"

namespace sandbox::http {

namespace {

namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;

/// The target as it came, which holds no control characters, without the query.
std::string_view bare_target(const exchange& ex) {
    const auto target = ex.incoming.get().target();
    const std::string_view text(target.data(), target.size());
    return text.empty() ? "-" : text.substr(0, text.find('?'));
}

} // namespace

std::optional<response> judge(exchange& ex, shared_state& shared) {
    ex.found = find_route(ex.asked.method, ex.asked.path);
    auto refusal = shared.gate.refuse(ex.asked, ex.found, steady_clock::now());
    if (refusal) {
        return refusal;
    }
    fault_plan& faults = shared.faults.current();
    ex.incoming.body_limit(faults.request_bytes());
    const auto length = ex.incoming.content_length();
    if (length && *length > faults.request_bytes()) {
        return request_timeout();
    }
    ex.trouble = faults.next(ex.found->operation);
    const auto* other = ex.is<answer_fault>();
    if (other != nullptr && other->early) {
        return answer_of(*other, ex, shared);
    }
    return std::nullopt;
}

response answer_of(const answer_fault& wanted, const exchange& ex, const shared_state& shared) {
    response answer = stock_answer(wanted.status, *ex.found, shared.gate.current_tier());
    if (wanted.headers) {
        answer.headers = *wanted.headers;
    }
    if (wanted.body) {
        answer.body = *wanted.body;
        answer.content_type = wanted.content_type;
    }
    return answer;
}

bool is_bad_http(error_code error) {
    return error.category() == make_error_code(beast::http::error::bad_target).category() &&
           error != beast::http::error::end_of_stream &&
           error != beast::http::error::partial_message;
}

response bad_http_answer(error_code error) {
    response answer = bad_request(fmt::format("The request is not HTTP: {}.", error.message()));
    if (error == beast::http::error::header_limit) {
        answer.status = 431;
    }
    return answer;
}

response perform_guarded(const handler& perform, exchange& ex, std::string& failure) {
    try {
        return perform(ex.asked, *ex.found);
    } catch (const std::exception& error) {
        failure = error.what();
    } catch (...) {
        failure = "an unknown exception";
    }
    return internal_error();
}

std::string log_line(const exchange& ex, unsigned status, steady_clock::time_point now) {
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(now - ex.begun);
    const std::string_view method =
        ex.asked.method.empty() ? "-" : std::string_view(ex.asked.method);
    return fmt::format("{} {} {} {} ms {}", method, bare_target(ex), status, span.count(), ex.id);
}

} // namespace sandbox::http
