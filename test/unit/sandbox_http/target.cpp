#include "sandbox/http/target.hpp"

#include <string_view>

#include <boost/test/unit_test.hpp>

using sandbox::http::parse_target;

BOOST_AUTO_TEST_SUITE(target)

BOOST_AUTO_TEST_CASE(path_and_query_are_decoded) {
    const auto parsed = parse_target("/a%20b/%23?name=x%26y&blank=a+b&flag&empty=&=v&name=2");
    BOOST_TEST_REQUIRE(parsed.has_value());
    BOOST_TEST(parsed->path == "/a b/#");
    BOOST_TEST_REQUIRE(parsed->query.size() == 6U);
    BOOST_TEST(parsed->query[0].second == "x&y");
    BOOST_TEST(parsed->query[1].second == "a b");
    BOOST_TEST(parsed->query[2].first == "flag");
    BOOST_TEST(parsed->query[2].second == "");
    BOOST_TEST(parsed->query[3].second == "");
    BOOST_TEST(parsed->query[4].first == "");
    BOOST_TEST(parsed->query[5].second == "2");
}

BOOST_AUTO_TEST_CASE(a_plus_is_a_plus_in_the_path) {
    BOOST_TEST(parse_target("/a+b").value().path == "/a+b");
}

BOOST_AUTO_TEST_CASE(absolute_form_loses_its_authority) {
    BOOST_TEST(parse_target("http://host:1/p?q=1").value().path == "/p");
    BOOST_TEST(parse_target("HTTPS://host/p").value().path == "/p");
    BOOST_TEST(parse_target("http://host").value().path == "/");
}

BOOST_AUTO_TEST_CASE(empty_fields_are_no_fields) {
    BOOST_TEST(parse_target("/p?").value().query.empty());
    BOOST_TEST(parse_target("/p?&&a=1&").value().query.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_malformed_is_refused) {
    for (const std::string_view text : {"", "*", "host:1", "p", "/%", "/%4", "/%4g", "/%zz",
                                        "/a?x=%", "/a?%2=1", "/%00", "/a?x=%00"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!parse_target(text).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
