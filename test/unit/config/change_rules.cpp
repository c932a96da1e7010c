#include "retraind/config/change_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "helpers.hpp"

using namespace retraind::testing;
using retraind::config::changes;
using retraind::config::configuration;
using retraind::config::key_change;

namespace {

configuration good(const std::string& yaml) {
    const auto parsed = parse(yaml);
    BOOST_TEST_REQUIRE(parsed.has_value(), messages(yaml));
    return *parsed;
}

changes between(const std::string& before, const std::string& after) {
    return retraind::config::compare(good(before), good(after));
}

constexpr const char* service = "service: {endpoint: \"https://x.example\"}\n";

/// A file with these projects, each a block in flow style.
std::string with_projects(const std::vector<std::string>& blocks, const std::string& more = "") {
    std::string text = service + more + "projects:\n";
    for (const std::string& block : blocks) {
        text += "- {" + block + "}\n";
    }
    return text;
}

std::string told(const changes& all) {
    std::string text;
    for (const key_change& each : all.keys) {
        text += each.project + "|" + each.key + "|" + to_string(each) + "\n";
    }
    return text;
}

const std::string cats = "name: cats, watch: [{path: /cats, settle: 2s}]";
const std::string dogs = "name: dogs, watch: [{path: /dogs}]";

} // namespace

BOOST_AUTO_TEST_SUITE(change_rules)

BOOST_AUTO_TEST_CASE(the_same_file_changes_nothing) {
    const changes all = between(with_projects({cats, dogs}), with_projects({cats, dogs}));
    BOOST_TEST(told(all) == "");
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{0, 1}));
    BOOST_TEST(!(all.service || all.admin || all.log));
    BOOST_TEST(all.refusals.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_key_ends_its_project_alone) {
    const changes all =
        between(with_projects({cats, dogs}),
                with_projects({"name: cats, watch: [{path: /cats, settle: 5s}]", dogs}));
    BOOST_TEST(told(all) == "cats|projects[0].watch[0].settle|2s → 5s\n");
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{std::nullopt, 1}));
}

BOOST_AUTO_TEST_CASE(projects_are_found_by_their_names_wherever_they_stand) {
    const changes all = between(with_projects({cats, dogs}), with_projects({dogs, cats}));
    BOOST_TEST(told(all) == "");
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{1, 0}));
}

BOOST_AUTO_TEST_CASE(a_new_project_begins_and_one_that_is_gone_ends) {
    const changes all = between(with_projects({cats}), with_projects({dogs}));
    BOOST_TEST(told(all) == "dogs|projects[0].name|its default → dogs\n"
                            "dogs|projects[0].watch[0].path|its default → /dogs\n"
                            "cats|projects[0].name|cats → its default\n"
                            "cats|projects[0].watch[0].path|/cats → its default\n"
                            "cats|projects[0].watch[0].settle|2s → its default\n");
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{std::nullopt}));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_new_or_gone_is_told_so) {
    const changes all = between(with_projects({cats}),
                                with_projects({"name: cats, create: {}, watch: [{path: /cats}]"}));
    BOOST_TEST(told(all) == "cats|projects[0].create|its default → {}\n"
                            "cats|projects[0].watch[0].settle|2s → its default\n");
}

BOOST_AUTO_TEST_CASE(lists_are_one_value_and_more_folders_are_more_keys) {
    const changes all = between(
        with_projects({dogs}),
        with_projects(
            {R"(name: dogs, watch: [{path: /dogs, include: ["*.jpg", "*.gif"]}, {path: /more}])"}));
    BOOST_TEST(told(all) == "dogs|projects[0].watch[0].include|its default → [*.jpg, *.gif]\n"
                            "dogs|projects[0].watch[1].path|its default → /more\n");
}

BOOST_AUTO_TEST_CASE(a_changed_service_ends_every_project) {
    const changes all =
        between(with_service("tier: S0"), with_service("tier: F0, requests_per_second: 1"));
    BOOST_TEST(told(all) == "|service.requests_per_second|its default → 1\n"
                            "|service.tier|S0 → F0\n");
    BOOST_TEST(all.service);
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{std::nullopt}));
}

BOOST_AUTO_TEST_CASE(log_and_admin_end_no_project) {
    const changes all =
        between(with_projects({cats}),
                with_projects({cats}, "log: {level: debug}\nadmin: {listen: \"unix:/a.sock\"}\n"));
    BOOST_TEST(all.log);
    BOOST_TEST(all.admin);
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{0}));
    BOOST_TEST(all.refusals.empty());
}

BOOST_AUTO_TEST_CASE(another_state_is_refused_with_the_mend) {
    const changes all =
        between(with_projects({cats}), with_projects({cats}, "state: /elsewhere\n"));
    BOOST_TEST_REQUIRE(all.refusals.size() == 1U);
    BOOST_TEST(all.refusals[0] == "state: its default → /elsewhere: cannot change while the daemon "
                                  "runs; restart it, or write the old value again");
}

BOOST_AUTO_TEST_CASE(the_default_state_written_down_is_no_other_state) {
    const changes all =
        between(with_projects({cats}), with_projects({cats}, "state: /var/lib/retraind\n"));
    BOOST_TEST(all.refusals.empty());
    BOOST_TEST((all.kept == std::vector<std::optional<std::size_t>>{0}));
}

BOOST_AUTO_TEST_CASE(a_password_in_an_address_is_not_told) {
    configuration before = good(with_projects({cats}));
    const configuration after = good(
        with_projects({"name: cats, watch: [{path: \"x://me:hunter2@host/cats\", settle: 2s}]"}));
    const std::string text = told(retraind::config::compare(before, after));
    BOOST_TEST(text.find("hunter2") == std::string::npos, text);
    BOOST_TEST(text.find("x://***@host/cats") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
