// Reads whose answer is handed on as it came.
#include "client_fixture.hpp"

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

constexpr std::string_view project_path =
    "/base/customvision/v3.3/training/projects/00000000-0000-0000-0000-000000000001";

} // namespace

BOOST_FIXTURE_TEST_SUITE(training_documents, client_fixture)

BOOST_AUTO_TEST_CASE(a_document_is_the_service_s_own_words_with_their_date) {
    auto service = client();
    const std::string body = R"([ {"id":"x", "new":1.1920929E-07} ])";
    wire.script.push_back(answers(200, body, {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}));
    const auto found = run(service.read_document(projects_document()));
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->body == body);
    BOOST_TEST_REQUIRE(found->date.has_value());
    BOOST_TEST(format_utc(*found->date) == "1994-11-06T08:49:37.000Z");
    BOOST_TEST(wire.sent.at(0).field("Accept") == "application/json");
}

BOOST_AUTO_TEST_CASE(each_document_has_its_path) {
    auto service = client();
    const auto tag = numbered<tag_id>(9);
    const std::string below(project_path);
    const std::string one = below + "/iterations/00000000-0000-0000-0000-000000000002";
    const std::vector<std::pair<document_address, std::string>> wanted{
        {domains_document(), "/base/customvision/v3.3/training/domains"},
        {projects_document(), "/base/customvision/v3.3/training/projects"},
        {project_document(project), below},
        {tags_document(project), below + "/tags"},
        {tag_document(project, tag), below + "/tags/00000000-0000-0000-0000-000000000009"},
        {iterations_document(project), below + "/iterations"},
        {iteration_document(project, iteration), one},
        {performance_document(project, iteration), one + "/performance"},
    };
    for (const auto& [where, path] : wanted) {
        wire.script.push_back(answers(200, "{}"));
        const auto found = run(service.read_document(where));
        BOOST_TEST_REQUIRE(found.has_value());
        BOOST_TEST(!found->date.has_value());
        BOOST_TEST(wire.sent.back().method == "GET");
        BOOST_TEST(wire.sent.back().target == path);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_a_failure_with_its_request_id) {
    auto service = client();
    wire.script.push_back(answers(200, "<html>login</html>"));
    const auto found = run(service.read_document(tags_document(project)));
    BOOST_TEST_REQUIRE(!found.has_value());
    BOOST_TEST((found.error().cause.code == errc::protocol));
    BOOST_TEST(found.error().status == 200U);
    BOOST_TEST(found.error().request_id == "request-7");
    BOOST_TEST(found.error().cause.message.starts_with("GetTags: "));
}

BOOST_AUTO_TEST_CASE(images_are_counted_in_one_call_or_two_by_version) {
    auto newer = client();
    wire.script.push_back(answers(200, "12"));
    BOOST_TEST(run(newer.get_image_count(project)).value() == 12U);
    BOOST_TEST(wire.sent.at(0).target == std::string(project_path) + "/images/count");
    options.api_version = "v3.0";
    auto older = client();
    wire.script.push_back(answers(200, "12"));
    wire.script.push_back(answers(200, "3"));
    BOOST_TEST(run(older.get_image_count(project)).value() == 15U);
    BOOST_TEST(wire.sent.at(1).target.ends_with("/images/tagged/count"));
    BOOST_TEST(wire.sent.at(2).target.ends_with("/images/untagged/count"));
}

BOOST_AUTO_TEST_CASE(a_count_that_is_none_is_a_failure) {
    for (const char* body : {"-1", "\"12\"", "{}", "1.5"}) {
        auto service = client();
        wire.script.push_back(answers(200, body));
        BOOST_TEST(!run(service.get_image_count(project)).has_value(), body);
    }
}

BOOST_AUTO_TEST_SUITE_END()
