#include "retraind/http/client_transport.hpp"

#include <boost/test/unit_test.hpp>

#include "fixture.hpp"

using namespace retraind::http::testing;
using namespace std::chrono_literals;
using retraind::errc;
using retraind::error;
using retraind::task;
using retraind::http::phase_limits;
using retraind::testing::scripted_peer;
using retraind::testing::scripted_server;

namespace {

constexpr std::uint64_t large = 8'000'000;
constexpr const char* too_large = "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\n\r\nbig";

std::shared_ptr<made_body> large_body() {
    return std::make_shared<made_body>(large, large, 300'000);
}

/// A script that hears a head and some of the body, and then does what it says.
scripted_server::script after_some(std::function<task<void>(scripted_peer&)> then) {
    return [then = std::move(then)](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.read_body(100'000);
        co_await then(line);
    };
}

scripted_server::script answering(std::string bytes, bool goodbye) {
    return [bytes, goodbye](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.write(bytes);
        if (goodbye) {
            co_await line.close();
        } else {
            line.cut();
        }
    };
}

void expect_error(const retraind::result<retraind::http::response>& answer, errc code,
                  std::string_view words) {
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == code), answer.error().message);
    BOOST_TEST(contains(answer.error().message, words), answer.error().message);
}

} // namespace

BOOST_AUTO_TEST_SUITE(client_failures)

BOOST_AUTO_TEST_CASE(an_early_answer_ends_the_sending) {
    served by(after_some([](scripted_peer& line) -> task<void> {
        co_await line.write(too_large);
        co_await line.stall();
    }));
    const auto body = large_body();
    const auto answer = by.send(post(body));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 413U);
    BOOST_TEST(answer->body == "big");
    BOOST_TEST(body->left() > 0U);
    BOOST_TEST(!by.send(get("/"), {.answer = 50ms}).has_value());
    BOOST_TEST(by.server.connections() == 2U);
}

BOOST_AUTO_TEST_CASE(an_early_answer_before_a_reset_is_heard) {
    served by(after_some([](scripted_peer& line) -> task<void> {
        co_await line.write(too_large);
        line.reset();
    }));
    const auto answer = by.send(post(large_body()));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 413U);
}

BOOST_AUTO_TEST_CASE(an_early_answer_before_a_goodbye_is_heard) {
    served by(after_some([](scripted_peer& line) -> task<void> {
        co_await line.write(too_large);
        co_await line.close();
    }));
    const auto answer = by.send(post(large_body()));
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 413U);
}

BOOST_AUTO_TEST_CASE(a_reset_in_the_middle_of_the_body) {
    served by(after_some([](scripted_peer& line) -> task<void> {
        line.reset();
        co_return;
    }));
    const auto body = large_body();
    const auto answer = by.send(post(body));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::network), answer.error().message);
    BOOST_TEST(body->left() > 0U);
}

BOOST_AUTO_TEST_CASE(a_silent_end_in_the_middle_of_the_body) {
    served by(after_some([](scripted_peer& line) -> task<void> { co_await line.close(); }));
    const auto answer = by.send(post(large_body()));
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::network), answer.error().message);
}

BOOST_AUTO_TEST_CASE(truncated_answers) {
    const char* const cases[] = {"", "HTTP/1.1 200 OK\r\nConte",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello"};
    for (const char* bytes : cases) {
        for (const bool goodbye : {true, false}) {
            BOOST_TEST_CONTEXT("'" << bytes << "', goodbye " << goodbye) {
                served by(answering(bytes, goodbye));
                expect_error(by.send(get("/")), errc::network, "reading the answer");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_answer_until_the_end_needs_the_goodbye) {
    constexpr const char* endless = "HTTP/1.1 200 OK\r\n\r\nhello";
    served polite(answering(endless, true));
    const auto whole = polite.send(get("/"));
    BOOST_TEST_REQUIRE(whole.has_value());
    BOOST_TEST(whole->body == "hello");
    served rude(answering(endless, false));
    expect_error(rude.send(get("/")), errc::network, "reading the answer");
}

BOOST_AUTO_TEST_CASE(answers_beyond_the_limits) {
    phase_limits limits;
    limits.response_bytes = 1000;
    limits.header_bytes = 1000;
    const std::string more(1001, 'x');
    const std::string cases[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n" + more,
        "HTTP/1.1 200 OK\r\n\r\n" + more,
        "HTTP/1.1 200 OK\r\nX: " + more + "\r\n\r\n",
    };
    for (const auto& bytes : cases) {
        BOOST_TEST_CONTEXT(bytes) {
            served by(answering(bytes, true));
            expect_error(by.send(get("/"), limits), errc::protocol, "more than 1000 bytes");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_body_that_fails_is_never_whole_at_the_server) {
    for (const std::uint64_t given : {std::uint64_t{0}, std::uint64_t{1'000'000}, large}) {
        BOOST_TEST_CONTEXT("after " << given) {
            std::size_t got = 0;
            bool ended = false;
            served by([&](scripted_peer& line) -> task<void> {
                co_await line.read_head();
                got = co_await line.read_body(large);
                ended = true;
            });
            const auto body = std::make_shared<made_body>(large, given, 300'000);
            body->failure = error{errc::changed, "cat/1.jpg changed while it was sent"};
            const auto answer = by.send(post(body));
            BOOST_TEST_REQUIRE(!answer.has_value());
            BOOST_TEST((answer.error().code == errc::changed));
            BOOST_TEST(answer.error().message == "cat/1.jpg changed while it was sent");
            const auto deadline = std::chrono::steady_clock::now() + 10s;
            by.loop.restart();
            while (!ended && by.loop.run_one_until(deadline) > 0) {
            }
            BOOST_TEST(ended);
            BOOST_TEST(got < large);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_body_of_another_length_than_said) {
    for (const std::uint64_t given : {large - 1, large + 1, std::uint64_t{0}}) {
        BOOST_TEST_CONTEXT("gives " << given) {
            served by([](scripted_peer& line) -> task<void> {
                co_await line.read_head();
                if (co_await line.read_body(large) == large) {
                    co_await line.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                }
            });
            const auto body = std::make_shared<made_body>(large, given, 300'000);
            expect_error(by.send(post(body)), errc::invalid, "not as long as");
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_listens) {
    served by([](scripted_peer& line) -> task<void> { co_await line.stall(); });
    retraind::http::client_options options;
    options.server = {"127.0.0.1", "1", false, {}};
    const auto client =
        retraind::http::make_transport(by.loop.get_executor(), options, retraind::system_clock());
    expect_error(retraind::testing::run_task(by.loop, client->send(get("/"), {})), errc::network,
                 "connecting to 127.0.0.1:1");
}

BOOST_AUTO_TEST_CASE(a_name_that_there_is_not) {
    boost::asio::io_context loop;
    retraind::http::client_options options;
    options.server = {"nowhere.invalid", "443", true, {}};
    const auto client =
        retraind::http::make_transport(loop.get_executor(), options, retraind::system_clock());
    expect_error(retraind::testing::run_task(loop, client->send(get("/"), {})), errc::network,
                 "resolving nowhere.invalid");
}

BOOST_AUTO_TEST_SUITE_END()
