#include "sandbox/http/response_head.hpp"

#include <ctime>
#include <sstream>

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

namespace sandbox::http {

namespace {

namespace beast_http = boost::beast::http;

std::string http_date(std::chrono::system_clock::time_point now) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm broken_down{};
    gmtime_r(&seconds, &broken_down);
    constexpr std::size_t room = 64;
    std::string text(room, '\0');
    text.resize(std::strftime(text.data(), room, "%a, %d %b %Y %H:%M:%S GMT", &broken_down));
    return text;
}

} // namespace

std::string response_head(const response& answer, const head_facts& facts) {
    beast_http::response_header<> head;
    head.version(facts.http_1_0 ? 10 : 11);
    head.result(answer.status);
    head.reason(answer.reason);
    head.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload");
    head.set("X-Content-Type-Options", "nosniff");
    head.set("Date", http_date(facts.now));
    head.set("apim-request-id", facts.request_id);
    head.set("Request-Id", facts.request_id);
    head.set("Content-Length", std::to_string(answer.body.size()));
    if (!answer.content_type.empty()) {
        head.set("Content-Type", answer.content_type);
    }
    for (const header_field& field : answer.headers) {
        head.set(field.name, field.value);
    }
    if (facts.keep_alive == facts.http_1_0) {
        head.set("Connection", facts.keep_alive ? "keep-alive" : "close");
    }
    std::ostringstream text;
    text << head;
    return text.str();
}

} // namespace sandbox::http
