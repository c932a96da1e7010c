#include "sandbox/versions.hpp"

#include <boost/test/unit_test.hpp>

#include "sandbox/http/router.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using sandbox::api_version;
using sandbox::api_versions;
using sandbox::version_of;
using namespace sandbox::service;
using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

/// A service that is asked in one version after the other.
struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::string place = "/projects/" + project;

    /// What `ask` gives in every version, separated by blanks.
    template <class Ask>
    std::string in_each(const Ask& ask) {
        std::string texts;
        for (const api_version& each : api_versions) {
            service.version = each.name;
            texts += (texts.empty() ? "" : " ") + std::string(ask(each));
        }
        return texts;
    }
};

std::string has(const json::value& shape, std::string_view name) {
    return shape.as_object().contains(name) ? "1" : "0";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(versions, fixture)

BOOST_AUTO_TEST_CASE(every_version_of_a_path_is_in_the_table) {
    for (const api_version& each : api_versions) {
        const auto found = sandbox::http::find_route(
            "GET", "/customvision/" + std::string(each.name) + "/training/projects");
        BOOST_REQUIRE(found);
        BOOST_TEST(found->version == each.name);
        BOOST_TEST(version_of(found->version).minor == each.minor);
        BOOST_TEST(version_of(each.minor).name == each.name);
    }
    BOOST_TEST(version_of("").name == "v3.4-preview");
    BOOST_TEST(version_of(-1).name == "v3.4-preview");
    BOOST_TEST(version_of(5).name == "v3.4-preview");
}

BOOST_AUTO_TEST_CASE(a_failed_picture_and_its_status) {
    const auto upload = [&](const std::string& contents, const std::vector<std::string>& tags) {
        const answer given = service.upload(project, {{"x", contents, tags}});
        return std::to_string(given.status) + ":" +
               std::string(given.json().at("images").at(0).at("status").as_string());
    };
    BOOST_TEST(
        in_each([&](const api_version&) {
            return upload(striped_picture(pattern::level, 1, 520, 4), {});
        }) == "200:ErrorImageFormat 200:ErrorImageFormat 200:ErrorImageFormat 207:ErrorImageFormat "
              "207:ErrorImageDimensions");
    BOOST_TEST(
        in_each([&](const api_version&) {
            return upload(striped_picture(pattern::level, 1), {project});
        }) ==
        "200:ErrorUnknown 200:ErrorUnknown 200:ErrorUnknown 207:ErrorUnknown 207:ErrorInvalidTag");
}

BOOST_AUTO_TEST_CASE(deleting_all_images) {
    BOOST_TEST(
        in_each([&](const api_version&) {
            return std::to_string(
                service.call("DELETE", place + "/images?allImages=true&allIterations=true").status);
        }) == "400 202 202 202 202");
}

BOOST_AUTO_TEST_CASE(general_products_and_openvino) {
    BOOST_TEST(in_each([&](const api_version& each) {
                   const answer made = service.post(
                       place + "/tags?type=GeneralProduct&name=" + std::string(each.name));
                   if (made.status == 200) {
                       service.call("DELETE", place + "/tags/" + made.text("id"));
                   }
                   return made.status == 200 ? "200" : made.code();
               }) == "BadRequestTagType BadRequestTagType BadRequestTagType 200 200");
    BOOST_TEST(
        in_each([&](const api_version& each) {
            const answer made = service.post("/projects?targetExportPlatforms=ONNX,OpenVino&name=" +
                                             std::string(each.name));
            return made.status == 200 ? "200" : made.code();
        }) ==
        "BadRequestProjectUnsupportedExportPlatform BadRequestProjectUnsupportedExportPlatform "
        "BadRequestProjectUnsupportedExportPlatform BadRequestProjectUnsupportedExportPlatform "
        "200");
    const std::string made = service.get("/projects").json().at(0).at("id").as_string().c_str();
    BOOST_TEST(in_each([&](const api_version&) {
                   const auto shown = service.get("/projects/" + made).json();
                   return std::to_string(
                       shown.at("settings").at("targetExportPlatforms").as_array().size());
               }) == "1 1 1 1 2");
}

BOOST_AUTO_TEST_CASE(members_that_came_later) {
    BOOST_TEST(in_each([&](const api_version&) {
                   const auto shown = service.get(place).json();
                   return has(shown, "status") +
                          has(shown.at("settings"), "imageProcessingSettings");
               }) == "00 11 11 11 11");
    BOOST_TEST(in_each([&](const api_version&) {
                   return has(service.get("/domains").json().at(0), "exportablePlatforms");
               }) == "0 0 0 0 1");
    service.version = "v3.4-preview";
    service.post(place + "/images/files", files_body({{"x", striped_picture(pattern::level, 1)}},
                                                     {}, R"(,"metadata":{"a":"b"})"));
    BOOST_TEST(in_each([&](const api_version&) {
                   return has(service.get(place + "/images/untagged").json().at(0), "metadata");
               }) == "0 0 0 1 1");
}

BOOST_AUTO_TEST_CASE(the_body_of_a_training) {
    const auto made = service.make_trainable("t", 5);
    const std::string body = R"({"selectedTags":[")" + made.upright + R"("]})";
    BOOST_TEST(in_each([&](const api_version& each) {
                   const answer given =
                       service.post("/projects/" + made.project + "/train?forceTrain=true", body);
                   if (given.status == 200) {
                       service.wait_for_end(made.project, given.text("id"));
                       return has(given.json(), "trainingTimeInMinutes") +
                              has(given.json(), "trainingErrorDetails") + std::string(each.name);
                   }
                   return given.code();
               }) == "00v3.0 BadRequestClassificationTrainingValidationFailed "
                     "BadRequestClassificationTrainingValidationFailed "
                     "BadRequestClassificationTrainingValidationFailed "
                     "BadRequestClassificationTrainingValidationFailed");
}

BOOST_AUTO_TEST_CASE(types_of_predicted_tags) {
    const auto made = service.make_trainable("t", 6);
    const std::string own = "/projects/" + made.project;
    const std::string iteration = service.train_to_end(made.project).at("id").as_string().c_str();
    service.post(own + "/iterations/" + iteration + publish_query("live"));
    const std::string picture = striped_picture(pattern::level, 100);
    BOOST_TEST(in_each([&](const api_version&) {
                   const answer tested = service.call("POST", own + "/quicktest/image", picture,
                                                      "application/octet-stream");
                   const answer found = service.post(own + "/predictions/query", "{}");
                   const json::value stored = found.json().at("results").at(0);
                   return has(tested.json().at("predictions").at(0), "tagType") +
                          has(stored.at("predictions").at(0), "tagType");
               }) == "00 00 00 11 11");
    std::string predicted;
    for (const api_version& each : api_versions) {
        const std::string path = "/customvision/" + std::string(each.name) + "/prediction/" +
                                 made.project + "/classify/iterations/live/image";
        if (!each.has_prediction_api) {
            BOOST_TEST(!sandbox::http::find_route("POST", path).has_value());
            continue;
        }
        const answer given = service.call_path("POST", path, picture,
                                               {{"Content-Type", "application/octet-stream"}});
        predicted += has(given.json().at("predictions").at(0), "tagType");
    }
    BOOST_TEST(predicted == "01");
}

BOOST_AUTO_TEST_CASE(addresses_for_models_and_notices_are_kept) {
    service.version = "v3.4-preview";
    const answer made = service.post("/projects?name=o", R"({"notificationQueueUri":"https://q"})");
    const std::string own = "/projects/" + made.text("id");
    const auto settings = [](const answer& given) {
        return given.json().at("settings");
    };
    BOOST_TEST(settings(made).at("notificationQueueUri").as_string() == "https://q");
    BOOST_TEST(has(settings(made), "exportModelContainerUri") == "0");
    const answer changed = service.call(
        "PATCH", own,
        R"({"settings":{"exportModelContainerUri":"https://c","notificationQueueUri":""}})");
    BOOST_TEST(settings(changed).at("exportModelContainerUri").as_string() == "https://c");
    BOOST_TEST(has(settings(changed), "notificationQueueUri") == "0");
    service.version = "v3.3";
    const answer older = service.call(
        "PATCH", own, R"({"name":"other","settings":{"exportModelContainerUri":"https://d"}})");
    BOOST_TEST(has(settings(older), "exportModelContainerUri") == "0");
    service.version = "v3.4-preview";
    BOOST_TEST(settings(service.get(own)).at("exportModelContainerUri").as_string() == "https://c");
}

BOOST_AUTO_TEST_CASE(a_base_model_is_refused) {
    service.version = "v3.4-preview";
    BOOST_TEST(
        service.post(place + "/train", R"({"customBaseModelInfo":{"projectId":"x"}})").code() ==
        "BadRequestNotSupported");
}

BOOST_AUTO_TEST_CASE(a_tag_of_an_iteration) {
    service.version = "v3.3";
    const auto made = service.make_trainable("t");
    const std::string iteration = service.train_to_end(made.project).at("id").as_string().c_str();
    const std::string tag = "/projects/" + made.project + "/tags/" + made.upright;
    service.call("DELETE", tag);
    BOOST_TEST(service.get(tag).code() == "NotFoundTag");
    BOOST_TEST(service.get(tag + "?iterationId=" + iteration).text("name") == "upright");
    BOOST_TEST(service.get(tag + "?iterationId=" + project).code() == "NotFoundIteration");
}

BOOST_AUTO_TEST_SUITE_END()
