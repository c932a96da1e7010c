// What `load` makes of files, and where the daemon of a wrong one is asked.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include "helpers.hpp"

using namespace retraind;
using retraind::testing::variables;

namespace {

class folder_of_test {
public:
    folder_of_test() { BOOST_TEST_REQUIRE(::mkdtemp(name_.data()) != nullptr); }
    ~folder_of_test() {
        std::error_code ignored;
        std::filesystem::remove_all(path(), ignored);
    }
    folder_of_test(const folder_of_test&) = delete;
    folder_of_test& operator=(const folder_of_test&) = delete;

    [[nodiscard]] std::string path() const { return name_.data(); }

private:
    std::array<char, 24> name_{"/tmp/retraind-XXXXXX"};
};

/// A user for whom permissions count, where the test runs as root.
class plain_user {
public:
    plain_user() { BOOST_TEST_REQUIRE((::geteuid() != 0 || ::seteuid(65534) == 0)); }
    ~plain_user() { BOOST_TEST((::getuid() != 0 || ::seteuid(0) == 0)); }
    plain_user(const plain_user&) = delete;
    plain_user& operator=(const plain_user&) = delete;
};

std::string fault_of(const std::string& file) {
    const auto loaded = config::load(file, variables());
    BOOST_TEST_REQUIRE(!loaded.has_value());
    return to_string(loaded.error().front());
}

std::string socket_in(std::string_view yaml, const config::environment& environment = variables()) {
    return config::socket_in(yaml, "/etc/retraind", environment);
}

} // namespace

BOOST_AUTO_TEST_SUITE(loading)

BOOST_AUTO_TEST_CASE(a_missing_file_is_another_fault_than_a_closed_one) {
    const folder_of_test folder;
    const std::string file = folder.path() + "/retraind.yaml";
    const std::string missing = fault_of(file);
    BOOST_TEST(missing.find("cannot be read: No such file or directory; name the configuration "
                            "with -c FILE") != std::string::npos,
               missing);
    std::ofstream(file) << "service: {}";
    std::filesystem::permissions(folder.path(), std::filesystem::perms::none);
    std::string closed;
    {
        const plain_user person;
        closed = fault_of(file);
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
    BOOST_TEST(closed.find("cannot be read: Permission denied; use sudo") != std::string::npos,
               closed);
    BOOST_TEST(closed.find("-c FILE") == std::string::npos, closed);
}

BOOST_AUTO_TEST_CASE(an_empty_file_and_a_folder_are_not_the_same) {
    const folder_of_test folder;
    const std::string file = folder.path() + "/retraind.yaml";
    std::ofstream(file).flush();
    BOOST_TEST(fault_of(file).find("is empty; it needs") != std::string::npos, fault_of(file));
    const std::string said = fault_of(folder.path());
    BOOST_TEST(said.find("cannot be read: Is a directory") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(a_wrong_file_still_says_where_its_daemon_listens) {
    BOOST_TEST(socket_in("admin: {listen: \"unix:/run/x.sock\"}\nlog: {level: x}\n") ==
               "/run/x.sock");
    BOOST_TEST(socket_in("admin: {listen: \"unix:/run/x.sock\"}\nprojects: 5\n") == "/run/x.sock");
    BOOST_TEST(socket_in("state: /data\nservice: {tier: S1}\n") == "/data/admin.sock");
}

BOOST_AUTO_TEST_CASE(where_it_says_nothing_the_default_is_asked) {
    const auto unit = variables({{"RUNTIME_DIRECTORY", "/run/retraind"}});
    for (const char* text : {"", "a: [", "- list\n", "admin: {listen: nowhere}\n", "state: {}\n"}) {
        BOOST_TEST(socket_in(text) == "/var/lib/retraind/admin.sock", text);
        BOOST_TEST(socket_in(text, unit) == "/run/retraind/admin.sock", text);
    }
    BOOST_TEST(config::load_socket("/nowhere/retraind.yaml", unit) == "/run/retraind/admin.sock");
}

BOOST_AUTO_TEST_SUITE_END()
