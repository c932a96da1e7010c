#include "retraind/customvision/request_target.hpp"

#include "retraind/base/api_version.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind::customvision;

BOOST_AUTO_TEST_SUITE(request_target)

BOOST_AUTO_TEST_CASE(everything_but_unreserved_characters_is_encoded) {
    retraind::customvision::request_target target("/base");
    target.segment("a/b").segment("c?d");
    target.parameter("name", "Test Tag #1/ä&=+%\n\"").parameter("$filter", "az-AZ_09.~");
    BOOST_TEST(target.text() ==
               "/base/a%2Fb/c%3Fd?name=Test%20Tag%20%231%2F%C3%A4%26%3D%2B%25%0A%22"
               "&%24filter=az-AZ_09.~");
}

BOOST_AUTO_TEST_CASE(bytes_are_encoded_one_by_one) {
    const std::string all("\0\x7f\xff", 3);
    retraind::customvision::request_target target("");
    target.parameter("n", all);
    BOOST_TEST(target.text() == "?n=%00%7F%FF");
}

BOOST_AUTO_TEST_CASE(versions_differ_where_their_swagger_does) {
    BOOST_TEST(retraind::find_api_version("v2.2") == nullptr);
    BOOST_TEST(retraind::find_api_version("") == nullptr);
    BOOST_TEST(!retraind::find_api_version("v3.0")->overwrite);
    BOOST_TEST(!retraind::find_api_version("v3.0")->selected_tags);
    BOOST_TEST(!retraind::find_api_version("v3.2")->overwrite);
    BOOST_TEST(retraind::find_api_version("v3.2")->selected_tags);
    BOOST_TEST(retraind::find_api_version("v3.3")->overwrite);
    BOOST_TEST(retraind::find_api_version("v3.4-preview")->overwrite);
}

BOOST_AUTO_TEST_SUITE_END()
