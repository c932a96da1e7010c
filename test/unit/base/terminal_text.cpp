#include "retraind/base/terminal_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(terminal_text)

BOOST_AUTO_TEST_CASE(columns_are_counted_as_a_terminal_shows_them) {
    BOOST_TEST(terminal_columns("") == 0U);
    BOOST_TEST(terminal_columns("cat") == 3U);
    BOOST_TEST(terminal_columns("Bär") == 3U);
    BOOST_TEST(terminal_columns("Ba\u0308r") == 3U); // a and its diaeresis apart
    BOOST_TEST(terminal_columns("猫と犬") == 6U);
    BOOST_TEST(terminal_columns("\xff"
                                "x") == 2U);
}

BOOST_AUTO_TEST_CASE(what_fits_stays_whole_and_the_rest_ends_with_an_ellipsis) {
    BOOST_TEST(fit_columns("wildlife", 8) == "wildlife");
    BOOST_TEST(fit_columns("wildlife", 7) == "wildli…");
    BOOST_TEST(fit_columns("wildlife", 1) == "…");
    BOOST_TEST(fit_columns("wildlife", 0) == "");
}

BOOST_AUTO_TEST_CASE(a_wide_character_is_never_cut_in_half_and_marks_stay_with_theirs) {
    BOOST_TEST(fit_columns("猫と犬", 4) == "猫…");
    BOOST_TEST(fit_columns("猫と犬", 5) == "猫と…");
    BOOST_TEST(fit_columns("Ba\u0308ren", 3) == "Ba\u0308…");
}

BOOST_AUTO_TEST_SUITE_END()
