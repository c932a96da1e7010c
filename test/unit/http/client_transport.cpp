#include "retraind/http/client_transport.hpp"

#include <boost/test/unit_test.hpp>

#include "fixture.hpp"

using namespace retraind::http::testing;
using retraind::errc;
using retraind::task;
using retraind::http::client_options;
using retraind::http::make_connections;
using retraind::http::make_transport;
using retraind::http::request;
using retraind::http::transport;
using retraind::testing::always;
using retraind::testing::run_task;
using retraind::testing::scripted_peer;

namespace {

constexpr std::size_t megabyte = 1'000'000;
constexpr const char* hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
constexpr const char* fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

BOOST_AUTO_TEST_SUITE(client_transport)

BOOST_AUTO_TEST_CASE(a_get_over_tls) {
    std::string head;
    served by([&](scripted_peer& line) -> task<void> {
        head = co_await line.read_head();
        co_await line.write(hello);
    });
    const auto answer = by.send(get("/customvision/v3.3/training/domains?x=1"));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 200U);
    BOOST_TEST(answer->body == "hello");
    BOOST_TEST(head == "GET /customvision/v3.3/training/domains?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" +
                           by.server.port() + "\r\n\r\n");
    BOOST_TEST(by.server.server_names().empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_resolved_verified_and_told_to_the_server) {
    served by(loopback_identity(), always(hello), "localhost");
    const auto answer = by.send(get("/"));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST_REQUIRE(by.server.server_names().size() == 1U);
    BOOST_TEST(by.server.server_names()[0] == "localhost");
}

BOOST_AUTO_TEST_CASE(plain_http_on_loopback) {
    served by(std::nullopt, always(hello));
    const auto answer = by.send(get("/"));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->body == "hello");
}

BOOST_AUTO_TEST_CASE(a_body_of_megabytes_is_streamed_whole) {
    constexpr std::uint64_t size = 8 * megabyte + 3;
    std::string head;
    std::size_t got = 0;
    served by([&](scripted_peer& line) -> task<void> {
        head = co_await line.read_head();
        got = co_await line.read_body(size);
        co_await line.write(fine);
    });
    const auto answer = by.send(post(std::make_shared<made_body>(size, size, 300'000)));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->body == "ok");
    BOOST_TEST(got == size);
    BOOST_TEST(contains(head, "Content-Length: 8000003\r\n"));
    BOOST_TEST(by.server.bytes_heard() == head.size() + size);
}

BOOST_AUTO_TEST_CASE(bodies_of_no_byte_and_of_one) {
    for (const std::uint64_t size : {0U, 1U}) {
        served by([&](scripted_peer& line) -> task<void> {
            const std::string head = co_await line.read_head();
            co_await line.read_body(size);
            co_await line.write(fine);
        });
        const auto answer = by.send(post(std::make_shared<made_body>(size, size, 10)));
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->status == 200U);
    }
}

BOOST_AUTO_TEST_CASE(connections_are_kept) {
    served by([](scripted_peer& line) -> task<void> {
        for (;;) {
            const std::string head = co_await line.read_head();
            if (head.empty()) {
                co_return;
            }
            if (head.starts_with("POST")) {
                co_await line.read_body(100);
            }
            co_await line.write(fine);
        }
    });
    for (int count = 0; count < 3; ++count) {
        BOOST_TEST(by.send(get("/")).has_value());
        BOOST_TEST(by.send(post(std::make_shared<made_body>(100, 100, 7))).has_value());
    }
    BOOST_TEST(by.server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(transports_that_share_connections_are_given_up_one_by_one) {
    served by([](scripted_peer& line) -> task<void> {
        while (!(co_await line.read_head()).empty()) {
            co_await line.write(fine);
        }
    });
    client_options options;
    options.server = {"127.0.0.1", by.server.port(), true, {}};
    options.ca_file = authority().file().string();
    const auto kept =
        make_connections(by.loop.get_executor(), std::move(options), retraind::system_clock());
    const auto left = make_transport(kept);
    const auto right = make_transport(kept);
    const auto answered = [&](transport& over) {
        return run_task(by.loop, over.send(get("/"), {})).has_value();
    };
    BOOST_TEST(answered(*left));
    BOOST_TEST(answered(*right));
    BOOST_TEST(by.server.connections() == 1U);
    left->abort();
    BOOST_TEST(!answered(*left));
    BOOST_TEST(answered(*right));
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_ends_is_not_used_again) {
    served by(always("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    BOOST_TEST(by.send(get("/")).has_value());
    BOOST_TEST(by.send(get("/")).has_value());
    BOOST_TEST(by.server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_died_is_noticed_before_it_is_used) {
    served by([](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.write(fine);
        line.reset();
    });
    BOOST_TEST(by.send(get("/")).has_value());
    BOOST_TEST(by.send(post(std::make_shared<made_body>(0, 0, 1))).has_value());
    BOOST_TEST(by.server.connections() == 2U);
}

/// The server ends a kept connection at the moment it is used: on the second request.
const auto dies_on_second = [](scripted_peer& line) -> task<void> {
    co_await line.read_head();
    co_await line.write(fine);
    co_await line.read_head();
    line.reset();
};

BOOST_AUTO_TEST_CASE(a_get_that_met_a_dying_connection_goes_out_once_more) {
    served by(dies_on_second);
    BOOST_TEST(by.send(get("/")).has_value());
    BOOST_TEST(by.send(get("/")).has_value());
    BOOST_TEST(by.server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(a_post_that_met_a_dying_connection_is_not_repeated) {
    served by(dies_on_second);
    BOOST_TEST(by.send(get("/")).has_value());
    const auto answer = by.send(post(nullptr));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::network));
    BOOST_TEST(by.server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(a_get_on_a_new_connection_is_not_repeated) {
    served by([](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        line.reset();
    });
    BOOST_TEST(!by.send(get("/")).has_value());
    BOOST_TEST(by.server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(interim_answers_are_skipped) {
    served by([](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.write("HTTP/1.1 100 Continue\r\n\r\n");
        co_await line.read_body(1000);
        co_await line.write("HTTP/1.1 102 Processing\r\n\r\n");
        co_await line.write(fine);
        co_await line.stall();
    });
    const auto answer = by.send(post(std::make_shared<made_body>(1000, 1000, 100)));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 200U);
}

BOOST_AUTO_TEST_CASE(a_request_that_cannot_be_sent_opens_no_connection) {
    served by(always(hello));
    const auto answer = by.send(get("/a b"));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::invalid));
    BOOST_TEST(by.server.connections() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
