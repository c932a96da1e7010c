#include "arguments.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace retraind::daemon {
namespace {

using words = std::vector<std::string>;

any_command parse(words line, std::optional<std::string> variable = {}) {
    return parse_arguments(std::move(line), std::move(variable));
}

template <class Wanted>
Wanted expect(const any_command& got) {
    if (const auto* text = std::get_if<print_and_exit>(&got)) {
        BOOST_TEST_MESSAGE(text->text);
    }
    BOOST_TEST_REQUIRE(std::holds_alternative<Wanted>(got));
    return std::get<Wanted>(got);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void check_wrong_usage(const words& line) {
    std::string shown;
    for (const std::string& word : line) {
        shown += word + " ";
    }
    BOOST_TEST_CONTEXT("retraind " << shown) {
        const auto said = expect<print_and_exit>(parse(line));
        BOOST_TEST(said.code == 2);
        BOOST_TEST(said.to_stderr);
        BOOST_TEST(!said.text.empty());
    }
}

constexpr const char* usual = "/etc/retraind/retraind.yaml";

} // namespace

BOOST_AUTO_TEST_SUITE(arguments)

BOOST_AUTO_TEST_CASE(each_subcommand_is_taken) {
    BOOST_TEST(expect<run_command>(parse({"run"})).configuration == usual);
    BOOST_TEST(!expect<run_command>(parse({"run"})).once);
    BOOST_TEST(expect<run_command>(parse({"run", "--once"})).once);
    BOOST_TEST(expect<check_command>(parse({"check"})).configuration == usual);
    BOOST_TEST(expect<plan_command>(parse({"plan"})).configuration == usual);
}

BOOST_AUTO_TEST_CASE(a_retry_takes_any_number_of_paths) {
    BOOST_TEST(expect<retry_command>(parse({"retry"})).paths.empty());
    const auto some = expect<retry_command>(parse({"retry", "/a", "-c", "x.yaml", "[b,c]"}));
    BOOST_TEST((some.paths == words{"/a", "[b,c]"}));
    BOOST_TEST(some.configuration == "x.yaml");
    check_wrong_usage({"retry", "--all"});
}

BOOST_AUTO_TEST_CASE(status_and_schema_are_taken) {
    const auto plain = expect<status_command>(parse({"status"}));
    BOOST_TEST(plain.configuration == usual);
    BOOST_TEST(!plain.json);
    BOOST_TEST(!plain.watch);
    const auto full =
        expect<status_command>(parse({"--json", "-c", "a.yaml", "status", "--watch"}));
    BOOST_TEST(full.configuration == "a.yaml");
    BOOST_TEST(full.json);
    BOOST_TEST(full.watch);
    static_cast<void>(expect<schema_command>(parse({"schema"})));
    check_wrong_usage({"schema", "a"});
    check_wrong_usage({"status", "wildlife"});
}

BOOST_AUTO_TEST_CASE(a_list_needs_its_project) {
    for (const words& line : {words{"urls", "-c", "a.yaml", "cats", "new.urls"},
                              words{"urls", "cats", "new.urls", "-c", "a.yaml"},
                              words{"-c", "a.yaml", "urls", "cats", "new.urls"}}) {
        const auto urls = expect<urls_command>(parse(line));
        BOOST_TEST(urls.configuration == "a.yaml");
        BOOST_TEST(urls.project == "cats");
        BOOST_TEST(urls.list == "new.urls");
    }
    check_wrong_usage({"urls"});
    check_wrong_usage({"urls", "cats"});
    check_wrong_usage({"urls", "cats", "new.urls", "more"});
}

BOOST_AUTO_TEST_CASE(the_configuration_is_named_in_every_way_and_place) {
    for (const words& line :
         {words{"run", "-c", "a.yaml"}, words{"-c", "a.yaml", "run"},
          words{"run", "--config", "a.yaml"}, words{"--config", "a.yaml", "run"},
          words{"run", "--config=a.yaml"}, words{"--config=a.yaml", "run"},
          words{"run", "-ca.yaml"}, words{"-ca.yaml", "run"}}) {
        BOOST_TEST_CONTEXT(line[0] << " " << line[1]) {
            BOOST_TEST(expect<run_command>(parse(line)).configuration == "a.yaml");
        }
    }
    BOOST_TEST(expect<check_command>(parse({"-c", "a.yaml", "check"})).configuration == "a.yaml");
    BOOST_TEST(expect<plan_command>(parse({"plan", "-c", "a.yaml"})).configuration == "a.yaml");
}

BOOST_AUTO_TEST_CASE(options_stand_anywhere) {
    for (const words& line :
         {words{"--once", "-c", "a.yaml", "run"}, words{"-c", "a.yaml", "run", "--once"},
          words{"--once", "run", "-c", "a.yaml"}, words{"run", "--once", "-c", "a.yaml"}}) {
        const auto run = expect<run_command>(parse(line));
        BOOST_TEST(run.once);
        BOOST_TEST(run.configuration == "a.yaml");
    }
}

BOOST_AUTO_TEST_CASE(a_file_named_like_a_subcommand_is_a_file_behind_c) {
    const auto before = expect<run_command>(parse({"-c", "check", "run"}));
    BOOST_TEST(before.configuration == "check");
    BOOST_TEST(expect<check_command>(parse({"--config", "run", "check"})).configuration == "run");
    BOOST_TEST(expect<run_command>(parse({"run", "-c", "plan"})).configuration == "plan");
    BOOST_TEST(expect<plan_command>(parse({"plan", "-c", "plan"})).configuration == "plan");
}

BOOST_AUTO_TEST_CASE(the_variable_stands_in_for_the_usual_place_and_the_option_for_both) {
    BOOST_TEST(expect<run_command>(parse({"run"}, "/v.yaml")).configuration == "/v.yaml");
    BOOST_TEST(expect<check_command>(parse({"check"}, "/v.yaml")).configuration == "/v.yaml");
    BOOST_TEST(expect<plan_command>(parse({"plan"}, "/v.yaml")).configuration == "/v.yaml");
    BOOST_TEST(expect<run_command>(parse({"run", "-c", "a"}, "/v.yaml")).configuration == "a");
}

BOOST_AUTO_TEST_CASE(help_of_the_program_names_its_subcommands_and_exit_codes) {
    for (const char* option : {"--help", "-h"}) {
        const auto said = expect<print_and_exit>(parse({option}));
        BOOST_TEST(said.code == 0);
        BOOST_TEST(!said.to_stderr);
        for (const char* part : {"run", "check", "plan", "--version", "Exit codes", "77", "78"}) {
            BOOST_TEST(has(said.text, part), said.text << " lacks " << part);
        }
    }
}

BOOST_AUTO_TEST_CASE(help_of_each_subcommand_is_its_own) {
    for (const char* name : {"run", "check", "plan"}) {
        for (const words& line : {words{name, "--help"}, words{"--help", name}}) {
            BOOST_TEST_CONTEXT(line[0] << " " << line[1]) {
                const auto said = expect<print_and_exit>(parse(line));
                BOOST_TEST(said.code == 0);
                BOOST_TEST(!said.to_stderr);
                BOOST_TEST(has(said.text, "--config"));
                BOOST_TEST(has(said.text, "RETRAIND_CONFIG"));
                BOOST_TEST(has(said.text, "Exit codes"));
                BOOST_TEST(has(said.text, "send what is there") == (std::string(name) == "run"));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_version_is_printed_with_the_program_s_name) {
    const auto said = expect<print_and_exit>(parse({"--version"}));
    BOOST_TEST(said.code == 0);
    BOOST_TEST(!said.to_stderr);
    BOOST_TEST(said.text.starts_with("retraind "));
    BOOST_TEST(said.text.find_first_of("0123456789") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(check_asks_the_service_when_it_is_told_to) {
    BOOST_TEST(!expect<check_command>(parse({"check"})).online);
    BOOST_TEST(expect<check_command>(parse({"check", "--online", "-c", "a"})).online);
    BOOST_TEST(expect<check_command>(parse({"--online", "check"})).online);
}

BOOST_AUTO_TEST_CASE(the_portal_s_work_is_taken_apart) {
    using portal::action;
    using portal::subject;
    const auto listed = expect<portal_command>(parse({"projects", "list", "--json"}));
    BOOST_TEST((listed.asked.about == subject::projects && listed.asked.wanted == action::list));
    BOOST_TEST(listed.asked.json);
    const auto made = expect<portal_command>(
        parse({"tags", "create", "wild life", "cat", "dog", "--type", "Negative"}));
    BOOST_TEST((made.asked.about == subject::tags && made.asked.wanted == action::create));
    BOOST_TEST(made.asked.project == "wild life");
    BOOST_TEST(made.asked.names == (words{"cat", "dog"}), boost::test_tools::per_element());
    BOOST_TEST(made.asked.tag_type == "Negative");
    const auto gone =
        expect<portal_command>(parse({"iterations", "delete", "p", "Iteration 3", "--yes"}));
    BOOST_TEST((gone.asked.about == subject::iterations && gone.asked.wanted == action::remove));
    BOOST_TEST(gone.asked.yes);
    const auto wish =
        expect<portal_command>(parse({"projects", "create", "p", "--type", "Classification",
                                      "--domain", "Food", "--classification", "Multilabel"}));
    BOOST_TEST(wish.asked.create.type.value() == "Classification");
    BOOST_TEST(wish.asked.create.domain.value() == "Food");
    BOOST_TEST(wish.asked.create.classification.value() == "Multilabel");
}

BOOST_AUTO_TEST_CASE(a_name_is_a_name_whatever_it_looks_like) {
    const auto made =
        expect<portal_command>(parse({"tags", "create", "list", "a,b", "delete", "[a,b]", "{c}"}));
    BOOST_TEST((made.asked.wanted == portal::action::create));
    BOOST_TEST(made.asked.project == "list");
    BOOST_TEST(made.asked.names == (words{"a,b", "delete", "[a,b]", "{c}"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_configuration_of_nested_commands_is_named_anywhere) {
    for (const words& line : {words{"-c", "a.yaml", "--json", "tags", "show", "p", "t"},
                              words{"tags", "-c", "a.yaml", "--json", "show", "p", "t"},
                              words{"tags", "show", "-c", "a.yaml", "p", "--json", "t"},
                              words{"tags", "show", "p", "t", "--json", "--config=a.yaml"}}) {
        BOOST_TEST_CONTEXT(line[0] << " " << line[1] << " " << line[2]) {
            const auto shown = expect<portal_command>(parse(line));
            BOOST_TEST(shown.configuration == "a.yaml");
            BOOST_TEST(shown.asked.json);
            BOOST_TEST(shown.asked.project == "p");
            BOOST_TEST(shown.asked.names == (words{"t"}), boost::test_tools::per_element());
        }
    }
}

BOOST_AUTO_TEST_CASE(nested_commands_have_help_with_their_exit_codes) {
    for (const words& line : {words{"tags", "--help"}, words{"tags", "create", "--help"},
                              words{"projects", "-h"}, words{"iterations", "delete", "--help"}}) {
        const auto said = expect<print_and_exit>(parse(line));
        BOOST_TEST(said.code == 0);
        BOOST_TEST(has(said.text, "Exit codes"), said.text);
    }
}

BOOST_AUTO_TEST_CASE(wrong_usage_of_the_portal_s_work_is_2) {
    check_wrong_usage({"projects"});
    check_wrong_usage({"projects", "list", "name"});
    check_wrong_usage({"projects", "show"});
    check_wrong_usage({"projects", "create", "p", "--type", "Sorting"});
    check_wrong_usage({"tags", "list"});
    check_wrong_usage({"tags", "list", "p", "t"});
    check_wrong_usage({"tags", "create", "p"});
    check_wrong_usage({"tags", "create", "p", "t", "--type", "Odd"});
    check_wrong_usage({"iterations", "create", "p", "i"});
    check_wrong_usage({"iterations", "delete", "p"});
}

BOOST_AUTO_TEST_CASE(wrong_usage_is_2_and_said_on_stderr) {
    check_wrong_usage({});
    check_wrong_usage({"start"});
    check_wrong_usage({"-c", "a.yaml"});
    check_wrong_usage({"run", "--twice"});
    check_wrong_usage({"run", "-c"});
    check_wrong_usage({"run", "a.yaml"});
    check_wrong_usage({"check", "--once"});
    check_wrong_usage({"plan", "--once"});
    check_wrong_usage({"run", "check"});
    check_wrong_usage({"run", "--once=maybe"});
    check_wrong_usage({"--config", "run"});
}

BOOST_AUTO_TEST_CASE(an_empty_word_is_wrong_usage_and_no_subcommand) {
    check_wrong_usage({""});
    check_wrong_usage({"run", ""});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::daemon
