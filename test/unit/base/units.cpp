#include "retraind/base/units.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(units)

BOOST_AUTO_TEST_CASE(durations_are_read) {
    const std::pair<const char*, duration> cases[] = {
        {"2s", 2s},      {"500ms", 500ms}, {"10m", 10min}, {"24h", 24h}, {"7d", 168h},
        {"1.5h", 90min}, {"1h30m", 90min}, {"0", 0s},      {"0s", 0s}};
    for (const auto& [text, expected] : cases) {
        BOOST_REQUIRE_MESSAGE(parse_duration(text), text);
        BOOST_TEST((*parse_duration(text) == expected), text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_duration_is_said_with_the_mend) {
    for (const char* text :
         {"", "2", "s", "2sec", "-2s", "2 s", "1e9s", "nan", "inf", "2s!", "99999999999999d"}) {
        BOOST_TEST(!parse_duration(text), text);
    }
    BOOST_TEST(parse_duration("2sec").error().message == "\"2sec\" is not a duration; write 2s");
    BOOST_TEST(parse_duration("soon").error().message == "\"soon\" is not a duration; write 2s");
    BOOST_TEST(parse_duration("15").error().message == "\"15\" is not a duration; write 15s");
}

BOOST_AUTO_TEST_CASE(durations_are_written_so_that_they_are_read_again) {
    for (const duration span : {duration(0), duration(1), duration(90'000), duration(5'400'000),
                                duration(86'400'000), duration(90'061'001)}) {
        BOOST_TEST((*parse_duration(format_duration(span)) == span), format_duration(span));
    }
    BOOST_TEST(format_duration(90min) == "1h30m");
    BOOST_TEST(format_duration(0s) == "0s");
}

BOOST_AUTO_TEST_CASE(bytes_are_read_and_written) {
    BOOST_TEST(*parse_bytes("24MiB") == 24U << 20);
    BOOST_TEST(*parse_bytes("6MB") == 6'000'000U);
    BOOST_TEST(*parse_bytes("1.5kB") == 1'500U);
    BOOST_TEST(*parse_bytes("123") == 123U);
    for (const char* text : {"", "MiB", "1.5", "-1", "1 MiB", "1mib", "9999999999GiB"}) {
        BOOST_TEST(!parse_bytes(text), text);
    }
    BOOST_TEST(format_bytes(24U << 20) == "24MiB");
    BOOST_TEST(format_bytes(6'000'000) == "6MB");
    BOOST_TEST(format_bytes(123) == "123");
    BOOST_TEST(format_count(6'750'123) == "6,750,123");
    BOOST_TEST(format_count(999) == "999");
}

BOOST_AUTO_TEST_SUITE_END()
