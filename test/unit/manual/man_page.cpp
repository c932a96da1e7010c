#include "manual/man_page.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace manual {
namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

command tool() {
    command help{"tool", "Does things.", "Exit codes: 0 done; 3 done, but\nnot all.", {}, {}, {},
                 {}};
    option config;
    config.names = {"-c", "--config"};
    config.value = "FILE";
    config.meaning = "where all stands";
    command tags{"tags", "a project's tags", "", {config}, {}, {}, {}};
    option type;
    type.names = {"--type"};
    type.value = "WORD";
    type.choices = {"Regular", "Negative"};
    type.preset = "Regular";
    type.required = true;
    command create{"create", "make tags", "", {type}, {config}, {{"TAG", "its name", true, true}},
                   {}};
    tags.commands.push_back(create);
    help.commands.push_back(tags);
    return help;
}

const man_page_frame frame{"1.2.3", "does things", ".SH FILES\n"};

} // namespace

BOOST_AUTO_TEST_SUITE(man_page)

BOOST_AUTO_TEST_CASE(no_character_is_a_request_or_an_escape) {
    BOOST_TEST(roff("--a\\b") == "\\-\\-a\\eb");
    BOOST_TEST(roff(".x\n'y\nz.") == "\\&.x\n\\&'y\nz.");
    BOOST_TEST(roff("") == "");
}

BOOST_AUTO_TEST_CASE(the_synopsis_has_a_line_a_command_with_what_may_stand_behind_it) {
    const std::string page = man_page_of(tool(), frame);
    BOOST_TEST(holds(page, "\\fBtool tags create\\fR \\fB\\-\\-type\\fR \\fIWORD\\fR "
                           "[\\fB\\-c\\fR \\fIFILE\\fR] \\fITAG\\fR...\n"));
    BOOST_TEST(!holds(page, "\\fBtool tags\\fR "));
}

BOOST_AUTO_TEST_CASE(an_option_tells_its_value_preset_and_choices) {
    const std::string page = man_page_of(tool(), frame);
    BOOST_TEST(holds(page, ".SS tool tags create\nmake tags\n"));
    BOOST_TEST(holds(page, "(default: Regular); one of \\fBRegular\\fR, \\fBNegative\\fR\n"));
    BOOST_TEST(holds(page, "\\fB\\-c\\fR, \\fB\\-\\-config\\fR \\fIFILE\\fR\nwhere all stands\n"));
}

BOOST_AUTO_TEST_CASE(exit_codes_are_a_list) {
    const std::string page = man_page_of(tool(), frame);
    BOOST_TEST(
        holds(page, ".SH EXIT STATUS\n.TP\n\\fB0\\fR\ndone\n.TP\n\\fB3\\fR\ndone, but not all."));
    command silent = tool();
    silent.footer = "";
    BOOST_TEST(!holds(man_page_of(silent, frame), "EXIT STATUS"));
}

BOOST_AUTO_TEST_CASE(the_frame_stands_around_it) {
    const std::string page = man_page_of(tool(), frame);
    BOOST_TEST(page.starts_with(".TH TOOL 1 \"\" \"tool 1.2.3\" \"User Commands\"\n"));
    BOOST_TEST(holds(page, "tool \\- does things\n"));
    BOOST_TEST(page.ends_with(".SH FILES\n"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace manual
