#include "retraind/report/status_codec.hpp"

#include <boost/test/unit_test.hpp>

#include "retraind/report/admin_answers.hpp"

using namespace retraind;
using namespace retraind::report;

namespace {

constexpr wall_time some_time{std::chrono::seconds(1'795'000'000)};

daemon_status full_sample() {
    daemon_status now;
    now.version = "0.1.0";
    now.started = some_time;
    project_status project;
    project.name = "wildlife";
    project.id = "391fc408-69ec-4ec3-ac42-6f14bf71ed33";
    project.reason = "the key is refused";
    project.oldest_waiting_seconds = 61;
    project.files = {1, 2, 3, 4};
    project.totals = {5, 6, 7, 8, 9};
    project.training = {"training", "polling", training_result{"i", "published", some_time}};
    project.published = {{"production", "d9a52359-76d9-4fcd-9a62-18919c58a741"}};
    project.capacity = {{10, 100'000}, {3, 500}, {1, 20}};
    now.projects = {project, project};
    now.projects[1].ready = true;
    now.projects[1].reason.reset();
    return now;
}

} // namespace

BOOST_AUTO_TEST_SUITE(status_codec)

BOOST_AUTO_TEST_CASE(what_the_daemon_writes_comes_back_whole) {
    const std::string document = status_json(full_sample());
    const auto read = parse_status(document);
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST(status_json(*read) == document);
}

BOOST_AUTO_TEST_CASE(another_versions_members_are_passed_over) {
    const auto read = parse_status(
        R"({"version":7,"mood":"good","projects":[7,{"name":"a","ready":"yes",
        "files":{"waiting":-3,"held":"many","lost":4},"capacity":[],"training":null,
        "published":[null,{"name":"p"}]}]})");
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST(read->version == "");
    BOOST_TEST_REQUIRE(read->projects.size() == 1U);
    BOOST_TEST(read->projects[0].name == "a");
    BOOST_TEST(!read->projects[0].ready);
    BOOST_TEST(read->projects[0].files.waiting == 0U);
    BOOST_TEST(read->projects[0].files.held == 0U);
    BOOST_TEST(read->projects[0].training.state == "off");
    BOOST_TEST_REQUIRE(read->projects[0].published.size() == 1U);
    BOOST_TEST(read->projects[0].published[0].name == "p");
}

BOOST_AUTO_TEST_CASE(what_is_no_status_is_said) {
    for (const char* each : {"", "nonsense", "[]", "{}", "{\"projects\":", "null"}) {
        const auto read = parse_status(each);
        BOOST_TEST_REQUIRE(!read.has_value(), each);
        BOOST_TEST((read.error().code == errc::protocol));
    }
}

BOOST_AUTO_TEST_SUITE_END()
