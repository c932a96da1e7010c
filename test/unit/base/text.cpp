#include "retraind/base/text.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(two_spellings_of_one_letter_become_one) {
    BOOST_TEST(to_nfc("A\xcc\x8apfel").value() == "\xc3\x85pfel");
    BOOST_TEST(fold_case("STRASSE").value() == fold_case("stra\xc3\x9f"
                                                         "e")
                                                   .value());
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_are_said_to_be_none) {
    BOOST_TEST(!to_nfc("a\xff"));
    BOOST_TEST(!fold_case("\xc3"));
    BOOST_TEST(wire_text("a\xff/b") == "a%FF/b");
    BOOST_TEST(wire_text("A\xcc\x8a") == "\xc3\x85");
}

BOOST_AUTO_TEST_CASE(what_is_shown_cannot_steer_a_terminal) {
    BOOST_TEST(printable("a\n\x1b[2J\xff\xc2\x9b") == "a\\x0a\\x1b[2J\\xff\\xc2\\x9b");
    BOOST_TEST(printable("b\xc3\xa4r") == "b\xc3\xa4r");
}

BOOST_AUTO_TEST_CASE(trims_both_ends) {
    BOOST_TEST(trim(" \t a b\r\n") == "a b");
    BOOST_TEST(trim(" \n") == "");
}

BOOST_AUTO_TEST_SUITE_END()
