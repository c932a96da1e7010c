#include "sandbox/http/message.hpp"

#include <boost/test/unit_test.hpp>

using sandbox::http::equal_without_case;
using sandbox::http::request;

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(headers_are_found_without_case_and_the_first_counts) {
    request asked;
    asked.headers = {{"Training-Key", "one"}, {"training-key", "two"}};
    BOOST_TEST(asked.header("TRAINING-KEY") == "one");
    BOOST_TEST(asked.header("Training-Ke") == "");
}

BOOST_AUTO_TEST_CASE(query_values_are_found_without_case) {
    request asked;
    asked.query = {{"tagIds", "a"}, {"TagIds", "b"}, {"flag", ""}};
    BOOST_TEST_REQUIRE(asked.query_value("tagids") != nullptr);
    BOOST_TEST(*asked.query_value("tagids") == "a");
    BOOST_TEST_REQUIRE(asked.query_value("flag") != nullptr);
    BOOST_TEST(asked.query_value("take") == nullptr);
}

BOOST_AUTO_TEST_CASE(only_ascii_letters_have_case) {
    BOOST_TEST(equal_without_case("aZ09", "Az09"));
    BOOST_TEST(!equal_without_case("a", "ab"));
    BOOST_TEST(!equal_without_case("[", "{"));
    BOOST_TEST(!equal_without_case("@", "`"));
    BOOST_TEST(equal_without_case("", ""));
}

BOOST_AUTO_TEST_SUITE_END()
