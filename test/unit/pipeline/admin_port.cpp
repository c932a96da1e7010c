#include "retraind/pipeline/admin_port.hpp"

#include <filesystem>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "recording.hpp"
#include "scratch_folder.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

using boost::asio::ip::tcp;

namespace {

task<http::response> secret_answer(http::request) {
    http::response answer;
    answer.status = 200;
    answer.body = "the numbers";
    co_return answer;
}

/// A port that nobody has, for as long as nobody takes it.
std::uint16_t free_port() {
    boost::asio::io_context loop;
    const tcp::acceptor taken(loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
    return taken.local_endpoint().port();
}

struct fixture {
    fixture() { port_.pause_for({std::chrono::milliseconds(20), std::chrono::milliseconds(20)}); }
    ~fixture() {
        stop.request();
        BOOST_TEST(turn([this] { return ended; }));
    }
    fixture(const fixture&) = delete;
    fixture& operator=(const fixture&) = delete;

    void run(const std::string& token_file) {
        boost::asio::co_spawn(loop, port_.run({"127.0.0.1", number, true}, token_file, stop),
                              [this](const std::exception_ptr& thrown) {
                                  BOOST_TEST(!thrown);
                                  ended = true;
                              });
    }

    /// Turns the loop until `done`; false where that takes too long.
    template <class Done>
    bool turn(Done done) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        loop.restart();
        while (!done() && std::chrono::steady_clock::now() < deadline) {
            loop.run_one_for(std::chrono::milliseconds(50));
        }
        return done();
    }

    task<std::string> talk(std::string fields) {
        tcp::socket peer(loop);
        const tcp::endpoint at(boost::asio::ip::address_v4::loopback(), number);
        co_await peer.async_connect(at, use_tuple);
        const std::string asked = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n";
        co_await boost::asio::async_write(peer, boost::asio::buffer(asked), use_tuple);
        std::string answered;
        auto into = boost::asio::dynamic_buffer(answered);
        co_await boost::asio::async_read(peer, into, use_tuple);
        co_return answered;
    }
    /// The status that a request with these fields gets; 0 while nobody listens.
    int ask(const std::string& fields = "") {
        const std::string answered = run_task(loop, talk(fields));
        return answered.size() < 12 ? 0 : std::stoi(answered.substr(9, 3));
    }
    int ask_with(const std::string& token) {
        return ask("Authorization: Bearer " + token + "\r\n");
    }

    std::string token_file(const std::string& text) {
        std::filesystem::rename(folder.write("token.new", text), folder.at("token"));
        return folder.at("token");
    }

    scratch_folder folder;
    boost::asio::io_context loop{1};
    runtime::stop_signal stop{loop.get_executor()};
    runtime::workers files{loop.get_executor(), 1};
    event_recorder events;
    std::uint16_t number = free_port();
    pipeline::admin_port port_{loop.get_executor(), files, events, secret_answer,
                               [](const std::exception_ptr&) {
                                   BOOST_ERROR("a bug");
                               }};
    bool ended = false;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(admin_port, fixture)

BOOST_AUTO_TEST_CASE(loopback_without_a_token_answers_and_says_where) {
    run("");
    BOOST_TEST(turn([this] { return events.count(event_name::admin_listening) == 1; }));
    BOOST_TEST(events.sentence(event_name::admin_listening).find(std::to_string(number)) !=
               std::string::npos);
    BOOST_TEST(ask() == 200);
    BOOST_TEST(ask("Host: evil.example\r\n") == 403);
}

BOOST_AUTO_TEST_CASE(with_a_token_file_its_token_is_asked_for) {
    run(token_file("first-token\n"));
    BOOST_TEST(turn([this] { return events.count(event_name::admin_listening) == 1; }));
    BOOST_TEST(ask() == 401);
    BOOST_TEST(ask_with("other-token") == 401);
    BOOST_TEST(ask_with("first-token") == 200);
}

BOOST_AUTO_TEST_CASE(a_token_that_changed_is_taken_up_and_one_that_went_stays_in_force) {
    const std::string path = token_file("first-token");
    run(path);
    BOOST_TEST(turn([this] { return events.count(event_name::admin_listening) == 1; }));
    token_file("second-token");
    BOOST_TEST(turn([this] { return ask_with("second-token") == 200; }));
    BOOST_TEST(ask_with("first-token") == 401);
    std::filesystem::remove(path);
    BOOST_TEST(turn([this] { return events.count(event_name::admin_failed) == 1; }));
    BOOST_TEST(ask_with("second-token") == 200);
    BOOST_TEST(ask() == 401);
}

BOOST_AUTO_TEST_CASE(without_its_token_file_nothing_is_answered_until_it_is_there) {
    const std::string path = folder.at("token");
    run(path);
    BOOST_TEST(turn([this] { return events.count(event_name::admin_failed) == 1; }));
    BOOST_TEST(events.sentence(event_name::admin_failed).find("the token file " + path) !=
               std::string::npos);
    BOOST_TEST(ask() == 0);
    token_file("late-token");
    BOOST_TEST(turn([this] { return events.count(event_name::admin_listening) == 1; }));
    BOOST_TEST(ask() == 401);
    BOOST_TEST(ask_with("late-token") == 200);
}

BOOST_AUTO_TEST_CASE(a_token_file_that_everyone_may_read_is_refused_with_its_mend) {
    const std::string path = folder.write("token", "open-token", 0644);
    run(path);
    BOOST_TEST(turn([this] { return events.count(event_name::admin_failed) == 1; }));
    const std::string said = events.sentence(event_name::admin_failed);
    BOOST_TEST(said.find("chmod o-r " + path) != std::string::npos, said);
    BOOST_TEST(said.find("open-token") == std::string::npos);
    BOOST_TEST(ask() == 0);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_said_and_tried_again) {
    {
        const tcp::acceptor taken(loop,
                                  tcp::endpoint(boost::asio::ip::address_v4::loopback(), number));
        run("");
        BOOST_TEST(turn([this] { return events.count(event_name::admin_failed) >= 2; }));
        BOOST_TEST(
            events.sentence(event_name::admin_failed).find(fmt::format("127.0.0.1:{}", number)) !=
            std::string::npos);
    }
    BOOST_TEST(turn([this] { return events.count(event_name::admin_listening) == 1; }));
    BOOST_TEST(ask() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
