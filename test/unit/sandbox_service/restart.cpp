#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <fstream>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

BOOST_AUTO_TEST_SUITE(restart)

BOOST_AUTO_TEST_CASE(a_folder_of_the_first_schema_goes_on) {
    temporary_folder folder;
    std::string project;
    {
        client service(folder.path());
        project = service.make_trainable("p", 6).project;
        service.train_to_end(project);
    }
    sqlite3* file = nullptr;
    BOOST_REQUIRE_EQUAL(sqlite3_open((folder.path() / "service.db").c_str(), &file), SQLITE_OK);
    BOOST_TEST(sqlite3_exec(file,
                            "DROP TABLE exports; DROP TABLE prediction_tags; "
                            "DROP TABLE predictions; DROP TABLE prediction_calls; "
                            "ALTER TABLE projects DROP COLUMN export_container; "
                            "ALTER TABLE projects DROP COLUMN notification_queue; "
                            "PRAGMA user_version = 1;",
                            nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(file);
    client service(folder.path());
    BOOST_TEST(service.get("/projects/" + project + "/images/count").body == "12");
    const answer tested =
        service.call("POST", "/projects/" + project + "/quicktest/image",
                     striped_picture(pattern::level, 100), "application/octet-stream");
    BOOST_TEST(tested.status == 200U);
    const answer kept = service.post("/projects/" + project + "/predictions/query", "{}");
    BOOST_TEST(kept.json().at("results").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_folder_of_the_second_schema_goes_on) {
    temporary_folder folder;
    std::string project;
    {
        client service(folder.path());
        project = service.make_trainable("p", 6).project;
        service.train_to_end(project);
        service.call("POST", "/projects/" + project + "/quicktest/image",
                     striped_picture(pattern::level, 100), "application/octet-stream");
    }
    sqlite3* file = nullptr;
    BOOST_REQUIRE_EQUAL(sqlite3_open((folder.path() / "service.db").c_str(), &file), SQLITE_OK);
    BOOST_TEST(sqlite3_exec(file,
                            "DROP INDEX predictions_by_age; DROP TABLE prediction_calls; "
                            "ALTER TABLE projects DROP COLUMN export_container; "
                            "ALTER TABLE projects DROP COLUMN notification_queue; "
                            "PRAGMA user_version = 2;",
                            nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(file);
    client service(folder.path());
    const answer kept = service.post("/projects/" + project + "/predictions/query", "{}");
    BOOST_TEST(kept.json().at("results").as_array().size() == 1U);
    BOOST_TEST(service.get("/projects/" + project).status == 200U);
}

BOOST_AUTO_TEST_CASE(everything_is_there_again) {
    temporary_folder folder;
    std::string project;
    std::string before;
    std::string link;
    {
        client service(folder.path());
        const auto made = service.make_trainable("p");
        project = made.project;
        const auto done = service.train_to_end(project);
        service.post("/projects/" + project + "/iterations/" +
                     std::string(done.at("id").as_string()) + publish_query("production"));
        before = service.get("/projects/" + project + "/iterations").body +
                 service.get("/projects/" + project + "/tags").body + service.get("/projects").body;
        link = service.get("/projects/" + project + "/images?take=1")
                   .json()
                   .at(0)
                   .at("originalImageUri")
                   .as_string();
    }
    client service(folder.path());
    BOOST_TEST(service.get("/projects/" + project + "/iterations").body +
                   service.get("/projects/" + project + "/tags").body +
                   service.get("/projects").body ==
               before);
    BOOST_TEST(service.call_path("GET", link.substr(link.find("/blobs/")), {}, {}).status == 200U);
    const answer predicted = service.call_path(
        "POST",
        "/customvision/v3.0/prediction/" + project + "/classify/iterations/production/image",
        striped_picture(pattern::level, 77), {{"Content-Type", "application/octet-stream"}});
    BOOST_TEST(predicted.status == 200U);
    BOOST_TEST(service.post("/projects/" + project + "/train").code() ==
               "BadRequestTrainingNotNeeded");
}

BOOST_AUTO_TEST_CASE(a_training_that_was_running_ends_after_the_restart) {
    temporary_folder folder;
    std::string project;
    std::string iteration;
    {
        client service(folder.path());
        project = service.make_trainable("p").project;
        service.inner().stop();
        iteration = service.post("/projects/" + project + "/train").text("id");
        const auto state = service.get("/projects/" + project + "/iterations/" + iteration).json();
        BOOST_TEST(state.at("status").as_string() == "Training");
        BOOST_TEST(service.post("/projects/" + project + "/train?forceTrain=true").code() ==
                   "BadRequestTrainingAlreadyInProgress");
        BOOST_TEST(
            service.call("DELETE", "/projects/" + project + "/iterations/" + iteration).code() ==
            "BadRequestIterationIsNotTrained");
    }
    client service(folder.path());
    BOOST_TEST(service.wait_for_end(project, iteration).at("status").as_string() == "Completed");
}

BOOST_AUTO_TEST_CASE(a_killed_process_loses_nothing_it_has_answered) {
    temporary_folder folder;
    int told[2];
    BOOST_REQUIRE(pipe(told) == 0);
    const pid_t child = fork();
    if (child == 0) {
        client service(folder.path());
        const auto made = service.make_trainable("p", 5);
        const std::string iteration =
            service.post("/projects/" + made.project + "/train").text("id");
        const std::string ids = made.project + iteration;
        if (write(told[1], ids.data(), ids.size()) > 0) {
            kill(getpid(), SIGKILL);
        }
        _exit(1);
    }
    close(told[1]);
    std::string ids(72, '\0');
    BOOST_REQUIRE(read(told[0], ids.data(), ids.size()) == 72);
    close(told[0]);
    int status = 0;
    waitpid(child, &status, 0);
    BOOST_REQUIRE(WIFSIGNALED(status));
    std::ofstream(folder.path() / "incoming" / "half") << "half";

    client service(folder.path());
    const std::string project = ids.substr(0, 36);
    BOOST_TEST(service.get("/projects/" + project + "/images/count").body == "10");
    BOOST_TEST(service.wait_for_end(project, ids.substr(36)).at("status").as_string() ==
               "Completed");
    BOOST_TEST(!std::filesystem::exists(folder.path() / "incoming" / "half"));
}

BOOST_AUTO_TEST_CASE(a_training_whose_pictures_are_lost_fails_and_says_why) {
    temporary_folder folder;
    client service(folder.path());
    const auto made = service.make_trainable("p");
    std::filesystem::remove_all(folder.path() / "images" / made.project);
    service.version = "v3.4-preview";
    const json::value done = service.train_to_end(made.project);
    BOOST_TEST(done.at("status").as_string() == "Failed");
    BOOST_TEST(done.at("trainingErrorDetails").as_string().find("cannot read") !=
               std::string_view::npos);
    const answer again = service.post("/projects/" + made.project + "/train");
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(service
                   .get("/projects/" + made.project + "/iterations/" +
                        std::string(done.at("id").as_string()) + "/performance")
                   .code() == "NotFoundIterationPerformance");
}

BOOST_AUTO_TEST_CASE(a_newer_schema_is_left_alone) {
    temporary_folder folder;
    { const client service(folder.path()); }
    sqlite3* raw = nullptr;
    BOOST_REQUIRE(sqlite3_open((folder.path() / "service.db").c_str(), &raw) == SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
    sqlite3_close(raw);
    BOOST_CHECK_THROW(client(folder.path()), std::exception);
}

BOOST_AUTO_TEST_SUITE_END()
