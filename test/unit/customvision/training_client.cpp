#include "retraind/customvision/training_client.hpp"

#include "client_fixture.hpp"
#include "fake_picture.hpp"

#include <stdexcept>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

constexpr std::string_view project_path =
    "/base/customvision/v3.3/training/projects/00000000-0000-0000-0000-000000000001";
constexpr std::string_view iteration_path =
    "/base/customvision/v3.3/training/projects/00000000-0000-0000-0000-000000000001/iterations/"
    "00000000-0000-0000-0000-000000000002";
constexpr const char* an_object =
    R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9","name":"n","status":"Training"})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(training_client, client_fixture)

BOOST_AUTO_TEST_CASE(reads_ask_for_their_paths) {
    auto service = client();
    for (const char* body : {"[]", "[]", an_object, "[]", "[]", an_object, "{}"}) {
        wire.script.push_back(answers(200, body));
    }
    BOOST_TEST(run(service.get_domains()).has_value());
    BOOST_TEST(run(service.get_projects()).has_value());
    BOOST_TEST(run(service.get_project(project)).value().name == "n");
    BOOST_TEST(run(service.get_tags(project)).has_value());
    BOOST_TEST(run(service.get_iterations(project)).has_value());
    BOOST_TEST(run(service.get_iteration(project, iteration)).value().status == "Training");
    BOOST_TEST(run(service.get_performance(project, iteration)).has_value());
    const std::string in_project(project_path);
    const std::string in_iteration(iteration_path);
    const std::vector<std::string> targets{"/base/customvision/v3.3/training/domains",
                                           "/base/customvision/v3.3/training/projects",
                                           in_project,
                                           in_project + "/tags",
                                           in_project + "/iterations",
                                           in_iteration,
                                           in_iteration + "/performance"};
    BOOST_REQUIRE(wire.sent.size() == targets.size());
    for (std::size_t at = 0; at < targets.size(); ++at) {
        BOOST_TEST(wire.sent[at].method == "GET");
        BOOST_TEST(wire.sent[at].target == targets[at]);
        BOOST_TEST(wire.sent[at].field("Training-Key") == key_text);
        BOOST_TEST(wire.sent[at].field("Accept") == "application/json");
        BOOST_TEST(wire.sent[at].field("User-Agent").starts_with("retraind/"));
        BOOST_TEST(wire.sent[at].field("Content-Type") == "");
    }
}

BOOST_AUTO_TEST_CASE(writes_carry_their_parameters_percent_encoded) {
    auto service = client();
    for (const char* body : {an_object, an_object, an_object, "true", "true"}) {
        wire.script.push_back(answers(200, body));
    }
    wire.script.push_back(answers(204, ""));
    const auto domain = numbered<domain_id>(3);
    BOOST_TEST(run(service.create_project("Wild & ä", domain, classification_type::multilabel))
                   .has_value());
    BOOST_TEST(run(service.create_project("Boxes", domain, std::nullopt)).has_value());
    BOOST_TEST(run(service.create_tag(project, "cat #1", tag_type::negative)).has_value());
    BOOST_TEST(
        run(service.publish(project, iteration, "live", "/subscriptions/a/b", true)).has_value());
    BOOST_TEST(run(service.publish(project, iteration, "live", "/x", false)).has_value());
    BOOST_TEST(run(service.unpublish(project, iteration)).has_value());
    const std::string projects = "/base/customvision/v3.3/training/projects?";
    const std::string domain_parameter = "&domainId=00000000-0000-0000-0000-000000000003";
    const std::string publish = std::string(iteration_path) + "/publish";
    BOOST_TEST(wire.sent.at(0).target == projects + "name=Wild%20%26%20%C3%A4" + domain_parameter +
                                             "&classificationType=Multilabel");
    BOOST_TEST(wire.sent.at(1).target == projects + "name=Boxes" + domain_parameter);
    BOOST_TEST(wire.sent.at(2).target ==
               std::string(project_path) + "/tags?name=cat%20%231&type=Negative");
    BOOST_TEST(wire.sent.at(3).target ==
               publish + "?publishName=live&predictionId=%2Fsubscriptions%2Fa%2Fb&overwrite=true");
    BOOST_TEST(wire.sent.at(4).target == publish + "?publishName=live&predictionId=%2Fx");
    BOOST_TEST(wire.sent.at(5).method == "DELETE");
    BOOST_TEST(wire.sent.at(5).target == publish);
    for (const auto& each : wire.sent) {
        BOOST_TEST((each.method == "POST" || &each == &wire.sent.back()));
        BOOST_TEST(each.body == "");
        BOOST_TEST(each.announced == 0U);
    }
}

BOOST_AUTO_TEST_CASE(training_names_its_type_and_its_tags) {
    auto service = client();
    wire.script.push_back(answers(200, an_object));
    wire.script.push_back(answers(200, an_object));
    BOOST_TEST(run(service.train(project, train_request())).has_value());
    train_request wanted;
    wanted.type = training_type::advanced;
    wanted.budget_hours = 2;
    wanted.selected_tags = {numbered<tag_id>(9)};
    BOOST_TEST(run(service.train(project, wanted)).value().status == "Training");
    BOOST_TEST(wire.sent.at(0).target == std::string(project_path) + "/train?trainingType=Regular");
    BOOST_TEST(wire.sent.at(0).body == "");
    BOOST_TEST(wire.sent.at(1).target ==
               std::string(project_path) + "/train?trainingType=Advanced&reservedBudgetInHours=2");
    BOOST_TEST(wire.sent.at(1).body ==
               R"({"selectedTags":["00000000-0000-0000-0000-000000000009"]})");
    BOOST_TEST(wire.sent.at(1).announced == wire.sent.at(1).body.size());
    BOOST_TEST(wire.sent.at(1).field("Content-Type") == "application/json");
}

BOOST_AUTO_TEST_CASE(pictures_go_up_and_their_results_come_back) {
    for (const unsigned status : {200U, 207U}) {
        auto service = client();
        std::vector<image_entry> images;
        images.push_back(picture_entry("cat/1.png", "12345", {numbered<tag_id>(1)}));
        wire.script.push_back(
            answers(status, R"({"isBatchSuccessful":false,"images":[{"sourceUrl":"cat/1.png",)"
                            R"("status":"OKDuplicate","image":)" +
                                std::string(an_object) + "}]}"));
        const auto answered = run(service.create_images_from_files(
            project, customvision::image_batch{std::move(images), {}}, files));
        BOOST_REQUIRE(answered);
        BOOST_TEST(answered->results.at(0).source_url == "cat/1.png");
        BOOST_TEST(answered->results.at(0).status == "OKDuplicate");
        const sent_request& sent = wire.sent.back();
        BOOST_TEST(sent.method == "POST");
        BOOST_TEST(sent.target == std::string(project_path) + "/images/files");
        BOOST_TEST(sent.field("Content-Type") == "application/json");
        BOOST_TEST(sent.announced == sent.body.size());
        BOOST_TEST(answered->status == status);
        BOOST_TEST(answered->body_bytes == sent.body.size());
        BOOST_TEST(sent.body == R"({"images":[{"name":"cat/1.png","contents":"MTIzNDU="}],)"
                                R"("tagIds":["00000000-0000-0000-0000-000000000001"]})");
    }
}

BOOST_AUTO_TEST_CASE(older_versions_are_asked_only_for_what_they_have) {
    options.api_version = "v3.0";
    auto service = client();
    wire.script.push_back(answers(200, "true"));
    wire.script.push_back(answers(200, an_object));
    BOOST_TEST(run(service.publish(project, iteration, "live", "x", true)).has_value());
    train_request wanted;
    wanted.selected_tags = {numbered<tag_id>(9)};
    BOOST_TEST(run(service.train(project, wanted)).has_value());
    BOOST_TEST(wire.sent.at(0).target.starts_with("/base/customvision/v3.0/training/"));
    BOOST_TEST(wire.sent.at(0).target.find("overwrite") == std::string::npos);
    BOOST_TEST(wire.sent.at(1).body == "");
    options.api_version = "v2.2";
    BOOST_CHECK_THROW(static_cast<void>(client()), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(images_are_counted_as_each_version_can) {
    auto service = client();
    wire.script.push_back(answers(200, "1234"));
    BOOST_TEST(run(service.get_image_count(project)).value() == 1234U);
    BOOST_TEST(wire.sent.at(0).target == std::string(project_path) + "/images/count");
    options.api_version = "v3.2";
    auto older = client();
    wire.script.push_back(answers(200, "1200"));
    wire.script.push_back(answers(200, "34"));
    BOOST_TEST(run(older.get_image_count(project)).value() == 1234U);
    BOOST_REQUIRE(wire.sent.size() == 3U);
    BOOST_TEST(wire.sent[1].target.ends_with("/images/tagged/count"));
    BOOST_TEST(wire.sent[2].target.ends_with("/images/untagged/count"));
    BOOST_TEST(wire.sent[2].method == "GET");
    wire.script.push_back(answers(200, "1200"));
    wire.script.push_back(answers(404, R"({"code":"NotFoundProject","message":"gone"})"));
    BOOST_TEST((run(older.get_image_count(project)).error().meaning == verdict::missing_project));
}

BOOST_AUTO_TEST_CASE(a_new_key_is_used_at_once) {
    auto service = client();
    wire.script.push_back(answers(200, "[]"));
    wire.script.push_back(answers(200, "[]"));
    static_cast<void>(run(service.get_domains()));
    key = "another";
    static_cast<void>(run(service.get_domains()));
    BOOST_TEST(wire.sent.at(1).field("Training-Key") == "another");
}

BOOST_AUTO_TEST_CASE(an_answer_is_told_with_its_facts) {
    auto service = client();
    wire.script.push_back(answers(200, "[]"));
    static_cast<void>(run(service.get_tags(project)));
    const event& told = events.last(event_name::request_sent);
    BOOST_TEST((told.level == severity::debug));
    BOOST_TEST(text_field(told, "operation") == "GetTags");
    BOOST_TEST(number_field(told, "status") == 200);
    BOOST_TEST(number_field(told, "ms") == 0);
    BOOST_TEST(text_field(told, "request_id") == "request-7");
    BOOST_TEST(events.all.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
