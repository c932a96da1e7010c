#include "retraind/base/glob.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(glob)

BOOST_AUTO_TEST_CASE(patterns_match_whole_names_and_ignore_case) {
    BOOST_TEST(glob_matches("*.jpg", "IMG_1.JPG"));
    BOOST_TEST(glob_matches("*.jpg", "a.b.jpg"));
    BOOST_TEST(!glob_matches("*.jpg", "a.jpg.part"));
    BOOST_TEST(!glob_matches("*.jpg", "jpg"));
    BOOST_TEST(glob_matches(".*", ".hidden"));
    BOOST_TEST(glob_matches("img_[0-9]?", "img_12"));
    BOOST_TEST(glob_matches("#recycle", "#Recycle"));
    BOOST_TEST(glob_matches("*", "\xff\xfe"));
    BOOST_TEST(glob_matches("a\\*", "a\\b")); // a backslash is a letter like any other
}

BOOST_AUTO_TEST_SUITE_END()
