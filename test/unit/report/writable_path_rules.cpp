#include "retraind/report/writable_path_rules.hpp"

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace report;

BOOST_AUTO_TEST_SUITE(writable_path_rules)

BOOST_AUTO_TEST_CASE(the_units_read_the_files_of_one_folder) {
    const auto unit = [](std::string_view file) {
        return unit_of_configuration(file, "/etc/retraind").value_or("none");
    };
    BOOST_TEST(unit("/etc/retraind/retraind.yaml") == "retraind.service");
    BOOST_TEST(unit("/etc/retraind/plant-7.yaml") == "retraind@plant-7.service");
    BOOST_TEST(unit("/etc/retraind/.yaml") == "none");
    BOOST_TEST(unit("/etc/retraind/deep/er.yaml") == "none");
    BOOST_TEST(unit("/etc/retraind/retraind.yml") == "none");
    BOOST_TEST(unit("/etc/retraind-old/retraind.yaml") == "none");
    BOOST_TEST(unit("/home/me/retraind.yaml") == "none");
}

BOOST_AUTO_TEST_CASE(an_entry_covers_itself_and_what_is_below_it) {
    const std::vector<std::string> writable{"-/srv", "+/data/", "/one two"};
    BOOST_TEST(is_writable_for_service("/srv", writable));
    BOOST_TEST(is_writable_for_service("/srv/drop/cat", writable));
    BOOST_TEST(is_writable_for_service("/data/x", writable));
    BOOST_TEST(is_writable_for_service("/one two/x", writable));
    BOOST_TEST(!is_writable_for_service("/srv2/drop", writable));
    BOOST_TEST(!is_writable_for_service("/", writable));
    BOOST_TEST(!is_writable_for_service("/home", writable));
    BOOST_TEST(!is_writable_for_service("/home", {}));
    BOOST_TEST(!is_writable_for_service("/home", {"-", ""}));
    BOOST_TEST(is_writable_for_service("/home", {"/"}));
}

BOOST_AUTO_TEST_CASE(the_command_is_one_line_that_names_unit_and_folder) {
    const std::string command = drop_in_command("/data/drop", "retraind.service");
    BOOST_TEST(command.find('\n') == std::string::npos);
    BOOST_TEST(command.find("/etc/systemd/system/retraind.service.d/folders.conf") !=
               std::string::npos);
    BOOST_TEST(command.find(R"(ReadWritePaths="-/data/drop")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_missing_is_made_before_it_is_opened) {
    const std::string command = making_command("/data/drop", "retraind.service");
    BOOST_TEST(command == "sudo install -d -o retraind -g retraind -m 2770 '/data/drop' && " +
                              drop_in_command("/data/drop", "retraind.service"));
}

std::string output_of(const std::string& line) {
    const std::unique_ptr<FILE, int (*)(FILE*)> shell(::popen(line.c_str(), "r"), &::pclose);
    std::array<char, 512> text{};
    const std::size_t read = std::fread(text.data(), 1, text.size(), shell.get());
    return {text.data(), read};
}

/// What a shell makes of the command's printf.
std::string printed_by(const std::string& command) {
    const std::size_t begin = command.find("printf");
    return output_of(command.substr(begin, command.find(" | ") - begin));
}

BOOST_AUTO_TEST_CASE(names_that_a_shell_or_a_unit_would_misread_come_through) {
    const auto written = [](std::string_view folder) {
        return printed_by(drop_in_command(folder, "retraind.service"));
    };
    BOOST_TEST(written("/data/my drop") == "[Service]\nReadWritePaths=\"-/data/my drop\"\n");
    BOOST_TEST(written("/data/100%") == "[Service]\nReadWritePaths=\"-/data/100%%\"\n");
    BOOST_TEST(written("/data/o'clock") == "[Service]\nReadWritePaths=\"-/data/o'clock\"\n");
    BOOST_TEST(written("/data/$(id)`id`") == "[Service]\nReadWritePaths=\"-/data/$(id)`id`\"\n");
    BOOST_TEST(written("/data/\"a\\b\"") ==
               "[Service]\nReadWritePaths=\"-/data/\\\"a\\\\b\\\"\"\n");
}

BOOST_AUTO_TEST_CASE(a_process_is_in_the_service_that_its_cgroup_names) {
    BOOST_TEST(service_in_cgroups("0::/system.slice/retraind.service\n") == "retraind.service");
    BOOST_TEST(
        service_in_cgroups("0::/system.slice/system-retraind.slice/retraind@a b.service\n") ==
        "retraind@a b.service");
    BOOST_TEST(service_in_cgroups("4:memory:/other.service\n"
                                  "1:name=systemd:/system.slice/retraind.service\n") ==
               "retraind.service");
    BOOST_TEST(service_in_cgroups("0::/../../group/system.slice/retraind.service\n") ==
               "retraind.service");
    BOOST_TEST(service_in_cgroups("0::/system.slice/_cgroup.service\n") == "cgroup.service");
}

BOOST_AUTO_TEST_CASE(a_process_of_a_session_or_a_container_is_in_none) {
    BOOST_TEST(service_in_cgroups("").empty());
    BOOST_TEST(service_in_cgroups("0::/\n").empty());
    BOOST_TEST(service_in_cgroups("0::/user.slice/user-0.slice/session-1.scope\n").empty());
    BOOST_TEST(service_in_cgroups("0::/user.slice/user@1000.service/app.slice/a.scope").empty());
}

BOOST_AUTO_TEST_CASE(the_folder_that_is_made_is_the_one_that_was_named) {
    const std::vector<std::string> folders{"/data/my drop", "/data/o'clock", "/data/$(id)`id`",
                                           "/data/\"a\\b\"", "/data/a\nb"};
    for (const std::string& folder : folders) {
        const std::string command = making_command(folder, "retraind.service");
        BOOST_TEST(command.find('\n') == std::string::npos);
        const std::size_t begin = command.find("2770 ") + 5;
        const std::string word = command.substr(begin, command.find(" && sudo mkdir") - begin);
        // The shell of a person, where dash would not know $'…'.
        const std::string line = "bash -c \"$(cat <<'END'\nprintf %s " + word + "\nEND\n)\"";
        BOOST_TEST(output_of(line) == folder, line);
    }
}

BOOST_AUTO_TEST_CASE(the_command_that_lets_a_folder_be_emptied_is_one_line) {
    BOOST_TEST(emptying_command("/srv/drop box", "retraind") ==
               "sudo setfacl -R -m u:retraind:rwX,d:u:retraind:rwX -- '/srv/drop box'");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
