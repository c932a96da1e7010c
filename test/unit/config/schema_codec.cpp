#include "retraind/config/schema_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

namespace json = boost::json;
using namespace retraind::config;

namespace {

json::value schema() {
    return json::parse(schema_text(describe_configuration()));
}

described_key number_key(const std::string& default_text) {
    described_key key{"n", "number", default_text, "a number", {}, {}, false, {}};
    key.value["type"] = "number";
    return key;
}

} // namespace

BOOST_AUTO_TEST_SUITE(schema_codec)

BOOST_AUTO_TEST_CASE(blocks_are_closed_and_name_what_they_need) {
    const json::value whole = schema();
    BOOST_TEST(whole.at("additionalProperties").as_bool() == false);
    BOOST_TEST((whole.at("required") == json::array{"service", "projects"}));
    const json::value& watch = whole.at_pointer("/properties/projects/items/properties/watch");
    BOOST_TEST(watch.at("minItems").as_int64() == 1);
    BOOST_TEST((watch.at_pointer("/items/required") == json::array{"path"}));
    BOOST_TEST(watch.at_pointer("/items/additionalProperties").as_bool() == false);
}

BOOST_AUTO_TEST_CASE(a_key_that_takes_a_word_or_a_block_has_both) {
    const json::value whole = schema();
    const json::value& either = whole.at_pointer(
        "/properties/projects/items/properties/watch/items/properties/after_upload/anyOf");
    BOOST_TEST((either.at(0).at("enum") == json::array{"keep", "delete"}));
    BOOST_TEST((either.at(1).at("required") == json::array{"move_to"}));
}

BOOST_AUTO_TEST_CASE(defaults_have_the_type_of_their_key) {
    const auto default_of = [](const std::string& text) {
        return json::parse(schema_text({number_key(text)})).at_pointer("/properties/n").as_object();
    };
    BOOST_TEST((default_of("8").at("default") == 8));
    BOOST_TEST((default_of("0.5").at("default") == 0.5));
    BOOST_TEST((default_of("-1").at("default") == -1));
    BOOST_TEST((default_of("true").at("default") == true));
    BOOST_TEST((default_of("24MiB").at("default") == "24MiB"));
    BOOST_TEST(
        (default_of("{a: [1, b]}").at("default") == json::object{{"a", json::array{1, "b"}}}));
    for (const char* none : {"required", "required, or id", "off", "as its keys say"}) {
        BOOST_TEST(!default_of(none).contains("default"), none);
    }
}

BOOST_AUTO_TEST_CASE(every_key_says_what_it_takes) {
    const auto check = [](const auto& self, const std::vector<described_key>& keys) -> void {
        for (const described_key& key : keys) {
            BOOST_TEST((!key.value.empty() || !key.keys.empty()),
                       key.name << ": give its row a shape with a schema");
            BOOST_TEST(!key.doc.empty(), key.name);
            self(self, key.keys);
        }
    };
    check(check, describe_configuration());
}

BOOST_AUTO_TEST_SUITE_END()
