#include "retraind/http/client_transport.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

#include "fixture.hpp"

using namespace retraind::http::testing;
using namespace std::chrono_literals;
using retraind::errc;
using retraind::http::client_options;
using retraind::testing::always;
using retraind::testing::run_task;
using retraind::testing::self_signed;
using retraind::testing::tls_authority;
using retraind::testing::tls_identity;

namespace {

constexpr const char* hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

/// Sends a key to a server that shows `identity`, and expects to be told why that did not happen.
void expect_refusal(const tls_identity& identity, std::string_view which,
                    const std::string& host = "127.0.0.1") {
    served by(identity, always(hello), host);
    auto message = get("/");
    message.fields = {{"Training-Key", "secret-value"}};
    const auto answer = by.send(message);
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::certificate));
    BOOST_TEST_CONTEXT(answer.error().message) {
        BOOST_TEST(contains(answer.error().message, "certificate"));
        BOOST_TEST(contains(answer.error().message, which));
        BOOST_TEST(contains(answer.error().message, host + ":" + by.server.port()));
        BOOST_TEST(!contains(answer.error().message, "secret-value"));
    }
    // What the server could still read, it reads now.
    by.client.reset();
    by.loop.restart();
    by.loop.poll();
    BOOST_TEST(by.server.connections() == 1U);
    BOOST_TEST(by.server.bytes_heard() == 0U);
}

} // namespace

BOOST_AUTO_TEST_SUITE(client_certificates)

BOOST_AUTO_TEST_CASE(expired) {
    expect_refusal(authority().issue(loopback_names, -48h, -1h), "has expired");
}

BOOST_AUTO_TEST_CASE(not_yet_valid) {
    expect_refusal(authority().issue(loopback_names, 24h, 48h), "not valid yet");
}

BOOST_AUTO_TEST_CASE(another_name) {
    expect_refusal(authority().issue("DNS:elsewhere.example,IP:127.0.0.1"), "another name",
                   "localhost");
}

BOOST_AUTO_TEST_CASE(another_address) {
    expect_refusal(authority().issue("DNS:localhost,IP:127.0.0.2"), "another name");
}

BOOST_AUTO_TEST_CASE(a_name_does_not_stand_for_an_address) {
    expect_refusal(authority().issue("DNS:127.0.0.1"), "another name");
}

BOOST_AUTO_TEST_CASE(another_issuer) {
    const tls_authority other;
    expect_refusal(other.issue(loopback_names), "another issuer");
}

BOOST_AUTO_TEST_CASE(its_own_issuer) {
    expect_refusal(self_signed(loopback_names), "self-signed");
}

BOOST_AUTO_TEST_CASE(the_authority_is_not_trusted_unless_it_is_named) {
    boost::asio::io_context loop;
    retraind::testing::scripted_server server(loop, loopback_identity(), always(hello));
    client_options options;
    options.server = {"127.0.0.1", server.port(), true, {}};
    const auto client =
        retraind::http::make_transport(loop.get_executor(), options, retraind::system_clock());
    const auto answer = run_task(loop, client->send(get("/"), {}));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::certificate));
    BOOST_TEST(contains(answer.error().message, "another issuer"));
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_appears_late_is_read_then) {
    const std::string path = authority().file().string() + ".late";
    boost::asio::io_context loop;
    retraind::testing::scripted_server server(loop, loopback_identity(), always(hello));
    client_options options;
    options.server = {"127.0.0.1", server.port(), true, {}};
    options.ca_file = path;
    const auto client =
        retraind::http::make_transport(loop.get_executor(), options, retraind::system_clock());
    const auto before = run_task(loop, client->send(get("/"), {}));
    BOOST_TEST_REQUIRE(!before.has_value());
    BOOST_TEST((before.error().code == errc::certificate));
    BOOST_TEST(contains(before.error().message, path));
    std::filesystem::copy_file(authority().file(), path);
    const auto after = run_task(loop, client->send(get("/"), {}));
    std::filesystem::remove(path);
    BOOST_TEST(after.has_value());
    BOOST_TEST(server.bytes_heard() > 0U);
}

BOOST_AUTO_TEST_CASE(a_peer_that_speaks_no_tls) {
    boost::asio::io_context loop;
    retraind::testing::scripted_server server(
        loop, std::nullopt, [](retraind::testing::scripted_peer& line) -> retraind::task<void> {
            co_await line.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            co_await line.stall();
        });
    client_options options;
    options.server = {"127.0.0.1", server.port(), true, {}};
    const auto client =
        retraind::http::make_transport(loop.get_executor(), options, retraind::system_clock());
    const auto answer = run_task(loop, client->send(get("/"), {}));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::protocol));
    BOOST_TEST(contains(answer.error().message, "TLS handshake"));
}

BOOST_AUTO_TEST_SUITE_END()
