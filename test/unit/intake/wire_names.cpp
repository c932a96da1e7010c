#include "retraind/intake/wire_names.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "retraind/base/text.hpp"

using namespace retraind;
using namespace retraind::intake;

BOOST_AUTO_TEST_SUITE(wire_names)

BOOST_AUTO_TEST_CASE(a_name_is_its_path_in_valid_composed_text) {
    BOOST_TEST(wire_name("cat/1.jpg") == "cat/1.jpg");
    BOOST_TEST(wire_name("cafe\xCC\x81/1.jpg") == "caf\xC3\xA9/1.jpg");
    BOOST_TEST(wire_name("caf\xE9/1.jpg") == "caf%E9/1.jpg");
    BOOST_TEST(wire_name("a\nb\x7F.jpg") == "a%0Ab%7F.jpg");
    BOOST_TEST(wire_name(std::string(255, 'x')) == std::string(255, 'x'));
}

BOOST_AUTO_TEST_CASE(a_long_name_keeps_its_end_and_stays_itself) {
    const std::string tail = std::string(300, 'y') + ".jpg";
    const std::string one = wire_name("a" + tail);
    const std::string other = wire_name("b" + tail);
    BOOST_TEST(one.size() == max_wire_name);
    BOOST_TEST(one.ends_with("yyyy.jpg"));
    BOOST_TEST(one != other);
    BOOST_TEST(one == wire_name("a" + tail));
    std::string wide = "a";
    while (wide.size() < 400) {
        wide += "\xE2\x82\xAC";
    }
    for (int shift = 0; shift < 3; ++shift, wide += 'x') {
        BOOST_TEST(to_nfc(wire_name(wide)).has_value());
        BOOST_TEST(wire_name(wide).size() <= max_wire_name);
    }
}

BOOST_AUTO_TEST_CASE(names_that_meet_are_told_apart_in_order) {
    const std::vector<std::string> paths{"c/1.jpg", "c/1.jpg", "c/1~2.jpg",      "c/1.jpg",
                                         "c.d/x",   "c.d/x",   "c/.jpg",         "c/.jpg",
                                         "caf\xE9", "caf%E9",  "cafe\xCC\x81.x", "caf\xC3\xA9.x"};
    const std::vector<std::string> expected{
        "c/1.jpg", "c/1~2.jpg", "c/1~2~2.jpg", "c/1~3.jpg", "c.d/x",         "c.d/x~2",
        "c/.jpg",  "c/.jpg~2",  "caf%E9",      "caf%E9~2",  "caf\xC3\xA9.x", "caf\xC3\xA9~2.x"};
    BOOST_TEST(unique_wire_names(paths) == expected, boost::test_tools::per_element());
    BOOST_TEST(unique_wire_names({}).empty());
}

BOOST_AUTO_TEST_CASE(whatever_the_bytes_are_names_are_unique_valid_and_bounded) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::string> paths;
        for (int n = 0; n < 64; ++n) {
            std::string path;
            for (std::size_t left = random() % 6; left > 0; --left) {
                constexpr std::string_view letters = "a~2./%\xC3\xA9\xFF\n";
                path += letters[random() % letters.size()];
            }
            paths.push_back(round % 10 == 0 ? std::string(290, 'z') : path);
        }
        const std::vector<std::string> names = unique_wire_names(paths);
        BOOST_TEST_REQUIRE((std::set<std::string>(names.begin(), names.end()).size() == 64));
        for (std::size_t n = 0; n < names.size(); ++n) {
            BOOST_TEST_REQUIRE(to_nfc(names[n]).value_or("") == names[n]);
            BOOST_TEST_REQUIRE(names[n].size() <= wire_name(paths[n]).size() + wire_name_slack);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
