#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include "retraind/http/server.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "support/run_task.hpp"

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using retraind::errc;
using retraind::task;
using retraind::use_tuple;
using retraind::http::request;
using retraind::http::response;
using retraind::http::server_limits;
using retraind::testing::run_task;
using http_server = retraind::http::server;

namespace {

task<response> echo(request message) {
    response answer;
    answer.status = 200;
    answer.body = message.method + " " + message.target;
    co_return answer;
}

/// A server on a free port that runs until it goes.
struct running {
    explicit running(server_limits limits = {}, const std::string& address = "127.0.0.1")
        : stop(loop.get_executor()) {
        auto made = http_server::listen_tcp(loop.get_executor(), address, 0, echo, limits);
        BOOST_TEST_REQUIRE(made.has_value(), (made ? "" : made.error().message));
        server = std::move(*made);
        place = server->place();
        const std::string port = place.substr(place.rfind(':') + 1);
        at = tcp::endpoint(boost::asio::ip::make_address(address),
                           static_cast<std::uint16_t>(std::stoul(port)));
        boost::asio::co_spawn(loop, server->run(stop), [this](std::exception_ptr thrown) {
            BOOST_TEST(!thrown);
            ended = true;
        });
    }
    ~running() {
        if (!ended) {
            end();
        }
    }
    running(const running&) = delete;
    running& operator=(const running&) = delete;

    task<std::string> talk(std::string text) {
        tcp::socket peer(loop);
        co_await peer.async_connect(at, use_tuple);
        co_await boost::asio::async_write(peer, boost::asio::buffer(text), use_tuple);
        std::string answered;
        auto into = boost::asio::dynamic_buffer(answered);
        const auto [ec, count] = co_await boost::asio::async_read(peer, into, use_tuple);
        BOOST_TEST((ec == boost::asio::error::eof), ec.message());
        co_return answered;
    }
    std::string ask(std::string text) { return run_task(loop, talk(std::move(text))); }

    void end() {
        stop.request();
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        loop.restart();
        while (!ended && loop.run_one_until(deadline) > 0) {
        }
        BOOST_TEST(ended);
    }

    boost::asio::io_context loop;
    retraind::runtime::stop_signal stop;
    std::unique_ptr<http_server> server;
    std::string place;
    tcp::endpoint at;
    bool ended = false;
};

constexpr const char* question = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

BOOST_AUTO_TEST_SUITE(tcp_server)

BOOST_AUTO_TEST_CASE(a_get_and_a_head) {
    running by;
    BOOST_TEST(by.place.starts_with("127.0.0.1:"));
    BOOST_TEST(by.ask("GET /status HTTP/1.1\r\nHost: x\r\n\r\n") ==
               "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nGET /status");
    BOOST_TEST(by.ask("HEAD /status HTTP/1.1\r\nHost: x\r\n\r\n") ==
               "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\n");
    by.end();
    BOOST_TEST(by.server->place().empty());
}

BOOST_AUTO_TEST_CASE(ipv6_is_named_in_brackets) {
    running by({}, "::1");
    BOOST_TEST(by.place.starts_with("[::1]:"));
    BOOST_TEST(by.ask(question).starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(the_port_is_free_again_at_once) {
    std::uint16_t port = 0;
    {
        running by;
        port = by.at.port();
        BOOST_TEST(by.ask(question).starts_with("HTTP/1.1 200"));
    }
    boost::asio::io_context loop;
    BOOST_TEST(
        http_server::listen_tcp(loop.get_executor(), "127.0.0.1", port, echo, {}).has_value());
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_refused_by_name) {
    running by;
    boost::asio::io_context loop;
    const auto made =
        http_server::listen_tcp(loop.get_executor(), "127.0.0.1", by.at.port(), echo, {});
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST(made.error().message.find(by.place) != std::string::npos, made.error().message);
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused) {
    boost::asio::io_context loop;
    const auto made = http_server::listen_tcp(loop.get_executor(), "example.com", 0, echo, {});
    BOOST_TEST_REQUIRE(!made.has_value());
    BOOST_TEST((made.error().code == errc::invalid));
}

BOOST_AUTO_TEST_CASE(a_head_that_is_too_long_is_told_so_before_the_end) {
    running by;
    // More than was read when the answer went out: a reset would take the answer along.
    const std::string long_head = "GET / HTTP/1.1\r\nX: " + std::string(60'000, 'x') + "\r\n\r\n";
    BOOST_TEST(by.ask(long_head).starts_with("HTTP/1.1 431 "));
    BOOST_TEST(by.ask("POST / HTTP/1.1\r\nContent-Length: 50000\r\n\r\n" + std::string(50'000, 'x'))
                   .starts_with("HTTP/1.1 400 "));
}

BOOST_AUTO_TEST_CASE(a_slow_peer_is_sent_away) {
    running by({.head = 50ms});
    BOOST_TEST(by.ask("GET / HTT").empty());
}

BOOST_AUTO_TEST_CASE(more_peers_than_fit_wait_their_turn_and_all_are_answered) {
    running by({.connections = 2, .head = 100ms});
    tcp::socket silent(by.loop);
    tcp::socket silent_too(by.loop);
    silent.connect(by.at);
    silent_too.connect(by.at);
    const auto begun = std::chrono::steady_clock::now();
    for (int times = 0; times < 5; ++times) {
        BOOST_TEST(by.ask(question).starts_with("HTTP/1.1 200"));
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begun >= 90ms));
}

BOOST_AUTO_TEST_CASE(silent_peers_do_not_hold_up_the_end) {
    running by;
    tcp::socket silent(by.loop);
    silent.connect(by.at);
    BOOST_TEST(by.ask(question).starts_with("HTTP/1.1 200"));
    by.end();
}

BOOST_AUTO_TEST_SUITE_END()
