#include "sandbox/http/incoming.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using head_type = boost::beast::http::request_header<>;

head_type head_of(std::string_view target) {
    head_type head;
    head.method_string("POST");
    head.target({target.data(), target.size()});
    head.version(11);
    head.set("Host", "localhost");
    return head;
}

} // namespace

BOOST_AUTO_TEST_SUITE(incoming)

BOOST_AUTO_TEST_CASE(a_head_becomes_a_request) {
    auto head = head_of("/a%20b?x=1");
    head.set("Training-Key", "k");
    const auto asked = sandbox::http::request_of(head, "the-id");
    BOOST_TEST_REQUIRE(asked.has_value());
    BOOST_TEST(asked->method == "POST");
    BOOST_TEST(asked->path == "/a b");
    BOOST_TEST(*asked->query_value("x") == "1");
    BOOST_TEST(asked->header("training-key") == "k");
    BOOST_TEST(asked->header("apim-request-id") == "the-id");
}

BOOST_AUTO_TEST_CASE(the_id_is_never_the_clients) {
    auto head = head_of("/");
    head.set("Apim-Request-Id", "mine");
    const auto asked = sandbox::http::request_of(head, "the-id");
    BOOST_TEST(asked.value().header("apim-request-id") == "the-id");
}

BOOST_AUTO_TEST_CASE(bad_targets_and_hosts_are_refused) {
    BOOST_TEST(!sandbox::http::request_of(head_of("/%zz"), "id").has_value());
    auto head = head_of("/");
    head.insert("Host", "other");
    BOOST_TEST(!sandbox::http::request_of(head, "id").has_value());
    head.erase("Host");
    BOOST_TEST(!sandbox::http::request_of(head, "id").has_value());
    head.version(10);
    BOOST_TEST(sandbox::http::request_of(head, "id").has_value());
}

BOOST_AUTO_TEST_CASE(expecting_continue) {
    auto head = head_of("/");
    BOOST_TEST(!sandbox::http::expects_continue(sandbox::http::request_of(head, "i").value()));
    head.set("Expect", "100-Continue");
    BOOST_TEST(sandbox::http::expects_continue(sandbox::http::request_of(head, "i").value()));
}

BOOST_AUTO_TEST_SUITE_END()
