#include "http/server_framing.hpp"

#include <sstream>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/write.hpp>

namespace retraind::http {
namespace {

namespace beast = boost::beast::http;

} // namespace

bool has_whole_head(std::string_view bytes) noexcept {
    return bytes.find("\r\n\r\n") != std::string_view::npos;
}

result<request> decode_request(std::string_view head) {
    beast::request_parser<beast::empty_body> parser;
    boost::system::error_code ec;
    parser.put(boost::asio::buffer(head.data(), head.size()), ec);
    if (ec) {
        return fail(errc::protocol, ec.message());
    }
    if (!parser.is_done()) {
        return fail(errc::protocol, "a request with a body is not taken here");
    }
    const auto& parsed = parser.get();
    request message;
    message.method = std::string(parsed.method_string());
    message.target = std::string(parsed.target());
    for (const auto& field : parsed) {
        message.fields.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    return message;
}

std::string encode_answer(const response& answer, bool bodiless) {
    beast::response<beast::empty_body> head;
    head.version(11);
    head.result(answer.status);
    if (!answer.reason.empty()) {
        head.reason(answer.reason);
    }
    for (const header_field& field : answer.fields) {
        head.insert(field.name, field.value);
    }
    head.content_length(answer.body.size());
    head.keep_alive(false);
    std::ostringstream text;
    text << head.base();
    if (!bodiless) {
        text << answer.body;
    }
    return text.str();
}

} // namespace retraind::http
