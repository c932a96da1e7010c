#include "retraind/report/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/test/unit_test.hpp>
#include <unistd.h>

using namespace retraind;

namespace {

/// Listens where systemd would, in the abstract name space, so that nothing is left behind.
struct listening_manager {
    listening_manager() {
        const std::string name = "retraind-test-" + std::to_string(::getpid());
        socket.open();
        socket.bind(boost::asio::local::datagram_protocol::endpoint(std::string(1, '\0') + name));
        socket.non_blocking(true);
        ::setenv("NOTIFY_SOCKET", ("@" + name).c_str(), 1);
    }
    ~listening_manager() { ::unsetenv("NOTIFY_SOCKET"); }

    std::vector<std::string> heard() {
        std::vector<std::string> messages;
        std::array<char, 4096> buffer{};
        boost::system::error_code failed;
        while (true) {
            const std::size_t length = socket.receive(boost::asio::buffer(buffer), 0, failed);
            if (failed) {
                return messages;
            }
            messages.emplace_back(buffer.data(), length);
        }
    }

    boost::asio::io_context loop;
    boost::asio::local::datagram_protocol::socket socket{loop};
};

project_status ready_project(const std::string& name) {
    project_status project;
    project.name = name;
    project.ready = true;
    return project;
}

} // namespace

BOOST_AUTO_TEST_SUITE(service_manager)

BOOST_AUTO_TEST_CASE(systemd_hears_each_state_and_a_status_only_when_it_differs) {
    listening_manager systemd;
    report::service_manager manager;
    manager.extend(std::chrono::seconds(10));
    manager.ready();
    manager.status("a: nothing waits");
    manager.status("a: nothing waits");
    manager.status("a: 1 waiting");
    manager.alive();
    manager.reloading(mono_time(std::chrono::milliseconds(5)));
    manager.stopping();
    const std::vector<std::string> expected{"EXTEND_TIMEOUT_USEC=10000000",
                                            "READY=1",
                                            "STATUS=a: nothing waits",
                                            "STATUS=a: 1 waiting",
                                            "WATCHDOG=1",
                                            "RELOADING=1\nMONOTONIC_USEC=5000",
                                            "STOPPING=1"};
    BOOST_TEST(systemd.heard() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_for_the_process_that_it_names) {
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
    BOOST_TEST((report::service_manager().watchdog_interval() == std::chrono::seconds(30)));
    ::setenv("WATCHDOG_PID", "1", 1);
    BOOST_TEST(!report::service_manager().watchdog_interval());
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
    BOOST_TEST(!report::service_manager().watchdog_interval());
}

BOOST_AUTO_TEST_CASE(the_sentence_says_what_waits_and_what_is_wrong) {
    daemon_status now;
    now.projects.push_back(ready_project("birds"));
    BOOST_TEST(report::status_sentence(now) == "birds: nothing waits");
    now.projects[0].files.waiting = 3;
    now.projects[0].files.held = 1;
    now.projects[0].training.state = "training";
    now.projects.push_back(ready_project("fish"));
    now.projects[1].ready = false;
    now.projects[1].reason = "the key is refused\nSTATUS=fine";
    BOOST_TEST(report::status_sentence(now) ==
               "birds: 3 waiting, 1 held, training; fish is not ready: the key is refused"
               "\\x0aSTATUS=fine");
}

BOOST_AUTO_TEST_SUITE_END()
