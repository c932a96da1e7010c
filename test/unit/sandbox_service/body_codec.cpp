#include "sandbox/service/body_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

sandbox::http::request with(std::string body, std::string type) {
    sandbox::http::request asked;
    asked.body = std::move(body);
    if (!type.empty()) {
        asked.headers.push_back({"content-type", std::move(type)});
    }
    return asked;
}

result<json::value> decoded(std::string body, std::string type) {
    auto asked = with(std::move(body), std::move(type));
    auto document = decode_body(asked);
    BOOST_TEST(asked.body.empty());
    return document;
}

} // namespace

BOOST_AUTO_TEST_SUITE(body_codec)

BOOST_AUTO_TEST_CASE(floats_look_as_recorded) {
    const std::pair<double, const char*> known[] = {{1, "1.0"},
                                                    {0, "0.0"},
                                                    {0.5, "0.5"},
                                                    {0.9999984f, "0.9999984"},
                                                    {1.1920929e-07, "1.1920929E-07"},
                                                    {3.54070262E-13, "3.54070262E-13"},
                                                    {0.3807391, "0.3807391"}};
    for (const auto& [number, text] : known) {
        BOOST_TEST(json_text(json::value(number)) == text);
    }
}

BOOST_AUTO_TEST_CASE(structure_is_compact_and_keeps_its_order) {
    const auto document =
        json::parse(R"({"b": [1, {"a": null}, [], {}], "a": "\"\u00e4/", "c":true})");
    BOOST_TEST(json_text(document) ==
               "{\"b\":[1,{\"a\":null},[],{}],\"a\":\"\\\"\u00e4/\",\"c\":true}");
}

BOOST_AUTO_TEST_CASE(json_is_read_whatever_its_parameters) {
    for (const char* type : {"application/json", "Application/JSON; charset=utf-8"}) {
        const auto document = decoded("{\"a\":1}", type);
        BOOST_REQUIRE(document);
        BOOST_TEST(document->at("a").as_int64() == 1);
    }
}

BOOST_AUTO_TEST_CASE(other_media_types_are_refused_in_the_stock_words) {
    const auto text = decoded("x", "text/plain; charset=utf-8");
    BOOST_REQUIRE(!text);
    BOOST_TEST(text.error().code == "UnsupportedMediaType");
    BOOST_TEST(text.error().message ==
               "The request entity's media type 'text/plain' is not supported for this resource.");
    const auto none = decoded("x", "");
    BOOST_REQUIRE(!none);
    BOOST_TEST(none.error().message.starts_with("The request contains an entity body but no"));
}

BOOST_AUTO_TEST_CASE(what_does_not_parse_binds_to_null) {
    for (const char* body : {"", "{", "{}x", "\xFF", "{\"a\":01}"}) {
        const auto document = decoded(body, "application/json");
        BOOST_REQUIRE(document);
        BOOST_TEST(document->is_null());
    }
}

BOOST_AUTO_TEST_CASE(members_compare_without_case_and_null_is_absent) {
    const auto document = json::parse(R"({"TagIds":[1],"name":null})");
    BOOST_TEST((member(document, "tagids") != nullptr));
    BOOST_TEST((member(document, "name") == nullptr));
    BOOST_TEST((member(json::value(1), "name") == nullptr));
    BOOST_TEST((string_member(document, "tagIds") == nullptr));
}

BOOST_AUTO_TEST_CASE(statuses_follow_from_codes) {
    BOOST_TEST(status_of("BadRequestTagName") == 400U);
    BOOST_TEST(status_of("ForbiddenUser") == 403U);
    BOOST_TEST(status_of("NotFoundProject") == 404U);
    BOOST_TEST(status_of("Conflict") == 409U);
    BOOST_TEST(status_of("UnsupportedMediaType") == 415U);
    BOOST_TEST(status_of("ErrorUnknown") == 500U);
    BOOST_TEST(to_response({"Conflict", "a \"b\""}).body ==
               "{\"code\":\"Conflict\",\"message\":\"a \\\"b\\\"\"}");
}

BOOST_AUTO_TEST_SUITE_END()
