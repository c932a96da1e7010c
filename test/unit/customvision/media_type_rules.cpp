#include "retraind/customvision/media_type_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind::customvision;

BOOST_AUTO_TEST_SUITE(media_type_rules)

BOOST_AUTO_TEST_CASE(media_types_name_their_notation) {
    BOOST_TEST((notation_of("application/json") == notation::json));
    BOOST_TEST((notation_of(" Application/JSON ; charset=utf-8") == notation::json));
    BOOST_TEST((notation_of("application/problem+json") == notation::json));
    BOOST_TEST((notation_of("application/xml") == notation::xml));
    BOOST_TEST((notation_of("text/xml;charset=utf-8") == notation::xml));
    BOOST_TEST((notation_of("application/x-www-form-urlencoded") == notation::form));
    for (const char* other : {"", "text/html", "application/xhtml+xml", "json", "text/plain"}) {
        BOOST_TEST(!notation_of(other).has_value(), other);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_is_xml_only_where_it_says_so) {
    BOOST_TEST((notation_of_answer("text/xml; charset=utf-8") == notation::xml));
    BOOST_TEST((notation_of_answer("application/json") == notation::json));
    BOOST_TEST((notation_of_answer("text/html") == notation::json));
    BOOST_TEST((notation_of_answer("application/x-www-form-urlencoded") == notation::json));
    BOOST_TEST((notation_of_answer(std::nullopt) == notation::json));
}

BOOST_AUTO_TEST_CASE(xml_names_its_characters) {
    BOOST_TEST(content_type_of("application/json") == "application/json");
    BOOST_TEST(content_type_of("text/xml") == "text/xml; charset=utf-8");
    BOOST_TEST(content_type_of("application/x-www-form-urlencoded") ==
               "application/x-www-form-urlencoded");
}

BOOST_AUTO_TEST_SUITE_END()
