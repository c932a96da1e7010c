#include "sandbox/service/base64.hpp"

#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(texts_of_rfc_4648_go_both_ways) {
    const std::pair<const char*, const char*> known[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : known) {
        BOOST_TEST_CONTEXT(coded) {
            BOOST_TEST(decode_base64(coded).value_or("none") == plain);
            BOOST_TEST(encode_base64(plain) == coded);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_byte_survives) {
    std::string all;
    for (int i = 0; i < 256; ++i) {
        all += static_cast<char>(i);
    }
    BOOST_TEST((decode_base64(test::to_base64(all)) == all));
    BOOST_TEST(encode_base64(all) == test::to_base64(all));
}

BOOST_AUTO_TEST_CASE(everything_else_is_refused) {
    for (const char* wrong : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v\n", " Zm9v", "Zm9v    ",
                              "    Zm9v", " Zm9vYmF", "Zm9v\r\nZm9v", "Zm 9", "Zm-_",
                              "Zg==Zg==", "Zg=v", "Zm9*", "\xC3\xA4\xC3\xA4"}) {
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_TEST(!decode_base64(wrong));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
