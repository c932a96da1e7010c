#include "retraind/http/server.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "retraind/runtime/stop_signal.hpp"
#include "support/run_task.hpp"

using namespace std::chrono_literals;
using boost::asio::local::stream_protocol;
using retraind::errc;
using retraind::task;
using retraind::use_tuple;
using retraind::http::request;
using retraind::http::response;
using retraind::http::server_limits;
using retraind::testing::run_task;
using http_server = retraind::http::server;

namespace {

struct folder {
    folder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "retraind-server-XXXXXX").string();
        BOOST_TEST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~folder() { std::filesystem::remove_all(path); }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;
    std::filesystem::path path;
};

task<response> echo(request message) {
    if (message.target == "/throw") {
        throw std::runtime_error("no");
    }
    response answer;
    answer.status = 200;
    answer.body = message.method + " " + message.target;
    co_return answer;
}

/// A server that runs until it goes.
struct running {
    explicit running(server_limits limits = {})
        : path((dir.path / "admin.sock").string()), stop(loop.get_executor()) {
        auto made = http_server::listen(loop.get_executor(), path, echo, limits);
        BOOST_TEST_REQUIRE(made.has_value());
        server = std::move(*made);
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
        stream_protocol::socket peer(loop);
        co_await peer.async_connect(stream_protocol::endpoint(path), use_tuple);
        co_await boost::asio::async_write(peer, boost::asio::buffer(text), use_tuple);
        std::string reply;
        auto into = boost::asio::dynamic_buffer(reply);
        co_await boost::asio::async_read(peer, into, use_tuple);
        co_return reply;
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

    folder dir;
    std::string path;
    boost::asio::io_context loop;
    retraind::runtime::stop_signal stop;
    std::unique_ptr<http_server> server;
    bool ended = false;
};

mode_t mode_of(const std::string& path) {
    struct stat found {};
    BOOST_TEST_REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777U;
}

/// The error of a server that wants to listen at `path`.
retraind::error refusal_at(const std::string& path) {
    boost::asio::io_context loop;
    const auto made = http_server::listen(loop.get_executor(), path, echo, {});
    BOOST_TEST_REQUIRE(!made.has_value());
    return made.error();
}

} // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(a_get_and_a_head) {
    running by;
    BOOST_TEST(by.ask("GET /status HTTP/1.1\r\nHost: x\r\n\r\n") ==
               "HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\nGET /status");
    BOOST_TEST(by.ask("HEAD /status HTTP/1.1\r\nHost: x\r\n\r\n") ==
               "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\n");
    by.end();
}

BOOST_AUTO_TEST_CASE(what_is_no_request_is_told_so) {
    running by;
    const struct {
        std::string bytes;
        std::string status;
    } cases[] = {
        {"hello\r\n\r\n", "HTTP/1.1 400 "},
        {"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 400 "},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n", "HTTP/1.1 431 "},
        {"GET /throw HTTP/1.1\r\n\r\n", "HTTP/1.1 500 "}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.bytes.substr(0, 40)) {
            BOOST_TEST(by.ask(each.bytes).starts_with(each.status));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_socket_is_for_owner_and_group_and_goes_with_the_server) {
    running by;
    BOOST_TEST(mode_of(by.path) == 0660U);
    by.end();
    BOOST_TEST(!std::filesystem::exists(by.path));
}

BOOST_AUTO_TEST_CASE(a_socket_that_its_server_left_behind_is_replaced) {
    running by;
    const std::string stale = (by.dir.path / "stale.sock").string();
    { stream_protocol::acceptor gone(by.loop, stream_protocol::endpoint(stale)); }
    BOOST_TEST_REQUIRE(std::filesystem::exists(stale));
    const auto made = http_server::listen(by.loop.get_executor(), stale, echo, {});
    BOOST_TEST(made.has_value());
}

BOOST_AUTO_TEST_CASE(a_socket_that_is_listened_on_is_left_alone) {
    running by;
    const auto refused = refusal_at(by.path);
    BOOST_TEST((refused.code == errc::refused), refused.message);
    BOOST_TEST(by.ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_socket_is_left_alone) {
    const folder dir;
    const std::string path = (dir.path / "precious").string();
    std::ofstream(path) << "text";
    BOOST_TEST((refusal_at(path).code == errc::invalid));
    BOOST_TEST(std::filesystem::file_size(path) == 4U);
}

BOOST_AUTO_TEST_CASE(paths_that_cannot_be) {
    BOOST_TEST((refusal_at("").code == errc::invalid));
    BOOST_TEST((refusal_at("/tmp/" + std::string(120, 'x')).code == errc::invalid));
    const folder dir;
    BOOST_TEST((refusal_at((dir.path / "none" / "a.sock").string()).code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(the_successors_socket_is_not_taken_away) {
    running by;
    std::filesystem::remove(by.path);
    const stream_protocol::acceptor successor(by.loop, stream_protocol::endpoint(by.path));
    by.end();
    BOOST_TEST(std::filesystem::exists(by.path));
}

BOOST_AUTO_TEST_CASE(a_silent_peer_is_sent_away) {
    running by({.head = 50ms});
    BOOST_TEST(by.ask("GET / HTT").empty());
}

BOOST_AUTO_TEST_CASE(a_silent_peer_does_not_hold_up_the_end) {
    running by;
    stream_protocol::socket silent(by.loop);
    silent.connect(stream_protocol::endpoint(by.path));
    BOOST_TEST(by.ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200"));
    by.end();
}

BOOST_AUTO_TEST_CASE(more_peers_than_fit_wait_their_turn) {
    running by({.connections = 1, .head = 100ms});
    stream_protocol::socket silent(by.loop);
    silent.connect(stream_protocol::endpoint(by.path));
    const auto begun = std::chrono::steady_clock::now();
    BOOST_TEST(by.ask("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200"));
    BOOST_TEST((std::chrono::steady_clock::now() - begun >= 90ms));
}

BOOST_AUTO_TEST_SUITE_END()
