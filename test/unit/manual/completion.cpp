#include "manual/completion.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

#include "manual/completion_words.hpp"

namespace manual {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

option named(std::vector<std::string> names, std::string value, std::string meaning) {
    option made;
    made.names = std::move(names);
    made.value = std::move(value);
    made.meaning = std::move(meaning);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(completion)

BOOST_AUTO_TEST_CASE(paths_are_known_by_the_word_for_them) {
    BOOST_CHECK(kind_of("FILE") == kind_of_word::file);
    BOOST_CHECK(kind_of("LIST") == kind_of_word::file);
    BOOST_CHECK(kind_of("DIR") == kind_of_word::folder);
    BOOST_CHECK(kind_of("PROJECT") == kind_of_word::none);
}

BOOST_AUTO_TEST_CASE(what_the_command_above_says_too_is_offered_once) {
    command below;
    below.options = {named({"-h", "--help"}, "", "help")};
    below.inherited = {named({"-h", "--help"}, "", "help"), named({"--json"}, "", "objects")};
    const auto all = options_behind(below);
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[1].names.front() == "--json");
}

BOOST_AUTO_TEST_CASE(zsh_reads_quotes_brackets_and_colons_of_a_meaning_as_text) {
    command program;
    program.name = "a-tool";
    program.options = {named({"--listen"}, "ADDRESS:PORT", "the project's [::1]")};
    const std::string script = zsh_completion(program);
    BOOST_TEST(holds(script, "#compdef a-tool\n"));
    BOOST_TEST(holds(script, "_a_tool() {\n"));
    BOOST_TEST(holds(script, "'(--listen)--listen=[the project'\\''s \\[\\:\\:1\\]]"
                             ":ADDRESS\\:PORT: '"));
}

BOOST_AUTO_TEST_CASE(bash_skips_the_value_of_an_option_when_it_looks_for_the_command) {
    command program;
    program.name = "tool";
    program.options = {named({"-c", "--config"}, "FILE", "")};
    command run;
    run.name = "run";
    program.commands = {run};
    const std::string script = bash_completion(program);
    BOOST_TEST(holds(script, "\" -c\" | \" --config\") ((++at)) ;;"));
    BOOST_TEST(holds(script, "\" run\") command=\"run\" ;;"));
    BOOST_TEST(holds(script, "\" -c\" | \" --config\") value=yes paths=-f ;;"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace manual
