// The daemon as systemd sees it.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/test/unit_test.hpp>

#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

/// Stands where systemd would: $NOTIFY_SOCKET, and a watchdog of three seconds.
class service_listener {
public:
    explicit service_listener(const std::filesystem::path& folder) {
        const std::string path = (folder / "notify").string();
        socket_.open();
        socket_.bind(boost::asio::local::datagram_protocol::endpoint(path));
        socket_.non_blocking(true);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
        ::setenv("WATCHDOG_USEC", "3000000", 1);
    }
    ~service_listener() {
        ::unsetenv("NOTIFY_SOCKET");
        ::unsetenv("WATCHDOG_USEC");
    }

    bool heard(const std::string& message) {
        std::array<char, 4096> buffer{};
        boost::system::error_code failed;
        while (true) {
            const std::size_t length = socket_.receive(boost::asio::buffer(buffer), 0, failed);
            if (failed) {
                return all_.contains(message);
            }
            const std::string text(buffer.data(), length);
            all_.insert(text);
            beats_ += text == "WATCHDOG=1" ? 1 : 0;
        }
    }
    /// Something that begins so.
    bool heard_about(const std::string& beginning) {
        static_cast<void>(heard(""));
        return std::any_of(all_.begin(), all_.end(),
                           [&](const std::string& each) { return each.starts_with(beginning); });
    }
    /// Forgets what was heard.
    void listen_anew() {
        static_cast<void>(heard(""));
        all_.clear();
    }
    int beats() {
        static_cast<void>(heard(""));
        return beats_;
    }

private:
    boost::asio::io_context loop_;
    boost::asio::local::datagram_protocol::socket socket_{loop_};
    std::set<std::string> all_;
    int beats_ = 0;
};

} // namespace

BOOST_AUTO_TEST_SUITE(service)

BOOST_AUTO_TEST_CASE(systemd_hears_ready_status_watchdog_and_stopping) {
    stage world;
    service_listener systemd(world.folder());
    const auto daemon = world.start("daemon");
    BOOST_TEST(eventually([&] { return systemd.heard("READY=1"); }), daemon->log());
    BOOST_TEST(systemd.heard("STATUS=opening the ledger"));
    BOOST_TEST(systemd.heard("EXTEND_TIMEOUT_USEC=60000000"));
    BOOST_TEST(eventually([&] { return systemd.heard("STATUS=shapes: nothing waits"); }),
               daemon->log());
    const int beats = systemd.beats();
    BOOST_TEST(eventually([&] { return systemd.beats() >= beats + 3; }), daemon->log());
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(std::chrono::seconds(30)).value_or(-1) == 0, daemon->log());
    BOOST_TEST(systemd.heard("STOPPING=1"));
}

BOOST_AUTO_TEST_CASE(systemd_hears_of_a_reload) {
    stage world;
    service_listener systemd(world.folder());
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return systemd.heard("STATUS=shapes: nothing waits"); }),
                       daemon->log());
    for (const bool good : {true, false}) {
        systemd.listen_anew();
        write_file(world.configuration(), read_file(world.configuration()) +
                                              (good ? "# another comment\n" : "nonsense: 1\n"));
        daemon->signal(SIGHUP);
        BOOST_TEST(eventually([&] { return systemd.heard_about("RELOADING=1\nMONOTONIC_USEC="); }),
                   daemon->log());
        BOOST_TEST(eventually([&] { return systemd.heard("READY=1"); }), daemon->log());
        BOOST_TEST(systemd.heard("STATUS=taking over the configuration"));
        BOOST_TEST(eventually([&] { return systemd.heard("STATUS=shapes: nothing waits"); }),
                   daemon->log());
    }
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(std::chrono::seconds(30)).value_or(-1) == 0, daemon->log());
}

BOOST_AUTO_TEST_SUITE_END()
