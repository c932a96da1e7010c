#include "retraind/http/options.hpp"

#include <boost/test/unit_test.hpp>

namespace http = retraind::http;

BOOST_AUTO_TEST_SUITE(endpoint)

BOOST_AUTO_TEST_CASE(addresses_that_are_taken) {
    const struct {
        std::string_view address;
        std::string host, port;
        bool tls;
        std::string path;
    } cases[] = {{"https://westus.api.cognitive.microsoft.com",
                  "westus.api.cognitive.microsoft.com", "443", true, ""},
                 {"https://name.cognitiveservices.azure.com/", "name.cognitiveservices.azure.com",
                  "443", true, ""},
                 {"HTTPS://Host.Example:8443", "host.example", "8443", true, ""},
                 {"https://gateway.site/vision/v1//", "gateway.site", "443", true, "/vision/v1"},
                 {"https://h:1/a%20b", "h", "1", true, "/a%20b"},
                 {"https://10.0.0.1:65535", "10.0.0.1", "65535", true, ""},
                 {"https://[2001:db8::1]:8443/x", "2001:db8::1", "8443", true, "/x"},
                 {"https://[::1]", "::1", "443", true, ""},
                 {"http://127.0.0.1:8080", "127.0.0.1", "8080", false, ""},
                 {"http://127.9.9.9", "127.9.9.9", "80", false, ""},
                 {"http://localhost/", "localhost", "80", false, ""},
                 {"http://[::1]:8080", "::1", "8080", false, ""}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.address) {
            const auto parsed = http::parse_endpoint(each.address);
            BOOST_TEST_REQUIRE(parsed.has_value());
            BOOST_TEST(parsed->host == each.host);
            BOOST_TEST(parsed->port == each.port);
            BOOST_TEST(parsed->tls == each.tls);
            BOOST_TEST(parsed->path == each.path);
        }
    }
}

BOOST_AUTO_TEST_CASE(addresses_that_are_refused_with_a_reason) {
    const struct {
        std::string_view address;
        std::string_view reason;
    } cases[] = {{"", "is not an address"},
                 {"westus.api.cognitive.microsoft.com", "is not an address"},
                 {"ftp://host", "is not an https address"},
                 {"https://", "has no host name"},
                 {"https:///path", "has no host name"},
                 {"https://ho st", "has no host name"},
                 {"https://.host", "has no host name"},
                 {"https://a..b", "has no host name"},
                 {"https://h\xC3\xB6st", "has no host name"},
                 {"https://host:", "has no port"},
                 {"https://host:0", "has no port"},
                 {"https://host:65536", "has no port"},
                 {"https://host:4x", "has no port"},
                 {"https://host:-1", "has no port"},
                 {"https://[::1", "closing bracket"},
                 {"https://[localhost]", "no IPv6 address"},
                 {"https://[::1]x", "has no port"},
                 {"https://key@host", "user name"},
                 {"https://host/?key=1", "query"},
                 {"https://host#x", "fragment"},
                 {"https://host/a b", "percent-encoded"},
                 {"https://host/a\r\nX: y", "percent-encoded"},
                 {"http://host", "plain http"},
                 {"http://128.0.0.1", "plain http"},
                 {"http://0.0.0.0", "plain http"},
                 {"http://127.0.0.1.evil.site", "plain http"},
                 {"http://localhost.evil.site", "plain http"},
                 {"http://[::2]", "plain http"}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.address) {
            const auto parsed = http::parse_endpoint(each.address);
            BOOST_TEST_REQUIRE(!parsed.has_value());
            BOOST_TEST((parsed.error().code == retraind::errc::invalid));
            BOOST_TEST(parsed.error().message.find(each.reason) != std::string::npos,
                       parsed.error().message);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_user_name_is_never_repeated) {
    const auto parsed = http::parse_endpoint("https://0123456789abcdef@host");
    BOOST_TEST_REQUIRE(!parsed.has_value());
    BOOST_TEST(parsed.error().message.find("0123456789abcdef") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
