#include "retraind/http/client_transport.hpp"

#include <list>

#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include "fixture.hpp"

using namespace retraind::http::testing;
using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using retraind::errc;
using retraind::task;
using retraind::http::client_options;
using retraind::http::make_transport;
using retraind::http::phase_limits;
using retraind::testing::run_task;
using retraind::testing::scripted_peer;

namespace {

constexpr auto soon = 50ms;
constexpr std::uint64_t large = 64'000'000;

void expect_error(const retraind::result<retraind::http::response>& answer, errc code,
                  std::string_view words) {
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == code), answer.error().message);
    BOOST_TEST(contains(answer.error().message, words), answer.error().message);
}

task<void> stall(scripted_peer& line) {
    co_await line.stall();
}

task<void> hear_and_stall(scripted_peer& line) {
    co_await line.read_head();
    co_await line.stall();
}

/// A listener whose queue is full: whoever comes next gets no answer at all.
class full_listener {
public:
    explicit full_listener(boost::asio::io_context& loop) : acceptor_(loop, tcp::v4()) {
        acceptor_.bind(tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
        acceptor_.listen(0);
        constexpr int more_than_fit = 4;
        for (int count = 0; count < more_than_fit; ++count) {
            guests_.emplace_back(loop).async_connect(acceptor_.local_endpoint(),
                                                     [](boost::system::error_code) {});
        }
    }

    std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }

private:
    tcp::acceptor acceptor_;
    std::list<tcp::socket> guests_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(client_deadlines)

BOOST_AUTO_TEST_CASE(resolving) {
    phase_limits limits;
    limits.resolve = 0ms;
    // The look-up may still be the faster one, now and then.
    for (int tries = 0; tries < 100; ++tries) {
        served by(loopback_identity(), hear_and_stall, "localhost");
        limits.answer = soon;
        const auto answer = by.send(get("/"), limits);
        BOOST_TEST_REQUIRE(!answer.has_value());
        if (contains(answer.error().message, "resolving localhost")) {
            BOOST_TEST((answer.error().code == errc::timed_out));
            return;
        }
    }
    BOOST_TEST(false, "the look-up never ran out of its time");
}

BOOST_AUTO_TEST_CASE(connecting) {
    boost::asio::io_context loop;
    const full_listener nobody(loop);
    client_options options;
    options.server = {"127.0.0.1", nobody.port(), true, {}};
    const auto client = make_transport(loop.get_executor(), options, retraind::system_clock());
    phase_limits limits;
    limits.connect = soon;
    expect_error(run_task(loop, client->send(get("/"), limits)), errc::timed_out,
                 "connecting to 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(shaking_hands) {
    served by(std::nullopt, stall);
    client_options options;
    options.server = {"127.0.0.1", by.server.port(), true, {}};
    by.client = make_transport(by.loop.get_executor(), options, retraind::system_clock());
    phase_limits limits;
    limits.handshake = soon;
    expect_error(by.send(get("/"), limits), errc::timed_out, "TLS handshake");
}

BOOST_AUTO_TEST_CASE(sending) {
    for (const bool tls : {true, false}) {
        std::optional<retraind::testing::tls_identity> identity;
        if (tls) {
            identity = loopback_identity();
        }
        served by(identity, hear_and_stall);
        phase_limits limits;
        limits.write_piece = soon;
        expect_error(by.send(post(std::make_shared<made_body>(large, large, 300'000)), limits),
                     errc::timed_out, "sending the request");
    }
}

BOOST_AUTO_TEST_CASE(waiting_for_the_answer) {
    served by(hear_and_stall);
    phase_limits limits;
    limits.answer = soon;
    expect_error(by.send(get("/"), limits), errc::timed_out, "waiting for the answer");
}

BOOST_AUTO_TEST_CASE(an_interim_answer_does_not_renew_the_wait) {
    served by([](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.write("HTTP/1.1 100 Continue\r\n\r\n");
        co_await line.stall();
    });
    phase_limits limits;
    limits.answer = soon;
    expect_error(by.send(get("/"), limits), errc::timed_out, "waiting for the answer");
}

BOOST_AUTO_TEST_CASE(reading_the_answer) {
    const char* const cases[] = {"HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhe"};
    for (const char* bytes : cases) {
        served by([&](scripted_peer& line) -> task<void> {
            co_await line.read_head();
            co_await line.write(bytes);
            co_await line.stall();
        });
        phase_limits limits;
        limits.read_piece = soon;
        expect_error(by.send(get("/"), limits), errc::timed_out, "reading the answer");
    }
}

BOOST_AUTO_TEST_CASE(a_kept_connection_has_no_old_deadline) {
    served by(retraind::testing::always("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    phase_limits limits;
    limits.handshake = limits.write_piece = limits.read_piece = limits.answer = 500ms;
    BOOST_TEST(by.send(get("/"), limits).has_value());
    by.loop.restart();
    by.loop.run_for(600ms);
    BOOST_TEST(by.send(get("/"), limits).has_value());
    BOOST_TEST(by.server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(giving_up_while_the_answer_is_waited_for) {
    served* self = nullptr;
    served by([&](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        self->client->abort();
        co_await line.stall();
    });
    self = &by;
    expect_error(by.send(get("/")), errc::cancelled, "given up");
    expect_error(by.send(get("/")), errc::cancelled, "given up");
    BOOST_TEST(by.server.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(giving_up_while_the_body_goes_out) {
    served* self = nullptr;
    served by([&](scripted_peer& line) -> task<void> {
        co_await line.read_head();
        co_await line.read_body(100'000);
        self->client->abort();
        co_await line.stall();
    });
    self = &by;
    const auto body = std::make_shared<made_body>(large, large, 300'000);
    expect_error(by.send(post(body)), errc::cancelled, "given up");
    BOOST_TEST(body->left() > 0U);
}

BOOST_AUTO_TEST_CASE(giving_up_while_hands_are_shaken) {
    served* self = nullptr;
    served by(std::nullopt, [&](scripted_peer& line) -> task<void> {
        co_await line.read_body(1);
        self->client->abort();
        co_await line.stall();
    });
    self = &by;
    client_options options;
    options.server = {"127.0.0.1", by.server.port(), true, {}};
    by.client = make_transport(by.loop.get_executor(), options, retraind::system_clock());
    expect_error(by.send(get("/")), errc::cancelled, "TLS handshake");
}

BOOST_AUTO_TEST_CASE(giving_up_while_connecting) {
    boost::asio::io_context loop;
    const full_listener nobody(loop);
    client_options options;
    options.server = {"127.0.0.1", nobody.port(), true, {}};
    const auto client = make_transport(loop.get_executor(), options, retraind::system_clock());
    boost::asio::steady_timer later(loop, soon);
    later.async_wait([&](boost::system::error_code) { client->abort(); });
    expect_error(run_task(loop, client->send(get("/"), {})), errc::cancelled, "connecting to");
}

BOOST_AUTO_TEST_SUITE_END()
