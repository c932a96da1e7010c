#include "retraind/report/service_unit.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <systemd/sd-id128.h>
#include <unistd.h>

using namespace retraind;

namespace {

/// What is answered to a question for a property; an empty type: an error, as for an unknown one.
struct property_answer {
    std::string type;
    std::vector<std::string> values;
};
using properties = std::map<std::string, property_answer>;

/// Answers one client of the system bus as systemd would, on a thread of its own, until the client
/// has gone.
class speaking_systemd {
public:
    explicit speaking_systemd(properties answers) : answers_(std::move(answers)) {
        const std::string name = "retraind-bus-" + std::to_string(::getpid());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path + 1, name.data(), name.size());
        const auto length = offsetof(sockaddr_un, sun_path) + 1 + name.size();
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what bind takes
        const auto* there = reinterpret_cast<const sockaddr*>(&address);
        BOOST_TEST_REQUIRE(::bind(listener_, there, static_cast<socklen_t>(length)) == 0);
        BOOST_TEST_REQUIRE(::listen(listener_, 1) == 0);
        ::setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:abstract=" + name).c_str(), 1);
        thread_ = std::thread([this] { serve(); });
    }
    ~speaking_systemd() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
        ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
    }
    speaking_systemd(const speaking_systemd&) = delete;
    speaking_systemd& operator=(const speaking_systemd&) = delete;

    /// To be read when it has gone.
    std::shared_ptr<std::string> asked_for = std::make_shared<std::string>();

private:
    void serve() {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (client < 0) {
            return;
        }
        sd_bus* bus = nullptr;
        ::sd_bus_new(&bus);
        ::sd_bus_set_fd(bus, client, client);
        sd_id128_t id{};
        ::sd_id128_randomize(&id);
        ::sd_bus_set_server(bus, 1, id);
        ::sd_bus_add_filter(bus, nullptr, &speaking_systemd::on_message, this);
        ::sd_bus_start(bus);
        constexpr std::uint64_t ten_seconds = 10'000'000;
        int done = 0;
        while (done >= 0) {
            done = ::sd_bus_process(bus, nullptr);
            if (done == 0) {
                done = ::sd_bus_wait(bus, ten_seconds);
            }
        }
        ::sd_bus_unref(bus);
    }

    static int on_message(sd_bus_message* message, void* self, sd_bus_error*) {
        return static_cast<speaking_systemd*>(self)->answer(message);
    }

    int answer(sd_bus_message* message) {
        if (::sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) {
            return 0;
        }
        const std::string member = ::sd_bus_message_get_member(message);
        if (member == "Hello") {
            return ::sd_bus_reply_method_return(message, "s", ":1.1");
        }
        if (member == "LoadUnit") {
            const char* unit = nullptr;
            ::sd_bus_message_read(message, "s", &unit);
            *asked_for = unit;
            return ::sd_bus_reply_method_return(message, "o", "/org/freedesktop/systemd1/unit/x");
        }
        const char* interface = nullptr;
        const char* property = nullptr;
        ::sd_bus_message_read(message, "ss", &interface, &property);
        return answer_property(message, answers_[property]);
    }

    static int answer_property(sd_bus_message* message, const property_answer& found) {
        if (found.type.empty()) {
            return ::sd_bus_reply_method_errorf(message, SD_BUS_ERROR_UNKNOWN_PROPERTY, "no such");
        }
        sd_bus_message* reply = nullptr;
        ::sd_bus_message_new_method_return(message, &reply);
        const std::unique_ptr<sd_bus_message, decltype(&::sd_bus_message_unref)> owned(
            reply, &::sd_bus_message_unref);
        ::sd_bus_message_open_container(reply, 'v', found.type.c_str());
        if (found.type == "s") {
            ::sd_bus_message_append(reply, "s", found.values.at(0).c_str());
        } else {
            append_list(reply, found);
        }
        ::sd_bus_message_close_container(reply);
        return ::sd_bus_send(nullptr, reply, nullptr);
    }

    static void append_list(sd_bus_message* reply, const property_answer& found) {
        const bool pairs = found.type == "a(ss)";
        ::sd_bus_message_open_container(reply, 'a', pairs ? "(ss)" : "s");
        for (std::size_t at = 0; at < found.values.size(); at += pairs ? 2 : 1) {
            if (pairs) {
                ::sd_bus_message_append(reply, "(ss)", found.values[at].c_str(),
                                        found.values[at + 1].c_str());
            } else {
                ::sd_bus_message_append(reply, "s", found.values[at].c_str());
            }
        }
        ::sd_bus_message_close_container(reply);
    }

    properties answers_;
    int listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::thread thread_;
};

properties of_our_unit() {
    return {{"LoadState", {"s", {"loaded"}}},
            {"ProtectSystem", {"s", {"strict"}}},
            {"ReadWritePaths", {"as", {"-/srv", "-/data/drop"}}},
            {"StateDirectory", {"as", {"retraind"}}},
            {"RuntimeDirectory", {"as", {"retraind"}}},
            {"User", {"s", {"retraind"}}},
            {"Group", {"s", {"cameras"}}},
            {"SupplementaryGroups", {"as", {"nas", "video"}}},
            {"LoadCredential", {"a(ss)", {"other", "/x", "training-key", "/etc/key"}}}};
}

/// What is learned of a unit about which systemd says so.
report::unit_facts learned(properties answers) {
    const speaking_systemd systemd(std::move(answers));
    const auto found = report::ask_about_unit("retraind.service");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(*systemd.asked_for == "retraind.service");
    return *found;
}

using texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(service_unit)

BOOST_AUTO_TEST_CASE(systemd_says_where_a_unit_may_write_whom_it_runs_as_and_what_it_is_handed) {
    const report::unit_facts unit = learned(of_our_unit());
    BOOST_TEST(
        (unit.writable == texts{"-/srv", "-/data/drop", "/var/lib/retraind", "/run/retraind"}));
    BOOST_TEST(unit.user == "retraind");
    BOOST_TEST(unit.group == "cameras");
    BOOST_TEST((unit.groups == texts{"nas", "video"}));
    BOOST_TEST(unit.credentials.at("training-key") == "/etc/key");
    BOOST_TEST(unit.credentials.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_an_older_systemd_does_not_know_is_empty) {
    properties older = of_our_unit();
    older.erase("LoadCredential");
    older.erase("SupplementaryGroups");
    older["ProtectSystem"] = {"s", {"full"}};
    const report::unit_facts unit = learned(older);
    BOOST_TEST(unit.writable.empty());
    BOOST_TEST(unit.groups.empty());
    BOOST_TEST(unit.credentials.empty());
    BOOST_TEST(unit.user == "retraind");
}

BOOST_AUTO_TEST_CASE(nothing_is_learned_of_a_unit_that_is_not_installed) {
    properties unknown = of_our_unit();
    unknown["LoadState"] = {"s", {"not-found"}};
    const report::unit_facts unit = learned(unknown);
    BOOST_TEST(unit.user.empty());
    BOOST_TEST(unit.writable.empty());
}

BOOST_AUTO_TEST_CASE(a_machine_without_systemd_is_an_error) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
    BOOST_TEST(!report::ask_about_unit("retraind.service").has_value());
    ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}

BOOST_AUTO_TEST_SUITE_END()
