#include "retraind/report/metrics_store.hpp"

#include <algorithm>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace retraind;

namespace {

daemon_status with_projects(const std::vector<std::string>& names) {
    daemon_status now;
    for (const std::string& name : names) {
        project_status& project = now.projects.emplace_back();
        project.name = name;
    }
    return now;
}

/// The value that stands behind `series`; -1 where there is no such line.
double value_of(const std::string& text, const std::string& series) {
    const std::size_t at = text.find("\n" + series + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + series.size() + 2));
}

std::set<std::string> families_of(const std::string& text) {
    std::set<std::string> names;
    constexpr std::string_view begin = "# TYPE ";
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
        at += begin.size();
        names.insert(text.substr(at, text.find(' ', at) - at));
    }
    return names;
}

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

event happened(event_name name, std::string project, std::vector<field> fields) {
    return {name, severity::debug, std::move(project), "", std::move(fields)};
}

event settled(std::string outcome, std::string reason, int files) {
    return happened(
        event_name::ledger_committed, "p",
        {{"outcome", std::move(outcome)}, {"reason", std::move(reason)}, {"files", files}});
}

event request(std::string operation, int status, int ms) {
    return happened(event_name::request_sent, "",
                    {{"operation", std::move(operation)}, {"status", status}, {"ms", ms}});
}

struct store {
    report::metrics_store metrics;
    daemon_status now = with_projects({"p"});

    std::string scraped() { return "\n" + metrics.scrape(now); }
};

const std::set<std::string> from_the_start{"retraind_files",
                                           "retraind_files_total",
                                           "retraind_oldest_waiting_seconds",
                                           "retraind_sent_bytes_total",
                                           "retraind_requests_total",
                                           "retraind_request_seconds",
                                           "retraind_throttled_seconds_total",
                                           "retraind_batch_images",
                                           "retraind_batch_bytes",
                                           "retraind_scan_seconds",
                                           "retraind_change_hints_lost_total",
                                           "retraind_ledger_commit_seconds",
                                           "retraind_project_capacity_ratio"};

} // namespace

BOOST_AUTO_TEST_SUITE(metrics_store)

BOOST_AUTO_TEST_CASE(every_family_is_there_from_the_start_and_counts_from_0) {
    store fresh;
    const std::string text = fresh.scraped();
    BOOST_TEST((families_of(text) == from_the_start), text);
    BOOST_TEST(
        value_of(text, R"(retraind_files_total{project="p",outcome="confirmed",reason=""})") == 0);
    BOOST_TEST(
        value_of(text,
                 R"(retraind_files_total{project="p",outcome="rejected",reason="Truncated"})") ==
        0);
    BOOST_TEST(
        value_of(text,
                 R"(retraind_requests_total{operation="CreateImagesFromFiles",status="200"})") ==
        0);
    BOOST_TEST(value_of(text, "retraind_request_seconds_count") == 0);
    BOOST_TEST(value_of(text, R"(retraind_scan_seconds_count{project="p"})") == 0);
}

BOOST_AUTO_TEST_CASE(outcomes_are_counted_by_reason) {
    store some;
    some.metrics.emit(settled("confirmed", "", 3));
    some.metrics.emit(settled("confirmed", "", 2));
    some.metrics.emit(settled("rejected", "Empty", 1));
    const std::string text = some.scraped();
    BOOST_TEST(
        value_of(text, R"(retraind_files_total{project="p",outcome="confirmed",reason=""})") == 5);
    BOOST_TEST(
        value_of(text, R"(retraind_files_total{project="p",outcome="rejected",reason="Empty"})") ==
        1);
}

BOOST_AUTO_TEST_CASE(requests_are_counted_by_operation_and_status_and_timed) {
    store some;
    some.metrics.emit(request("GetTags", 200, 100));
    some.metrics.emit(request("GetTags", 429, 2000));
    // Answered, and counted as such already.
    some.metrics.emit(
        happened(event_name::request_failed, "", {{"operation", "GetTags"}, {"status", 429}}));
    some.metrics.emit(happened(event_name::request_failed, "",
                               {{"operation", "GetTags"}, {"status", 0}, {"ms", 10'000}}));
    const std::string text = some.scraped();
    BOOST_TEST(value_of(text, R"(retraind_requests_total{operation="GetTags",status="200"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_requests_total{operation="GetTags",status="429"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_requests_total{operation="GetTags",status="none"})") ==
               1);
    BOOST_TEST(value_of(text, "retraind_request_seconds_count") == 3);
    BOOST_TEST(value_of(text, "retraind_request_seconds_sum") == 12.1);
}

BOOST_AUTO_TEST_CASE(batches_scans_hints_and_commits) {
    store some;
    some.metrics.emit(
        happened(event_name::batch_sent, "p", {{"images", 40}, {"bytes", 3'000'000}}));
    // A list of addresses has no pictures in its body.
    some.metrics.emit(happened(event_name::batch_sent, "p", {{"addresses", 64}, {"bytes", 5'000}}));
    some.metrics.emit(happened(event_name::scan_finished, "p", {{"milliseconds", 250}}));
    some.metrics.emit(happened(event_name::change_hints_lost, "p", {}));
    some.metrics.emit(happened(event_name::ledger_committed, "p",
                               {{"outcome", "confirmed"}, {"files", 40}, {"ms", 12.5}}));
    const std::string text = some.scraped();
    BOOST_TEST(value_of(text, R"(retraind_sent_bytes_total{project="p"})") == 3'005'000);
    BOOST_TEST(value_of(text, R"(retraind_batch_images_bucket{project="p",le="32"})") == 0);
    BOOST_TEST(value_of(text, R"(retraind_batch_images_bucket{project="p",le="48"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_batch_bytes_count{project="p"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_scan_seconds_sum{project="p"})") == 0.25);
    BOOST_TEST(value_of(text, R"(retraind_change_hints_lost_total{project="p"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_ledger_commit_seconds_sum{project="p"})") == 0.0125);
}

BOOST_AUTO_TEST_CASE(gauges_are_what_the_status_says_now) {
    store some;
    project_status& project = some.now.projects[0];
    project.files = {1, 2, 3, 4};
    project.oldest_waiting_seconds = 90;
    project.capacity = {{50'000, 100'000}, {125, 500}, {5, 20}};
    project.published = {{"production", "d9a5"}};
    const std::string text = some.scraped();
    BOOST_TEST(value_of(text, R"(retraind_files{project="p",state="settling"})") == 1);
    BOOST_TEST(value_of(text, R"(retraind_files{project="p",state="waiting"})") == 2);
    BOOST_TEST(value_of(text, R"(retraind_files{project="p",state="in_flight"})") == 3);
    BOOST_TEST(value_of(text, R"(retraind_oldest_waiting_seconds{project="p"})") == 90);
    BOOST_TEST(value_of(text, R"(retraind_project_capacity_ratio{project="p",kind="images"})") ==
               0.5);
    BOOST_TEST(value_of(text, R"(retraind_project_capacity_ratio{project="p",kind="tags"})") ==
               0.25);
    BOOST_TEST(
        value_of(text, R"(retraind_project_capacity_ratio{project="p",kind="iterations"})") ==
        0.25);
    BOOST_TEST(
        value_of(text,
                 R"(retraind_published_info{project="p",iteration="d9a5",name="production"})") ==
        1);
    project.published = {};
    BOOST_TEST(!families_of(some.scraped()).contains("retraind_published_info"));
}

BOOST_AUTO_TEST_CASE(trainings_are_there_once_something_was_trained) {
    store some;
    BOOST_TEST(!families_of(some.scraped()).contains("retraind_trainings_total"));
    some.now.projects[0].training.last = training_result{"d9a5", "completed", {}};
    std::string text = some.scraped();
    for (const std::string result : {"completed", "failed", "not_needed", "timed_out"}) {
        BOOST_TEST(value_of(text, "retraind_trainings_total{project=\"p\",result=\"" + result +
                                      "\"}") == 0);
    }
    some.metrics.emit(happened(event_name::training_failed, "p", {{"result", "timed_out"}}));
    text = some.scraped();
    BOOST_TEST(value_of(text, R"(retraind_trainings_total{project="p",result="timed_out"})") == 1);
}

BOOST_AUTO_TEST_CASE(the_training_time_is_there_once_something_was_trained) {
    store some;
    BOOST_TEST(!families_of(some.scraped()).contains("retraind_training_used_seconds"));
    some.now.projects[0].training.used_seconds = 0;
    BOOST_TEST(value_of(some.scraped(), R"(retraind_training_used_seconds{project="p"})") == 0);
    some.now.projects[0].training.used_seconds = 4'980;
    BOOST_TEST(value_of(some.scraped(), R"(retraind_training_used_seconds{project="p"})") == 4980);
}

BOOST_AUTO_TEST_CASE(a_project_that_went_takes_its_series_along) {
    store some;
    some.now = with_projects({"p", "q"});
    some.metrics.emit(settled("confirmed", "", 3));
    BOOST_TEST(some.scraped().find("project=\"p\"") != std::string::npos);
    some.now = with_projects({"q"});
    some.metrics.emit(settled("confirmed", "", 1)); // its last words
    BOOST_TEST(some.scraped().find("project=\"p\"") == std::string::npos);
    some.now = with_projects({"p"});
    BOOST_TEST(value_of(some.scraped(),
                        R"(retraind_files_total{project="p",outcome="confirmed",reason=""})") == 0);
}

BOOST_AUTO_TEST_CASE(nobody_makes_series_without_end) {
    store some;
    for (int each = 0; each < 10'000; ++each) {
        const std::string made_up = "thing-" + std::to_string(each);
        some.metrics.emit(settled("rejected", made_up, 1));
        some.metrics.emit(settled(made_up, "", 1));
        some.metrics.emit(request("GetTags", each, 1));
        some.metrics.emit(happened(event_name::training_failed, "p", {{"result", made_up}}));
    }
    const std::string text = some.scraped();
    BOOST_TEST(lines_of(text) < 200U);
    BOOST_TEST(
        value_of(text, R"(retraind_files_total{project="p",outcome="rejected",reason="other"})") ==
        10'000);
    BOOST_TEST(value_of(text, R"(retraind_trainings_total{project="p",result="other"})") == 10'000);
    for (int each = 0; each < 10'000; ++each) {
        some.metrics.emit(request("Operation" + std::to_string(each), 200, 1));
    }
    BOOST_TEST(lines_of(some.scraped()) < 2'000U);
}

BOOST_AUTO_TEST_CASE(a_name_cannot_end_its_label) {
    store some;
    some.now = with_projects({"a\"b\\c\nd"});
    const std::string text = some.scraped();
    BOOST_TEST(text.find(R"(project="a\"b\\)") != std::string::npos, text);
    for (std::size_t at = text.find('\n'); at + 1 < text.size(); at = text.find('\n', at + 1)) {
        const bool known = text.compare(at + 1, 9, "retraind_") == 0 || text[at + 1] == '#';
        BOOST_TEST(known, text.substr(at + 1, 40));
    }
}

BOOST_AUTO_TEST_SUITE_END()
