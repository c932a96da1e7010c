#include "retraind/pipeline/service_session.hpp"

#include <csignal>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>

#include "recording.hpp"
#include "retraind/runtime/notifier.hpp"
#include "scratch_folder.hpp"

namespace retraind::testing {
namespace {

/// Answers every call with `body`, or none until it is aborted.
class stubborn_transport final : public http::transport {
public:
    stubborn_transport(const boost::asio::any_io_executor& loop, bool silent)
        : changed_(loop), silent_(silent) {}

    task<result<http::response>> send(http::request message, http::phase_limits) override {
        sent.push_back(std::move(message));
        if (silent_) {
            std::raise(SIGINT); // what a person at a hanging command does
        }
        while (silent_ && !aborted_) {
            co_await changed_.wait_until(std::chrono::steady_clock::now() +
                                         std::chrono::seconds(1));
        }
        if (aborted_) {
            co_return fail(errc::cancelled, "the exchange was given up");
        }
        http::response answer;
        answer.status = 200;
        answer.body = "[]";
        co_return answer;
    }
    void abort() override {
        aborted_ = true;
        changed_.notify();
    }

    std::vector<http::request> sent;

private:
    runtime::notifier changed_;
    bool silent_;
    bool aborted_ = false;
};

struct session_fixture {
    scratch_folder folder;
    variable_guard no_credentials{"CREDENTIALS_DIRECTORY", nullptr};
    event_recorder events;
    config::service_block service;
    stubborn_transport* wire = nullptr;

    session_fixture() { service.key.file = folder.write("key", "0123456789abcdef"); }

    [[nodiscard]] pipeline::transport_maker maker(bool silent) {
        return [this, silent](const boost::asio::any_io_executor& loop) {
            auto made = std::make_unique<stubborn_transport>(loop, silent);
            wire = made.get();
            return made;
        };
    }
};

task<int> seven() {
    co_return 7;
}

task<int> broken() {
    throw std::runtime_error("a bug");
    co_return 0;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(service_session, session_fixture)

BOOST_AUTO_TEST_CASE(runs_one_coroutine_after_another_to_its_end) {
    pipeline::service_session session(service, events, maker(false));
    BOOST_TEST(session.run(seven()) == 7);
    BOOST_TEST(session.run(seven()) == 7);
    BOOST_TEST(!session.interrupted());
    BOOST_CHECK_THROW(static_cast<void>(session.run(broken())), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(asks_with_the_key_and_for_json) {
    pipeline::service_session session(service, events, maker(false));
    BOOST_TEST_REQUIRE(session.open().has_value());
    BOOST_TEST(session.run(session.client().get_projects()).has_value());
    BOOST_TEST_REQUIRE(wire->sent.size() == 1U);
    BOOST_TEST(wire->sent[0].fields.at(0).value == "0123456789abcdef");
    BOOST_TEST(wire->sent[0].fields.at(1).value == "application/json");
    BOOST_TEST(wire->sent[0].target == "/customvision/v3.3/training/projects");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_there_is_said_and_nothing_is_sent) {
    service.key.file = folder.at("nowhere");
    pipeline::service_session session(service, events, maker(false));
    const auto opened = session.open();
    BOOST_TEST_REQUIRE(!opened.has_value());
    BOOST_TEST(opened.error().message.find("nowhere") != std::string::npos);
    const auto asked = session.run(session.client().get_projects());
    BOOST_TEST((asked.error().meaning == customvision::verdict::unauthorised));
    BOOST_TEST(wire->sent.empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_was_read_before_is_not_read_again) {
    service.key.file = folder.at("nowhere");
    pipeline::service_session session(service, events, maker(false));
    session.take(secret("fedcba9876543210"));
    BOOST_TEST_REQUIRE(session.open().has_value());
    BOOST_TEST(session.run(session.client().get_projects()).has_value());
    BOOST_TEST(wire->sent.at(0).fields.at(0).value == "fedcba9876543210");
}

BOOST_AUTO_TEST_CASE(an_interrupt_ends_what_hangs) {
    pipeline::service_session session(service, events, maker(true));
    BOOST_TEST_REQUIRE(session.open().has_value());
    const auto asked = session.run(session.client().get_projects());
    BOOST_TEST_REQUIRE(!asked.has_value());
    BOOST_TEST((asked.error().meaning == customvision::verdict::abandoned));
    BOOST_TEST(session.interrupted());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
