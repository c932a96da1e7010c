#include "retraind/base/ids.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(ids)

BOOST_AUTO_TEST_CASE(writes_what_it_reads) {
    const auto id = parse_id<tag_id>("391FC408-69ec-4ec3-ac42-6f14bf71ed33");
    BOOST_REQUIRE(id);
    BOOST_TEST(to_string(*id) == "391fc408-69ec-4ec3-ac42-6f14bf71ed33");
}

BOOST_AUTO_TEST_CASE(refuses_every_other_form) {
    for (const char* text :
         {"", "tag1", "{391fc408-69ec-4ec3-ac42-6f14bf71ed33}", "391fc40869ec4ec3ac426f14bf71ed33",
          "391fc408-69ec-4ec3-ac42-6f14bf71ed3g", "391fc408_69ec_4ec3_ac42_6f14bf71ed33"}) {
        BOOST_TEST(!parse_id<tag_id>(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
