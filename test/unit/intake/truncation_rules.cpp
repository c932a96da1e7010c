#include "retraind/intake/truncation_rules.hpp"

#include <chrono>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::intake;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(truncation_rules)

BOOST_AUTO_TEST_CASE(a_picture_without_its_end_waits_for_as_long_as_is_configured) {
    const incomplete found{"the PNG has no end"};
    BOOST_TEST(!refuse_truncated(found, 0s, 1h).has_value());
    BOOST_TEST(!refuse_truncated(found, 1h - 1ns, 1h).has_value());
    const auto refused = refuse_truncated(found, 1h + 30min + 400ms, 1h);
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->code == "Truncated");
    BOOST_TEST(refused->sentence == "the PNG has no end, and nothing changed for 1h30m");
    BOOST_TEST(refuse_truncated(found, 1h, 1h).has_value());
    BOOST_TEST(refuse_truncated(found, 0s, 0ms).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
