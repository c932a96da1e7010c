#include "sandbox/http/response_head.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using sandbox::http::head_facts;
using sandbox::http::response;

const std::chrono::system_clock::time_point recorded(std::chrono::seconds(1604686338));

} // namespace

BOOST_AUTO_TEST_SUITE(response_head)

// The header of a recorded answer of 2020, field by field.
BOOST_AUTO_TEST_CASE(an_answer_has_the_recorded_fields_in_their_order) {
    response answer;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = "[]";
    const head_facts facts{"b1dd2b3c-8d5a-4458-a494-f6a8af7ba2e6", recorded};
    BOOST_TEST(sandbox::http::response_head(answer, facts) ==
               "HTTP/1.1 200 OK\r\n"
               "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\n"
               "X-Content-Type-Options: nosniff\r\n"
               "Date: Fri, 06 Nov 2020 18:12:18 GMT\r\n"
               "apim-request-id: b1dd2b3c-8d5a-4458-a494-f6a8af7ba2e6\r\n"
               "Request-Id: b1dd2b3c-8d5a-4458-a494-f6a8af7ba2e6\r\n"
               "Content-Length: 2\r\n"
               "Content-Type: application/json; charset=utf-8\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(no_content_says_length_0_and_no_type) {
    response answer;
    answer.status = 204;
    const std::string head = sandbox::http::response_head(answer, {"id", recorded});
    BOOST_TEST(head.starts_with("HTTP/1.1 204 No Content\r\n"));
    BOOST_TEST(head.find("Content-Length: 0\r\n") != std::string::npos);
    BOOST_TEST(head.find("Content-Type:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reason_and_further_fields) {
    response answer;
    answer.status = 401;
    answer.reason = "Access Denied";
    answer.headers = {{"Retry-After", "3"}, {"Content-Type", "text/html"}};
    const std::string head = sandbox::http::response_head(answer, {"id", recorded});
    BOOST_TEST(head.starts_with("HTTP/1.1 401 Access Denied\r\n"));
    BOOST_TEST(head.find("Retry-After: 3\r\n") != std::string::npos);
    BOOST_TEST(head.find("Content-Type: text/html\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(keep_alive_is_said_where_it_is_not_the_default) {
    const auto connection_of = [](bool keep_alive, bool http_1_0) {
        const head_facts facts{"id", recorded, keep_alive, http_1_0};
        const std::string head = sandbox::http::response_head({}, facts);
        const auto at = head.find("Connection: ");
        return at == std::string::npos ? "" : head.substr(at + 12, head.find('\r', at) - at - 12);
    };
    BOOST_TEST(connection_of(true, false) == "");
    BOOST_TEST(connection_of(false, false) == "close");
    BOOST_TEST(connection_of(true, true) == "keep-alive");
    BOOST_TEST(connection_of(false, true) == "");
}

BOOST_AUTO_TEST_SUITE_END()
