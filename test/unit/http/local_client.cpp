#include "retraind/http/local_client.hpp"

#include <filesystem>
#include <fstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include "retraind/http/server.hpp"
#include "support/run_task.hpp"

using namespace std::chrono_literals;
using boost::asio::local::stream_protocol;
using retraind::errc;
using retraind::result;
using retraind::task;
using retraind::use_tuple;
using retraind::http::ask_local;
using retraind::http::phase_limits;
using retraind::http::request;
using retraind::http::response;
using retraind::testing::run_task;

namespace {

struct world {
    world() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "retraind-client-XXXXXX").string();
        BOOST_TEST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        path = (folder / "admin.sock").string();
    }
    ~world() {
        stop.request();
        loop.restart();
        loop.run_for(1s);
        std::filesystem::remove_all(folder);
    }
    world(const world&) = delete;
    world& operator=(const world&) = delete;

    result<response> ask(phase_limits limits = {}) { return ask_at(path, limits); }
    result<response> ask_at(const std::string& where, phase_limits limits = {}) {
        request asked;
        asked.method = "GET";
        asked.target = "/status";
        return run_task(loop, ask_local(where, asked, limits, stop));
    }
    void check_error(errc code) {
        const auto answer = ask();
        BOOST_TEST_REQUIRE(!answer.has_value());
        BOOST_TEST((answer.error().code == code), answer.error().message);
    }
    /// A stranger that says `text` to the first who comes, and nothing more.
    void say_once(std::string text) {
        boost::asio::co_spawn(
            loop,
            [](stream_protocol::acceptor& door, std::string words) -> task<> {
                auto [ec, peer] = co_await door.async_accept(use_tuple);
                co_await boost::asio::async_write(peer, boost::asio::buffer(words), use_tuple);
            }(listener.emplace(loop, stream_protocol::endpoint(path)), std::move(text)),
            [](const std::exception_ptr& thrown) { BOOST_TEST(!thrown); });
    }

    std::filesystem::path folder;
    std::string path;
    boost::asio::io_context loop;
    retraind::runtime::stop_signal stop{loop.get_executor()};
    std::optional<stream_protocol::acceptor> listener;
};

task<response> echo(request message) {
    response answer;
    answer.status = 200;
    answer.body = message.method + " " + message.target;
    co_return answer;
}

} // namespace

BOOST_AUTO_TEST_SUITE(local_client)

BOOST_FIXTURE_TEST_CASE(the_server_s_answer_comes_back, world) {
    auto server = retraind::http::server::listen(loop.get_executor(), path, echo, {});
    BOOST_TEST_REQUIRE(server.has_value());
    boost::asio::co_spawn(loop, (*server)->run(stop),
                          [](const std::exception_ptr& thrown) { BOOST_TEST(!thrown); });
    const auto answer = ask();
    BOOST_TEST_REQUIRE(answer.has_value(), answer.error().message);
    BOOST_TEST(answer->status == 200U);
    BOOST_TEST(answer->body == "GET /status");
    stop.request();
    loop.restart();
    loop.run_for(5s);
}

BOOST_FIXTURE_TEST_CASE(no_socket_is_not_found, world) {
    check_error(errc::not_found);
}

BOOST_FIXTURE_TEST_CASE(a_socket_that_was_left_behind_is_refused, world) {
    { const stream_protocol::acceptor gone(loop, stream_protocol::endpoint(path)); }
    check_error(errc::refused);
}

BOOST_FIXTURE_TEST_CASE(a_plain_file_is_refused, world) {
    std::ofstream(path) << "x";
    check_error(errc::refused);
}

BOOST_FIXTURE_TEST_CASE(a_path_that_no_socket_has_is_invalid, world) {
    for (const std::string& where : {std::string(), std::string(108, 'a')}) {
        const auto answer = ask_at(where);
        BOOST_TEST_REQUIRE(!answer.has_value());
        BOOST_TEST((answer.error().code == errc::invalid));
    }
}

BOOST_FIXTURE_TEST_CASE(a_listener_that_is_silent_times_out, world) {
    listener.emplace(loop, stream_protocol::endpoint(path));
    phase_limits limits;
    limits.answer = 50ms;
    const auto answer = ask(limits);
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::timed_out), answer.error().message);
}

BOOST_FIXTURE_TEST_CASE(a_stranger_s_words_are_a_protocol_error, world) {
    say_once("220 mail.example.com ESMTP\r\n\r\n");
    check_error(errc::protocol);
}

BOOST_FIXTURE_TEST_CASE(an_answer_that_ends_early_is_an_error, world) {
    say_once("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive!");
    check_error(errc::network);
}

BOOST_AUTO_TEST_SUITE_END()
