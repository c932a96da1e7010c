#include "retraind/report/admin_answers.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::report;

namespace {

daemon_status sample() {
    daemon_status now;
    now.version = "0.1.0";
    now.started = wall_time(std::chrono::seconds(1'795'000'000));
    project_status project;
    project.name = "wildlife";
    project.id = "391fc408-69ec-4ec3-ac42-6f14bf71ed33";
    project.ready = true;
    project.files = {1, 2, 3, 4};
    project.totals = {5, 6, 7, 8, 9};
    project.training = {"idle", "12 more pictures", std::nullopt};
    project.published = {{"production", "d9a52359-76d9-4fcd-9a62-18919c58a741"}};
    project.capacity.images = {10, 100'000};
    now.projects.push_back(project);
    return now;
}

admin_answer answer(std::string_view method, std::string_view path, const daemon_status& now) {
    metrics_store metrics;
    return answer_admin(method, path, now, metrics);
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_answers)

BOOST_AUTO_TEST_CASE(the_status_has_the_members_that_others_read) {
    const admin_answer answered = answer("GET", "/status", sample());
    BOOST_TEST(answered.status == 200U);
    BOOST_TEST(answered.content_type == "application/json");
    const auto expected = boost::json::parse(R"({"version":"0.1.0",
        "started":"2026-11-18T11:06:40.000Z","projects":[{"name":"wildlife",
        "id":"391fc408-69ec-4ec3-ac42-6f14bf71ed33","ready":true,"reason":null,
        "oldest_waiting_seconds":0,"files":{"settling":1,"waiting":2,"in_flight":3,"held":4},
        "totals":{"confirmed":5,"duplicate":6,"held_out":7,"removed":8,"rejected":9},
        "training":{"state":"idle","reason":"12 more pictures","last":null},
        "published":[{"name":"production","iteration":"d9a52359-76d9-4fcd-9a62-18919c58a741"}],
        "capacity":{"images":{"used":10,"limit":100000},"tags":{"used":0,"limit":0},
        "iterations":{"used":0,"limit":0}}}]})");
    BOOST_TEST(boost::json::parse(answered.body) == expected);
}

BOOST_AUTO_TEST_CASE(the_last_training_is_said) {
    daemon_status now = sample();
    now.projects[0].training.last =
        training_result{"i", "published", wall_time(std::chrono::seconds(1'795'000'000))};
    const auto document = boost::json::parse(status_json(now));
    BOOST_TEST(document.at_pointer("/projects/0/training/last/result").as_string() == "published");
    BOOST_TEST(document.at_pointer("/projects/0/training/last/at").as_string() ==
               "2026-11-18T11:06:40.000Z");
}

BOOST_AUTO_TEST_CASE(readiness_names_every_project_that_is_not) {
    daemon_status now = sample();
    BOOST_TEST(answer("GET", "/readyz", now).status == 200U);
    now.projects[0].ready = false;
    now.projects[0].reason = "/srv/drop is not there";
    now.projects.push_back(now.projects[0]);
    now.projects[1].name = "plants";
    const admin_answer answered = answer("GET", "/readyz?verbose", now);
    BOOST_TEST(answered.status == 503U);
    BOOST_TEST(answered.body ==
               "wildlife: /srv/drop is not there\nplants: /srv/drop is not there\n");
}

BOOST_AUTO_TEST_CASE(health_is_that_it_answers) {
    daemon_status now = sample();
    now.projects[0].ready = false;
    BOOST_TEST(answer("GET", "/healthz", now).status == 200U);
}

BOOST_AUTO_TEST_CASE(metrics_are_prometheus_text) {
    const admin_answer answered = answer("GET", "/metrics", sample());
    BOOST_TEST(answered.status == 200U);
    BOOST_TEST(answered.content_type == "text/plain; version=0.0.4; charset=utf-8");
    BOOST_TEST(answered.body.find("\nretraind_files{project=\"wildlife\",state=\"waiting\"} 2\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(anything_else_is_refused_with_what_there_is) {
    BOOST_TEST(answer("GET", "/", sample()).status == 404U);
    BOOST_TEST(answer("POST", "/status", sample()).status == 405U);
}

BOOST_AUTO_TEST_SUITE_END()
