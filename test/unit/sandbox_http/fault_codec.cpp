#include "sandbox/http/fault_codec.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace sandbox::http;

fault_rule only_rule(const std::string& fields) {
    auto parsed = parse_faults(R"({"rules":[{"operation":"*",)" + fields + "}]}");
    BOOST_TEST_REQUIRE(parsed.has_value(), (parsed ? std::string() : parsed.error()));
    BOOST_TEST_REQUIRE(parsed->rules.size() == 1U);
    return parsed->rules.front();
}

} // namespace

BOOST_AUTO_TEST_SUITE(fault_codec)

BOOST_AUTO_TEST_CASE(empty_objects_are_no_faults) {
    BOOST_TEST(parse_faults("{}").value().rules.empty());
    BOOST_TEST(parse_faults(R"({"rules":[]})").value().rules.empty());
    BOOST_TEST(parse_faults(R"({"request_bytes":5})").value().request_bytes.value() == 5U);
}

BOOST_AUTO_TEST_CASE(counts_and_operation) {
    const auto parsed =
        parse_faults(R"({"rules":[{"operation":"GetTags","skip":3,"times":2,"status":503}]})");
    BOOST_TEST_REQUIRE(parsed.has_value());
    const fault_rule& rule = parsed->rules.front();
    BOOST_TEST(rule.operation == "GetTags");
    BOOST_TEST(rule.skip == 3U);
    BOOST_TEST(rule.times.value() == 2U);
}

BOOST_AUTO_TEST_CASE(an_answer_with_text_or_json) {
    const auto text = std::get<answer_fault>(
        only_rule(R"("status":503,"headers":{"Retry-After":"2"},"body":"busy")").action);
    BOOST_TEST(text.status == 503U);
    BOOST_TEST(!text.early);
    BOOST_TEST(text.headers.value().at(0).name == "Retry-After");
    BOOST_TEST(text.body.value() == "busy");
    BOOST_TEST(text.content_type == "text/plain");
    const auto json =
        std::get<answer_fault>(only_rule(R"("early_status":413,"body":{"code":"X"})").action);
    BOOST_TEST(json.early);
    BOOST_TEST(json.body.value() == R"({"code":"X"})");
    BOOST_TEST(json.content_type == "application/json; charset=utf-8");
    BOOST_TEST(!json.headers.has_value());
}

BOOST_AUTO_TEST_CASE(the_other_actions) {
    const auto cut = [](const std::string& where) {
        return std::get<cut_fault>(only_rule(R"("close":")" + where + "\"").action).where;
    };
    BOOST_TEST((cut("before_body") == cut_point::before_body));
    BOOST_TEST((cut("mid_body") == cut_point::mid_body));
    BOOST_TEST((cut("after_body_before_answer") == cut_point::after_body_before_answer));
    BOOST_TEST((cut("after_handling") == cut_point::after_handling));
    const auto delay =
        std::get<delay_fault>(only_rule(R"("delay_answer_ms":20,"delay_ms":10)").action);
    BOOST_TEST(delay.before_handling.count() == 10);
    BOOST_TEST(delay.before_answer.count() == 20);
    const auto images = std::get<image_fault>(
        only_rule(R"("image_status":{"a*.png":"ErrorStorage","*":"ErrorImageFormat"})").action);
    BOOST_TEST_REQUIRE(images.statuses.size() == 2U);
    BOOST_TEST(images.statuses[0].first == "a*.png");
    BOOST_TEST(images.statuses[1].second == "ErrorImageFormat");
    const auto slow = std::get<slow_fault>(only_rule(R"("read_bytes_per_second":9)").action);
    BOOST_TEST(slow.bytes_per_second == 9U);
}

BOOST_AUTO_TEST_CASE(every_mistake_is_named) {
    struct {
        const char* text;
        const char* named;
    } const rows[] = {
        {"", "JSON"},
        {"[]", "the file must be an object"},
        {R"({"rule":[]})", "\"rule\" is not known"},
        {R"({"request_bytes":0})", "request_bytes"},
        {R"({"request_bytes":-1})", "request_bytes"},
        {R"({"request_bytes":1.5})", "request_bytes"},
        {R"({"request_bytes":"1"})", "request_bytes"},
        {R"({"rules":{}})", "rules must be an array"},
        {R"({"rules":[1]})", "rules[0]: it must be an object"},
        {R"({"rules":[{"status":500}]})", "rules[0]: operation is missing"},
        {R"({"rules":[{"operation":"*","status":500},{"operation":"*"}]})",
         "rules[1]: it does nothing"},
        {R"({"rules":[{"operation":"Nothing","status":500}]})", "no operation \"Nothing\""},
        {R"({"rules":[{"operation":1,"status":500}]})", "operation must be a string"},
        {R"({"rules":[{"operation":"*","status":500,"close":"mid_body"}]})",
         "status and close exclude each other"},
        {R"({"rules":[{"operation":"*","status":99}]})", "status must be a whole number"},
        {R"({"rules":[{"operation":"*","status":600}]})", "status must be a whole number"},
        {R"({"rules":[{"operation":"*","close":"later"}]})", "close is \"later\""},
        {R"({"rules":[{"operation":"*","close":"mid_body","body":"x"}]})", "\"body\" is not known"},
        {R"({"rules":[{"operation":"*","status":500,"count":1}]})", "\"count\" is not known"},
        {R"({"rules":[{"operation":"*","status":500,"times":0}]})", "times"},
        {R"({"rules":[{"operation":"*","status":500,"skip":-1}]})", "skip"},
        {R"({"rules":[{"operation":"*","status":500,"headers":{"A B":"c"}}]})", "headers.A B"},
        {R"({"rules":[{"operation":"*","status":500,"headers":{"A":"c\r\nB: d"}}]})", "headers.A"},
        {R"({"rules":[{"operation":"*","status":500,"headers":{"A":1}}]})", "headers.A"},
        {R"({"rules":[{"operation":"*","image_status":{}}]})", "names no image"},
        {R"({"rules":[{"operation":"*","image_status":{"*":1}}]})", "image_status"},
        {R"({"rules":[{"operation":"*","read_bytes_per_second":0}]})", "read_bytes_per_second"},
        {R"({"rules":[{"operation":"*","delay_ms":99999999999}]})", "delay_ms"}};
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.text) {
            const auto parsed = parse_faults(row.text);
            BOOST_TEST_REQUIRE(!parsed.has_value());
            BOOST_TEST(parsed.error().find(row.named) != std::string::npos, parsed.error());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
