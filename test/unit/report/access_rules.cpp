#include "retraind/report/access_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using report::refuse_access;

namespace {

const secret none;

secret token() {
    return secret("correct-horse");
}

http::request get(std::string target, std::vector<http::header_field> fields) {
    http::request asked;
    asked.method = "GET";
    asked.target = std::move(target);
    asked.fields = std::move(fields);
    return asked;
}

unsigned status_for_host(const std::string& host) {
    const auto refused = refuse_access(get("/metrics", {{"Host", host}}), none);
    return refused ? refused->status : 200;
}

unsigned status_with(std::vector<http::header_field> fields,
                     const std::string& target = "/status") {
    const auto refused = refuse_access(get(target, std::move(fields)), token());
    return refused ? refused->status : 200;
}

} // namespace

BOOST_AUTO_TEST_SUITE(access_rules)

BOOST_AUTO_TEST_CASE(without_a_token_the_host_is_an_address_or_localhost) {
    for (const char* host : {"127.0.0.1", "127.0.0.1:9464", "[::1]", "[::1]:9464", "localhost",
                             "LocalHost:9464", "10.0.0.7:80", " 127.0.0.1 "}) {
        BOOST_TEST(status_for_host(host) == 200U, host);
    }
    for (const char* host :
         {"evil.example", "evil.example:9464", "localhost.evil.example", "127.0.0.1.evil.example",
          "", ":9464", "[::1", "[::1]evil.example", "[evil.example]", "::1", "127.0.0.1@evil"}) {
        BOOST_TEST(status_for_host(host) == 403U, host);
    }
}

BOOST_AUTO_TEST_CASE(without_a_token_one_host_is_named) {
    BOOST_TEST(refuse_access(get("/", {}), none)->status == 403U);
    BOOST_TEST(
        refuse_access(get("/", {{"Host", "127.0.0.1"}, {"host", "evil.example"}}), none)->status ==
        403U);
}

BOOST_AUTO_TEST_CASE(without_a_token_nothing_is_changed) {
    http::request asked = get("/retry", {{"Host", "127.0.0.1"}});
    for (const char* method : {"POST", "PUT", "DELETE", "get"}) {
        asked.method = method;
        BOOST_TEST(refuse_access(asked, none)->status == 403U, method);
    }
    asked.method = "HEAD";
    BOOST_TEST(!refuse_access(asked, none).has_value());
}

BOOST_AUTO_TEST_CASE(with_a_token_it_must_be_sent) {
    BOOST_TEST(status_with({{"Authorization", "Bearer correct-horse"}}) == 200U);
    BOOST_TEST(status_with({{"authorization", "bearer  correct-horse "}}) == 200U);
    for (const char* sent :
         {"", "correct-horse", "Basic correct-horse", "Bearer", "Bearer ", "Bearer correct-horsf",
          "Bearer correct-horse2", "Bearer correct-hors", "Bearercorrect-horse"}) {
        BOOST_TEST(status_with({{"Authorization", sent}}) == 401U, sent);
    }
    BOOST_TEST(status_with({}) == 401U);
    BOOST_TEST(status_with({{"Authorization", "Bearer correct-horse"},
                            {"Authorization", "Bearer correct-horse"}}) == 401U);
}

BOOST_AUTO_TEST_CASE(the_answer_says_what_to_send_and_never_the_token) {
    const auto refused = refuse_access(get("/metrics", {}), token());
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->field("WWW-Authenticate").value() == "Bearer realm=\"retraind\"");
    BOOST_TEST(refused->body.find("admin.token_file") != std::string::npos);
    BOOST_TEST(refused->body.find("correct") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(with_a_token_only_health_is_free_and_any_host_will_do) {
    BOOST_TEST(status_with({{"Host", "edge.example"}}, "/healthz") == 200U);
    BOOST_TEST(status_with({}, "/healthz?x=1") == 200U);
    BOOST_TEST(status_with({}, "/healthz/../status") == 401U);
    BOOST_TEST(status_with({}, "/readyz") == 401U);
    BOOST_TEST(status_with({{"Host", "edge.example"}, {"Authorization", "Bearer correct-horse"}}) ==
               200U);
    http::request change = get("/healthz", {});
    change.method = "POST";
    BOOST_TEST(refuse_access(change, token())->status == 401U);
}

BOOST_AUTO_TEST_SUITE_END()
