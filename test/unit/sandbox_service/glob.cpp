#include "sandbox/service/glob.hpp"

#include <boost/test/unit_test.hpp>

using sandbox::service::matches_glob;

BOOST_AUTO_TEST_SUITE(glob)

BOOST_AUTO_TEST_CASE(what_matches) {
    const std::pair<const char*, const char*> pairs[] = {
        {"", ""},           {"*", ""},           {"*", "anything"},  {"a*", "a"},
        {"a*c", "abbc"},    {"*.jpg", "x.jpg"},  {"?.jpg", "x.jpg"}, {"cat/*", "cat/a/b.png"},
        {"*a*b*", "xaxbx"}, {"*ab", "aab"},      {"**", "x"},        {"a**", "a"},
        {"*aab", "aaaab"},  {"a?c*e", "abcdde"}, {"[x]", "[x]"}};
    for (const auto& [pattern, text] : pairs) {
        BOOST_TEST_CONTEXT(pattern << " " << text) {
            BOOST_TEST(matches_glob(pattern, text));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_does_not) {
    const std::pair<const char*, const char*> pairs[] = {
        {"", "a"},          {"?", ""},       {"?", "ab"},           {"a*c", "ab"},
        {"*.jpg", "x.JPG"}, {"a", "aa"},     {"*ab", "aba"},        {"a?", "a"},
        {"cat/*", "dog/a"}, {"*a*b", "bca"}, {"*.jpg", "x.jpg.png"}};
    for (const auto& [pattern, text] : pairs) {
        BOOST_TEST_CONTEXT(pattern << " " << text) {
            BOOST_TEST(!matches_glob(pattern, text));
        }
    }
}

BOOST_AUTO_TEST_CASE(many_stars_take_no_forever) {
    const std::string text(2000, 'a');
    BOOST_TEST(!matches_glob("*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

BOOST_AUTO_TEST_SUITE_END()
