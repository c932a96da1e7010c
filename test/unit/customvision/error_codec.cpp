#include "retraind/customvision/error_codec.hpp"

#include "fixtures.hpp"

using namespace retraind::customvision;
using retraind::testing::recorded_answers;
using retraind::testing::text_of;

BOOST_AUTO_TEST_SUITE(error_codec)

BOOST_AUTO_TEST_CASE(every_published_body_gives_code_and_words) {
    std::size_t read = 0;
    for (const auto& each : recorded_answers("errors.json")) {
        const service_error said = parse_service_error(text_of(each, "body"));
        BOOST_TEST(said.code == text_of(each, "code"), text_of(each, "name"));
        BOOST_TEST(said.message == text_of(each, "message"), text_of(each, "name"));
        ++read;
    }
    BOOST_TEST(read == 16U);
}

BOOST_AUTO_TEST_CASE(odd_shapes_give_what_they_have) {
    struct {
        const char* body;
        const char* code;
        const char* message;
    } const cases[]{
        {"", "", ""},
        {"{}", "", "{}"},
        {"[1]", "", "[1]"},
        {"null", "", "null"},
        {R"({"Message":"An error has occurred."})", "", "An error has occurred."},
        {R"({"error":"gone"})", "", "gone"},
        {R"({"error":null,"code":"BadRequest"})", "BadRequest", ""},
        {R"({"error":{"code":401}})", "401", ""},
        {R"({"code":{},"message":["x"],"statusCode":500})", "500", ""},
        {R"({"code":"BadRequest","message":null})", "BadRequest", ""},
        {R"({"code":"A","message":"two\r\n  lines\u0007"})", "A", "two lines\\x07"},
        {"<html>\n <h1>502  Bad Gateway</h1>\n</html>\n", "",
         "<html> <h1>502 Bad Gateway</h1> </html>"},
    };
    for (const auto& each : cases) {
        const service_error said = parse_service_error(each.body);
        BOOST_TEST(said.code == each.code, each.body);
        BOOST_TEST(said.message == each.message, each.body);
    }
}

BOOST_AUTO_TEST_CASE(a_long_page_is_cut) {
    const service_error said = parse_service_error(std::string(100000, 'x'));
    BOOST_TEST(said.message.size() == 1003U);
    BOOST_TEST(said.message.ends_with("x..."));
    const std::string code = R"({"code":")" + std::string(5000, 'y') + R"("})";
    BOOST_TEST(parse_service_error(code).code.size() == 103U);
}

BOOST_AUTO_TEST_SUITE_END()
