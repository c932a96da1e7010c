#include "sandbox/service/xml_names.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

#include "sandbox/service/utf8.hpp"

using namespace sandbox::service;

BOOST_AUTO_TEST_SUITE(xml_names)

// What .NET's XmlConvert.EncodeLocalName gives.
BOOST_AUTO_TEST_CASE(names_are_encoded_as_dot_net_does) {
    const std::pair<const char*, const char*> known[] = {
        {"horizontal flip", "horizontal_x0020_flip"},
        {"plain", "plain"},
        {"a:b", "a_x003A_b"},
        {"7up", "_x0037_up"},
        {"-a", "_x002D_a"},
        {"a-b.c7", "a-b.c7"},
        {"_", "_"},
        {"_x", "_x"},
        {"_x0020_", "_x005F_x0020_"},
        {"_X0020_", "_x005F_X0020_"},
        {"_x0020", "_x0020"},
        {"a_x00200020_", "a_x005F_x00200020_"},
        {"_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
        {"\u00e4\u00d7", "\u00e4_x00D7_"},
        {"\u4e2d", "\u4e2d"},
        {"\u0660", "_x0660_"},
        {"a\u0660", "a\u0660"},
        {"\u0132", "_x0132_"},
        {"\U0001F600", "_x0001F600_"},
        {"\x01", "_x0001_"},
        {"<&>", "_x003C__x0026__x003E_"}};
    for (const auto& [name, encoded] : known) {
        BOOST_TEST_CONTEXT(name) {
            BOOST_TEST(encode_local_name(name) == encoded);
            BOOST_TEST(decode_name(encoded) == name);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_names_no_character_is_not_decoded) {
    for (const char* name :
         {"_xD800_", "_x00110000_", "_xFFFFFFFF_", "_x002_", "_x002G_", "x0020_"}) {
        BOOST_TEST(decode_name(name) == name);
    }
    BOOST_TEST(decode_name("a_x20__x0020_") == "a_x20_ ");
}

BOOST_AUTO_TEST_CASE(any_name_comes_back) {
    std::mt19937 random(7);
    const std::u32string pieces = U"_xX0123aF :\u00e4\u0660\u0132\u3007\ufffd\U0001F600<\t";
    for (int round = 0; round < 3000; ++round) {
        std::string name;
        for (unsigned i = random() % 14 + 1; i > 0; --i) {
            append_utf8(name, pieces[random() % pieces.size()]);
        }
        const std::string encoded = encode_local_name(name);
        BOOST_TEST(decode_name(encoded) == name);
        std::string_view rest = encoded;
        BOOST_TEST(is_name_start(take_character(rest).value()));
        while (!rest.empty()) {
            BOOST_TEST(is_name_character(take_character(rest).value()));
        }
    }
}

BOOST_AUTO_TEST_CASE(broken_text_ends) {
    BOOST_TEST(encode_local_name("a\xFF") == "a_xFFFD_");
    BOOST_TEST(!is_utf8("a\xC3"));
    BOOST_TEST(is_utf8("a\u00e4"));
}

BOOST_AUTO_TEST_SUITE_END()
