#include "body_decoders.hpp"
#include "client_fixture.hpp"
#include "fake_picture.hpp"
#include "retraind/base/api_version.hpp"

#include <fstream>
#include <stdexcept>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

constexpr std::string_view project_path =
    "/base/customvision/v3.3/training/projects/00000000-0000-0000-0000-000000000001";
constexpr std::string_view first_id = "4d6eb844-42ee-42bc-bd6f-c32455ef07c9";

scripted answers_as(std::string_view content_type, std::string body, unsigned status = 200) {
    return answers(status, std::move(body), {{"Content-Type", std::string(content_type)}});
}

customvision::image_batch one_picture(fault fails = fault::none) {
    customvision::image_batch batch;
    batch.images.push_back(
        picture_entry("a.png", std::string(1000, '\xFF'), {numbered<tag_id>(1)}, 1000, fails));
    batch.images.back().regions = {{numbered<tag_id>(2), 0, 0.25, 0.5, 0.75}};
    batch.metadata = {{"site", "plant-7"}};
    return batch;
}

constexpr const char* no_results = R"({"isBatchSuccessful":true,"images":[]})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(training_client_operations, client_fixture)

BOOST_AUTO_TEST_CASE(pictures_by_address_go_up) {
    auto service = client();
    wire.script.push_back(
        answers(207, R"({"images":[{"sourceUrl":"https://x/1","status":"ErrorSource"}]})"));
    url_batch batch;
    batch.images.push_back({"https://x/1", {numbered<tag_id>(1)}, {}});
    batch.images.push_back(
        {"https://x/2", {numbered<tag_id>(1)}, {{numbered<tag_id>(2), 0, 0.25, 0.5, 1}}});
    batch.metadata = {{"site", "plant-7"}};
    const auto answered = run(service.create_images_from_urls(project, batch));
    BOOST_REQUIRE(answered);
    BOOST_TEST(answered->status == 207U);
    BOOST_TEST(answered->results.at(0).status == "ErrorSource");
    BOOST_TEST(answered->body_bytes == wire.sent.at(0).body.size());
    BOOST_TEST(answered->request_id == "request-7");
    BOOST_TEST(wire.sent.at(0).method == "POST");
    BOOST_TEST(wire.sent.at(0).target == std::string(project_path) + "/images/urls");
    BOOST_TEST(wire.sent.at(0).body ==
               R"({"images":[{"url":"https://x/1"},{"url":"https://x/2","regions":[{"tagId":)"
               R"("00000000-0000-0000-0000-000000000002","left":0E0,"top":2.5E-1,"width":5E-1,)"
               R"("height":1E0}]}],"tagIds":["00000000-0000-0000-0000-000000000001"],)"
               R"("metadata":{"site":"plant-7"}})");
}

BOOST_AUTO_TEST_CASE(pictures_are_asked_for_by_their_ids) {
    auto service = client();
    wire.script.push_back(answers(200, R"([{"id":")" + std::string(first_id) +
                                           R"(","tags":[{"tagId":")" + std::string(first_id) +
                                           R"(","tagName":"cat"}],"regions":[{"tagId":")" +
                                           std::string(first_id) +
                                           R"(","left":0.5,"top":0,"width":0.25,"height":1}],)"
                                           R"("metadata":{"site":"a"}},{"id":")" +
                                           std::string(first_id) + R"("}])"));
    const auto read =
        run(service.get_images_by_ids(project, {numbered<image_id>(1), numbered<image_id>(2)}));
    BOOST_REQUIRE(read);
    BOOST_TEST(wire.sent.at(0).method == "GET");
    BOOST_TEST(wire.sent.at(0).target ==
               std::string(project_path) +
                   "/images/id?imageIds=00000000-0000-0000-0000-000000000001%2C"
                   "00000000-0000-0000-0000-000000000002");
    BOOST_REQUIRE(read->size() == 2U);
    BOOST_TEST(to_string(read->at(0).tags.at(0)) == first_id);
    BOOST_TEST(read->at(0).regions.at(0).left == 0.5);
    BOOST_TEST(read->at(0).metadata.at("site") == "a");
    BOOST_TEST(read->at(1).tags.empty());
}

BOOST_AUTO_TEST_CASE(tags_are_given_to_pictures) {
    auto service = client();
    const std::string pair = R"([{"imageId":")" + std::string(first_id) + R"(","tagId":")" +
                             std::string(first_id) + R"("}])";
    wire.script.push_back(
        answers(200, R"({"created":[],"duplicated":)" + pair + R"(,"exceeded":)" + pair + "}"));
    const auto done =
        run(service.create_image_tags(project, {{numbered<image_id>(1), numbered<tag_id>(2)}}));
    BOOST_REQUIRE(done);
    BOOST_TEST(done->created.empty());
    BOOST_TEST(to_string(done->duplicated.at(0).image) == first_id);
    BOOST_TEST(to_string(done->exceeded.at(0).tag) == first_id);
    BOOST_TEST(wire.sent.at(0).target == std::string(project_path) + "/images/tags");
    BOOST_TEST(wire.sent.at(0).body ==
               R"({"tags":[{"imageId":"00000000-0000-0000-0000-000000000001",)"
               R"("tagId":"00000000-0000-0000-0000-000000000002"}]})");
}

BOOST_AUTO_TEST_CASE(deletions_are_sent_once_and_need_no_answer) {
    auto service = client();
    for (int each = 0; each < 3; ++each) {
        wire.script.push_back(answers(204, ""));
    }
    wire.script.push_back(answers(404, R"({"code":"NotFoundTag","message":"none"})"));
    BOOST_TEST(run(service.delete_project(project)).has_value());
    BOOST_TEST(run(service.delete_tag(project, numbered<tag_id>(9))).has_value());
    BOOST_TEST(run(service.delete_iteration(project, iteration)).has_value());
    const auto refused = run(service.delete_tag(project, numbered<tag_id>(9)));
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "NotFoundTag");
    const std::string in_project(project_path);
    const std::string tag_path = in_project + "/tags/00000000-0000-0000-0000-000000000009";
    BOOST_TEST(wire.sent.at(0).target == in_project);
    BOOST_TEST(wire.sent.at(1).target == tag_path);
    BOOST_TEST(wire.sent.at(2).target ==
               in_project + "/iterations/00000000-0000-0000-0000-000000000002");
    for (const auto& each : wire.sent) {
        BOOST_TEST(each.method == "DELETE");
        BOOST_TEST(each.body == "");
    }
    BOOST_TEST(wire.sent.size() == 4U);
}

BOOST_AUTO_TEST_CASE(bodies_go_out_in_the_media_type_that_was_chosen) {
    struct {
        const char* media_type;
        const char* content_type;
        notation written;
    } const cases[]{
        {"application/json", "application/json", notation::json},
        {"application/xml", "application/xml; charset=utf-8", notation::xml},
        {"text/xml", "text/xml; charset=utf-8", notation::xml},
        {"application/x-www-form-urlencoded", "application/x-www-form-urlencoded", notation::form},
    };
    for (const auto& each : cases) {
        options.media_type = each.media_type;
        options.accept = "text/xml";
        auto service = client();
        wire.sent.clear();
        wire.script.push_back(answers(200, no_results));
        wire.script.push_back(answers(200, no_results));
        const auto answered = run(service.create_images_from_files(project, one_picture(), files));
        BOOST_REQUIRE(answered);
        BOOST_TEST(run(service.create_images_from_urls(project, {})).has_value());
        const sent_request& sent = wire.sent.at(0);
        BOOST_TEST(sent.field("Content-Type") == each.content_type);
        BOOST_TEST(sent.field("Accept") == "text/xml");
        BOOST_TEST(sent.announced == sent.body.size());
        BOOST_TEST(answered->body_bytes == sent.body.size());
        const auto body = read_body(sent.body, "ImageFileCreateBatch", each.written);
        BOOST_TEST(text_of(body.at("images").at(0), "name") == "a.png");
        BOOST_TEST(body.at("images").at(0).at("regions").as_array().size() == 1U);
        BOOST_TEST(text_of(body.at("metadata"), "site") == "plant-7");
        if (each.written != notation::form) { // its length only reading tells
            BOOST_TEST(service.entry_bytes(one_picture().images[0]) +
                           service.envelope_bytes(one_picture().metadata) >=
                       sent.body.size());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_larger_than_it_may_be_is_not_sent) {
    for (const char* media_type : {"application/json", "application/x-www-form-urlencoded"}) {
        options.media_type = media_type;
        auto service = client();
        wire.sent.clear();
        wire.script.push_back(answers(200, no_results));
        const auto sent = run(service.create_images_from_files(project, one_picture(), files));
        BOOST_REQUIRE(sent);
        const std::uint64_t size = sent->body_bytes;
        const auto refused =
            run(service.create_images_from_files(project, one_picture(), files, size - 1));
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().meaning == verdict::abandoned));
        BOOST_TEST_REQUIRE(refused.error().entry_bytes.size() == 1U);
        BOOST_TEST(refused.error().entry_bytes[0] <= size);
        BOOST_TEST(refused.error().entry_bytes[0] +
                       service.envelope_bytes(one_picture().metadata) >=
                   size);
        wire.script.push_back(answers(200, no_results));
        BOOST_TEST(
            run(service.create_images_from_files(project, one_picture(), files, size)).has_value());
        BOOST_TEST(wire.sent.size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(each_answer_is_read_by_its_own_content_type) {
    const std::string xml = "<ArrayOfTag><Tag><id>" + std::string(first_id) +
                            "</id><name>cat</name><imageCount>3</imageCount></Tag></ArrayOfTag>";
    const std::string json =
        R"([{"id":")" + std::string(first_id) + R"(","name":"cat","imageCount":3}])";
    for (const char* asked : {"application/json", "application/xml"}) {
        options.accept = asked;
        auto service = client();
        for (const bool in_xml : {true, false}) {
            wire.script.push_back(in_xml ? answers_as("application/xml; charset=utf-8", xml)
                                         : answers_as("application/json; charset=utf-8", json));
            const auto read = run(service.get_tags(project));
            BOOST_REQUIRE(read);
            BOOST_TEST(read->at(0).name == "cat");
            BOOST_TEST(read->at(0).image_count == 3U);
        }
        wire.script.push_back(answers_as("text/xml", "<boolean>true</boolean>"));
        BOOST_TEST(run(service.publish(project, iteration, "n", "x", false)).has_value());
        wire.script.push_back(answers_as("text/xml", "<boolean>false</boolean>"));
        BOOST_TEST(!run(service.publish(project, iteration, "n", "x", false)).has_value());
        wire.script.push_back(
            answers_as("application/xml",
                       "<CustomVisionError><code>BadRequestTrainingNotNeeded</code>"
                       "<message>Nothing changed since last training</message></CustomVisionError>",
                       400));
        const auto refused = run(service.train(project, {}));
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().code == "BadRequestTrainingNotNeeded");
        BOOST_TEST((refused.error().meaning == verdict::state));
        wire.script.push_back(answers_as("text/html", "<html><body/></html>"));
        BOOST_TEST(!run(service.get_tags(project)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_picture_that_cannot_be_measured_is_our_own_doing) {
    options.media_type = "application/x-www-form-urlencoded";
    auto service = client();
    const auto failed =
        run(service.create_images_from_files(project, one_picture(fault::close), files));
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().meaning == verdict::abandoned));
    BOOST_TEST((failed.error().cause.code == errc::changed));
    BOOST_TEST(wire.sent.empty());
    BOOST_TEST(events.count(event_name::request_failed) == 1U);
}

BOOST_AUTO_TEST_CASE(media_types_that_are_none_are_refused) {
    options.media_type = "application/yaml";
    BOOST_CHECK_THROW(static_cast<void>(client()), std::invalid_argument);
    options.media_type = "text/xml";
    options.accept = "application/x-www-form-urlencoded";
    BOOST_CHECK_THROW(static_cast<void>(client()), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(versions_are_asked_for_what_the_table_says) {
    for (const auto& version : retraind::api_versions) {
        options.api_version = std::string(version.name);
        auto service = client();
        wire.sent.clear();
        for (const char* body : {no_results, no_results}) {
            wire.script.push_back(answers(200, body));
        }
        wire.script.push_back(
            answers(200, R"({"id":")" + std::string(first_id) + R"(","status":"Training"})"));
        wire.script.push_back(answers(200, "true"));
        BOOST_TEST(
            run(service.create_images_from_files(project, one_picture(), files)).has_value());
        url_batch urls;
        urls.metadata = {{"site", "plant-7"}};
        BOOST_TEST(run(service.create_images_from_urls(project, urls)).has_value());
        train_request wanted;
        wanted.selected_tags = {numbered<tag_id>(9)};
        BOOST_TEST(run(service.train(project, wanted)).has_value());
        BOOST_TEST(run(service.publish(project, iteration, "n", "x", true)).has_value());
        for (const std::size_t batch : {0U, 1U}) {
            BOOST_TEST((wire.sent.at(batch).body.find("metadata") != std::string::npos) ==
                       version.metadata);
        }
        BOOST_TEST(!wire.sent.at(2).body.empty() == version.selected_tags);
        BOOST_TEST((wire.sent.at(3).target.find("overwrite") != std::string::npos) ==
                   version.overwrite);
        BOOST_TEST(service.takes_metadata() == version.metadata);
        BOOST_TEST(service.selects_tags() == version.selected_tags);
        BOOST_TEST(service.takes_names_over() == version.overwrite);
        BOOST_TEST(service.lists_all_images() == version.all_images);
        BOOST_TEST(service.deletes_all_images() == version.delete_all_images);
    }
}

BOOST_AUTO_TEST_CASE(the_table_is_what_the_published_file_says) {
    std::ifstream file(RETRAIND_TEST_DATA "/openapi/training.v3.3.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const boost::json::value document = boost::json::parse(text);
    const auto* version = retraind::find_api_version("v3.3");
    BOOST_REQUIRE(version != nullptr);
    const auto has_parameter = [&](const std::string& path, const char* method, const char* name) {
        for (const auto& each :
             document.at("paths").at(path).at(method).at("parameters").as_array()) {
            const auto* named = each.as_object().if_contains("name");
            if (named != nullptr && named->as_string() == name) {
                return true;
            }
        }
        return false;
    };
    const std::string in = "/projects/{projectId}";
    const auto& paths = document.at("paths").as_object();
    const auto& files_answers = paths.at(in + "/images/files").at("post").at("responses");
    const auto& batch = document.at("definitions").at("ImageFileCreateBatch").at("properties");
    BOOST_TEST(has_parameter(in + "/train", "post", "trainingParameters") ==
               version->selected_tags);
    BOOST_TEST(has_parameter(in + "/images", "delete", "allImages") == version->delete_all_images);
    BOOST_TEST(has_parameter(in + "/iterations/{iterationId}/publish", "post", "overwrite") ==
               version->overwrite);
    BOOST_TEST(batch.as_object().contains("metadata") == version->metadata);
    BOOST_TEST(paths.contains(in + "/images/metadata") == version->metadata);
    BOOST_TEST(paths.contains(in + "/images/count") == version->all_images);
    BOOST_TEST(files_answers.as_object().contains("207") == version->multi_status);
    BOOST_TEST((text.find("ErrorImageDimensions") != std::string::npos) ==
               version->status_dimensions);
}

BOOST_AUTO_TEST_SUITE_END()
