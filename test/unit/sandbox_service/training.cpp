#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    client::prepared made = service.make_trainable("p");
    std::string place = "/projects/" + made.project;

    std::string train_code(const std::string& query = {}) {
        const answer given = service.post(place + "/train" + query);
        return given.status == 200 ? "trains" : given.code();
    }
};

/// As masked(), with the project's own classification in the recorded one's place.
std::string masked_iteration(std::string body) {
    for (auto at = body.find("Multiclass"); at != std::string::npos; at = body.find("Multiclass")) {
        body.replace(at, 10, "Multilabel");
    }
    return masked(body);
}

std::string text(const json::value& object, const char* name) {
    return std::string(object.at(name).as_string());
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(training, fixture)

BOOST_AUTO_TEST_CASE(a_training_looks_as_recorded_from_begin_to_end) {
    const auto recorded = read_recording("train-and-publish.v3.4-preview.json");
    service.version = "v3.4-preview";
    service.train_to_end(made.project);
    const answer begun = service.post(place + "/train?reservedBudgetInHours=0&forceTrain=true");
    BOOST_TEST(masked_iteration(begun.body) == masked(recorded[3].body));
    const json::value done = service.wait_for_end(made.project, begun.text("id"));
    BOOST_TEST(masked_iteration(json::serialize(done)) == masked(recorded[6].body));
}

BOOST_AUTO_TEST_CASE(v3_1_says_it_its_way) {
    const auto recorded = read_recording("train-and-publish.v3.1.json");
    service.version = "v3.1";
    service.train_to_end(made.project);
    const answer begun = service.post(place + "/train?forceTrain=true");
    BOOST_TEST(masked_iteration(begun.body) == masked(recorded[3].body));
    const json::value done = service.wait_for_end(made.project, begun.text("id"));
    BOOST_TEST(masked_iteration(json::serialize(done)) == masked(recorded[8].body));
    service.version = "v3.0";
    const json::value old = service.get(place + "/iterations/" + begun.text("id")).json();
    BOOST_TEST(!old.as_object().contains("trainingTimeInMinutes"));
}

BOOST_AUTO_TEST_CASE(an_iteration_was_created_when_the_training_before_began) {
    const json::value first = service.train_to_end(made.project);
    BOOST_TEST(text(first, "created") == text(service.get(place).json(), "created"));
    const answer begun = service.post(place + "/train?forceTrain=true");
    BOOST_TEST(begun.text("created") < text(first, "trainedAt"));
    BOOST_TEST(begun.text("created") > text(first, "created"));
}

BOOST_AUTO_TEST_CASE(numbers_go_on_after_a_deletion_and_unchanged_images_train_again) {
    const json::value first = service.train_to_end(made.project);
    BOOST_TEST(text(first, "name") == "Iteration 1");
    BOOST_TEST(train_code() == "BadRequestTrainingNotNeeded");
    service.call("DELETE", place + "/iterations/" + text(first, "id"));
    BOOST_TEST(text(service.train_to_end(made.project), "name") == "Iteration 2");
}

BOOST_AUTO_TEST_CASE(what_makes_a_new_training_worth_it) {
    service.train_to_end(made.project);
    service.upload(made.project, {{"u0", striped_picture(pattern::upright, 0), {made.upright}}});
    BOOST_TEST(train_code() == "BadRequestTrainingNotNeeded");
    service.upload(made.project, {{"new", striped_picture(pattern::upright, 99), {made.upright}}});
    service.train_to_end(made.project);
    const answer stored = service.get(place + "/images?take=1");
    const std::string image = text(stored.json().at(0), "id");
    service.call("DELETE", place + "/images/tags?imageIds=" + image + "&tagIds=" + made.upright);
    service.train_to_end(made.project);
    service.call("DELETE", place + "/images?imageIds=" + image);
    service.train_to_end(made.project, "?forceTrain=false");
    BOOST_TEST(train_code() == "BadRequestTrainingNotNeeded");
}

BOOST_AUTO_TEST_CASE(selected_tags_are_all_that_is_learned) {
    const std::string few = service.make_tag(made.project, "few");
    service.upload(made.project, {{"f", striped_picture(pattern::slanted, 1), {few}}});
    BOOST_TEST(train_code() == "BadRequestClassificationTrainingValidationFailed");
    const std::string selection =
        "{\"selectedTags\":[\"" + made.upright + "\",\"" + made.level + "\"]}";
    const answer begun = service.post(place + "/train", selection);
    BOOST_REQUIRE_EQUAL(begun.status, 200U);
    const json::value done = service.wait_for_end(made.project, begun.text("id"));
    BOOST_TEST(text(done, "status") == "Completed");
    const auto figures =
        service.get(place + "/iterations/" + begun.text("id") + "/performance").json();
    BOOST_TEST(figures.at("perTagPerformance").as_array().size() == 2U);
    BOOST_TEST(service.post(place + "/train", selection).code() == "BadRequestTrainingNotNeeded");
    BOOST_TEST(service.post(place + "/train", "{\"selectedTags\":[\"x\"]}").code() ==
               "BadRequestInvalidIds");
    BOOST_TEST(
        service.post(place + "/train", "{\"selectedTags\":[\"" + made.project + "\"]}").code() ==
        "NotFoundTag");
}

BOOST_AUTO_TEST_CASE(performance_looks_as_recorded) {
    const auto recorded = read_recording("iteration-performance.v3.4-preview.json");
    const std::string id = text(service.train_to_end(made.project), "id");
    const answer given = service.get(place + "/iterations/" + id + "/performance?threshold=0.5");
    BOOST_TEST(given.status == 200U);
    const json::value figures = given.json();
    BOOST_TEST(figures.at("precision").as_double() >= 0.9);
    BOOST_TEST(figures.at("recall").as_double() >= 0.9);
    std::string body = masked(given.body);
    const auto rename = [&](const std::string& from, const std::string& to) {
        body.replace(body.find(from), from.size(), to);
    };
    rename("\"level\"", "\"Tag1\"");
    rename("\"upright\"", "\"Tag2\"");
    BOOST_TEST(body == masked(recorded[1].body));
}

BOOST_AUTO_TEST_CASE(performance_depends_on_the_threshold_and_is_there_when_trained) {
    const answer begun = service.post(place + "/train");
    const std::string own = place + "/iterations/" + begun.text("id") + "/performance";
    service.wait_for_end(made.project, begun.text("id"));
    BOOST_TEST(service.get(own + "?threshold=1").json().at("recall").as_double() < 1.0);
    BOOST_TEST(service.get(own + "?threshold=2").code() == "BadRequest");
    BOOST_TEST(service.get(own + "?threshold=x").code() == "BadRequest");
}

BOOST_AUTO_TEST_CASE(a_detection_project_does_not_train) {
    const std::string project =
        service.make_project("d", "&domainId=da2e3a8a-40a5-4171-82f4-58522f70fbc1");
    const answer refused = service.post("/projects/" + project + "/train");
    BOOST_TEST(refused.status == 400U);
    BOOST_TEST(refused.code() == "BadRequestDetectionTrainingValidationFailed");
}

BOOST_AUTO_TEST_CASE(an_iteration_keeps_what_it_was_trained_on) {
    const std::string id = text(service.train_to_end(made.project), "id");
    const answer all = service.get(place + "/images?take=256");
    const std::string image = text(all.json().at(0), "id");
    service.call("DELETE", place + "/images?imageIds=" + image);
    service.call("DELETE", place + "/tags/" + made.level);
    BOOST_TEST(service.get(place + "/images/count").body == "19");
    BOOST_TEST(service.get(place + "/images/count?iterationId=" + id).body == "20");
    BOOST_TEST(service.get(place + "/tags?iterationId=" + id).json().as_array().size() == 2U);
    const auto kept = service.get(place + "/images/id?imageIds=" + image + "&iterationId=" + id);
    BOOST_TEST(kept.json().at(0).as_object().contains("tags"));
    const auto file = folder.path() / "images" / made.project / image;
    BOOST_TEST(std::filesystem::exists(file));
    service.call("DELETE", place + "/iterations/" + id);
    BOOST_TEST(!std::filesystem::exists(file));
}

BOOST_AUTO_TEST_CASE(an_iteration_is_renamed_as_recorded) {
    const std::string id = text(service.train_to_end(made.project), "id");
    service.train_to_end(made.project, "?forceTrain=true");
    const auto rename = [&](const std::string& name) {
        return service.call("PATCH", place + "/iterations/" + id, "{\"name\":\"" + name + "\"}");
    };
    BOOST_TEST(rename("New Iteration Name").text("name") == "New Iteration Name");
    BOOST_TEST(rename("Iteration 2").code() == "BadRequestIterationNameNotUnique");
    BOOST_TEST(rename(" ").code() == "BadRequestIterationName");
    BOOST_TEST(service.get(place + "/iterations").json().as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_picture_that_does_not_decode_is_left_out) {
    const std::string image = text(service.get(place + "/images?take=1").json().at(0), "id");
    std::ofstream(folder.path() / "images" / made.project / image) << "damaged";
    BOOST_TEST(text(service.train_to_end(made.project), "status") == "Completed");
}

BOOST_AUTO_TEST_SUITE_END()
