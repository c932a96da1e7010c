#include "retraind/base/clock.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(reads_every_form_that_the_service_writes) {
    const wall_time expected = *parse_utc("2020-11-06T17:40:45.493Z");
    BOOST_TEST(format_utc(expected) == "2020-11-06T17:40:45.493Z");
    for (const char* text : {"2020-11-06T17:40:45.493", "2020-11-06T17:40:45.4930000Z",
                             "2020-11-06T17:40:45.4939999"}) {
        BOOST_REQUIRE(parse_utc(text));
        BOOST_TEST((*parse_utc(text) == expected), text);
    }
    BOOST_TEST((*parse_utc("2020-11-06T17:40:45Z") == expected - 493ms));
    BOOST_TEST((*parse_utc("2020-11-06T17:40:45.5") == expected + 7ms));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_time) {
    for (const char* text :
         {"", "2020-11-06", "2020-11-06 17:40:45Z", "2020-13-06T17:40:45Z", "2020-02-30T17:40:45Z",
          "2020-11-06T24:40:45Z", "2020-11-06T17:60:45Z", "2020-11-06T17:40:45.Z",
          "2020-11-06T17:40:45.12345678Z", "2020-11-06T17:40:45ZZ", "2020-11-06T17:40:45+01:00",
          "-020-11-06T17:40:45Z"}) {
        BOOST_TEST(!parse_utc(text), text);
    }
}

BOOST_AUTO_TEST_CASE(writes_what_it_reads) {
    for (const char* text :
         {"1970-01-01T00:00:00.000Z", "2026-11-23T10:00:00.001Z", "2028-02-29T23:59:59.999Z"}) {
        BOOST_TEST(format_utc(*parse_utc(text)) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
