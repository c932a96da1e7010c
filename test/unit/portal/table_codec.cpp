#include "retraind/portal/table_codec.hpp"

#include "objects.hpp"

using namespace retraind::portal;

BOOST_AUTO_TEST_SUITE(table_codec)

BOOST_AUTO_TEST_CASE(columns_are_aligned_by_what_a_terminal_shows) {
    table rows({{"name"}, {"images", true}, {"id"}});
    rows.add({"cat", "1,200", "x"});
    rows.add({"猫と犬", "7", ""});
    BOOST_TEST(rows.text({}) == "name    images  id\n"
                                "cat      1,200  x\n"
                                "猫と犬       7\n");
}

BOOST_AUTO_TEST_CASE(no_rows_leave_the_header) {
    BOOST_TEST(table({{"name"}, {"id"}}).text({}) == "name  id\n");
}

BOOST_AUTO_TEST_CASE(long_names_are_cut_for_a_terminal_and_whole_in_a_pipe) {
    table rows({{"name", false, true}, {"id"}});
    rows.add({"a name that is far too long", "0123456789"});
    BOOST_TEST(rows.text(30) == "name                id\n"
                                "a name that is fa…  0123456789\n");
    BOOST_TEST(rows.text({}).find("far too long  0123456789") != std::string::npos);
    // What may not shrink stays, even where the line is too long then.
    BOOST_TEST(rows.text(5).find("a name that…  0123456789") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_cannot_break_the_table_or_the_terminal) {
    table rows({{"name"}});
    rows.add({"a\nb\x1b[31m"});
    BOOST_TEST(rows.text({}) == "name\na\\x0ab\\x1b[31m\n");
}

BOOST_AUTO_TEST_CASE(facts_without_a_value_are_left_out) {
    BOOST_TEST(fact_lines({{"name", "cat"}, {"description", ""}, {"images", "1"}}) ==
               "name    cat\nimages  1\n");
}

BOOST_AUTO_TEST_SUITE_END()
