#include "retraind/portal/record_codec.hpp"

#include "objects.hpp"

using namespace retraind;
using namespace retraind::portal;
using namespace retraind::testing;

BOOST_AUTO_TEST_SUITE(record_codec)

BOOST_AUTO_TEST_CASE(members_are_shown_as_they_are_and_missing_ones_are_empty) {
    const record one = parse_record(R"({"name":"cat","n":12,"f":0.5,"b":true,"z":null,"o":{"x":"y"},
        "at":"2026-11-25T18:50:24.123Z","list":[{"name":"a"},7]})")
                           .value();
    BOOST_TEST(one.name() == "cat");
    BOOST_TEST(one.text("n") == "12");
    BOOST_TEST(one.text("b") == "true");
    BOOST_TEST(one.text("z") == "");
    BOOST_TEST(one.text("nowhere") == "");
    BOOST_TEST(one.text("o") == "");
    BOOST_TEST(one.text("o", "x") == "y");
    BOOST_TEST(one.text("n", "x") == "");
    BOOST_TEST(one.count("n") == 12U);
    BOOST_TEST(one.count("name") == 0U);
    BOOST_TEST(one.number("f").value() == 0.5);
    BOOST_TEST(!one.number("name").has_value());
    BOOST_TEST(one.flag("b"));
    BOOST_TEST(one.minute("at") == "2026-11-25 18:50");
    BOOST_TEST(one.minute("name") == "");
    BOOST_TEST(one.records("list").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_list_needs_an_id_for_each) {
    BOOST_TEST(parse_records("[]").value().empty());
    BOOST_TEST(parse_records("{}").error().message == "the answer is no list");
    BOOST_TEST(parse_records("[1]").error().message == "[0]: not an object");
    BOOST_TEST(parse_records("[" + object(1, "a") + R"(,{"id":"x"}])").error().message ==
               "[1].id: not a GUID");
    BOOST_TEST((parse_records("<html>").error().code == errc::protocol));
}

BOOST_AUTO_TEST_CASE(one_line_keeps_everything_but_the_space_between) {
    BOOST_TEST(on_one_line("{ \"a b\" : [ 1.0E-7 ,\n\t\"x \\\" y\\\\\" ] }\r\n") ==
               "{\"a b\":[1.0E-7,\"x \\\" y\\\\\"]}");
    BOOST_TEST(on_one_line("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
