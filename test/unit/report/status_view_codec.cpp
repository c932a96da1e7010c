#include "retraind/report/status_view_codec.hpp"

#include <algorithm>
#include <limits>

#include <boost/test/unit_test.hpp>

#include "retraind/base/terminal_text.hpp"

using namespace retraind;
using namespace retraind::report;

namespace {

constexpr wall_time start{std::chrono::seconds(1'795'000'000)};

project_status busy_project() {
    project_status project;
    project.name = "wildlife";
    project.ready = true;
    project.oldest_waiting_seconds = 200;
    project.files = {3, 1'200, 64, 0};
    project.totals = {12'040, 1, 0, 0, 7};
    project.training = {
        "idle", "12 more pictures",
        training_result{"d05eb92c-1cda-4bc2-bbd3-77a4f7de696f", "not_needed", start}};
    project.published = {{"production", "d05eb92c-1cda-4bc2-bbd3-77a4f7de696f"},
                         {"production-previous", "33fd95d3-9fa8-456a-985e-27222b807b83"}};
    project.capacity = {{12'041, 100'000}, {3, 500}, {1, 20}};
    return project;
}

daemon_status status_of(std::vector<project_status> projects) {
    daemon_status status;
    status.version = "0.1.0";
    status.started = start;
    status.projects = std::move(projects);
    return status;
}

std::string view_text(const daemon_status& status, view_options options = {}) {
    std::string text;
    for (const std::string& line : status_view(status, start + std::chrono::hours(3), options)) {
        text += line + "\n";
    }
    return text;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(status_view_codec)

BOOST_AUTO_TEST_CASE(a_project_has_a_block) {
    BOOST_TEST(view_text(status_of({busy_project()})) ==
               "retraind 0.1.0, up 3 h\n"
               "\n"
               "wildlife  ready\n"
               "  files      3 settling, 1,200 waiting (oldest 3 min), 64 in flight\n"
               "  so far     12,040 confirmed, 1 duplicate, 7 rejected\n"
               "  training   idle: 12 more pictures\n"
               "             last: not needed 3 h ago (d05eb92c-1cda-4bc2-bbd3-77a4f7de696f)\n"
               "  published  production (d05eb92c-1cda-4bc2-bbd3-77a4f7de696f)\n"
               "             production-previous (33fd95d3-9fa8-456a-985e-27222b807b83)\n"
               "  used       images 12,041 of 100,000, tags 3 of 500, iterations 1 of 20\n");
}

BOOST_AUTO_TEST_CASE(a_project_that_just_starts_says_little) {
    project_status project;
    project.name = "new";
    BOOST_TEST(view_text(status_of({project})) == "retraind 0.1.0, up 3 h\n"
                                                  "\n"
                                                  "new  not ready\n"
                                                  "  reason     starting\n"
                                                  "  files      nothing waits\n"
                                                  "  so far     0 confirmed\n"
                                                  "  training   off\n");
}

BOOST_AUTO_TEST_CASE(lines_keep_to_the_width_where_words_allow_it) {
    project_status project = busy_project();
    project.ready = false;
    project.reason = "/srv/drop/wildlife: the share is not mounted as it was (nfs server:/a), "
                     "猫猫猫猫猫猫 猫猫猫猫猫猫猫猫 and more words than one line of a terminal has";
    project.training.reason = std::string(70, 'x') + " " + std::string(70, 'y');
    for (const std::size_t columns : {40U, 80U, 120U}) {
        std::size_t too_wide = 0;
        for (const std::string& line : status_view(status_of({project}), start, {columns, false})) {
            const std::string text = line.size() > 13 ? line.substr(13) : "";
            const bool several_words = text.find(' ') != std::string::npos;
            too_wide += terminal_columns(line) > columns && several_words ? 1 : 0;
        }
        BOOST_TEST(too_wide == 0U, columns);
    }
    BOOST_TEST(status_view(status_of({project}), start, {0, false}).size() ==
               status_view(status_of({project}), start, {40, false}).size());
}

BOOST_AUTO_TEST_CASE(nothing_of_the_document_reaches_the_terminal_raw) {
    project_status project = busy_project();
    project.name = "a\x1b[2Jb";
    project.ready = false;
    project.reason = "c\x1b]0;title\x07\nd\xff";
    project.training.state = "\x1b[31m";
    project.training.reason = "\x1b";
    project.training.last->result = "\x1b";
    project.training.last->iteration = "\x1b";
    project.published[0] = {"\x1b", "\r"};
    daemon_status status = status_of({project});
    status.version = "\x1b";
    for (const std::string& text : {view_text(status), status_summary(project)}) {
        BOOST_TEST(std::none_of(text.begin(), text.end(), [](char letter) {
            return (static_cast<unsigned char>(letter) < 0x20 && letter != '\n') ||
                   letter == '\x7f' || letter == '\xff';
        }));
    }
    BOOST_TEST(!has(status_summary(project), "\n"));
}

BOOST_AUTO_TEST_CASE(colours_are_there_only_when_asked_for) {
    project_status project = busy_project();
    BOOST_TEST(!has(view_text(status_of({project})), "\x1b"));
    BOOST_TEST(has(view_text(status_of({project}), {80, true}), "\x1b[32mready\x1b[0m"));
    project.ready = false;
    BOOST_TEST(has(view_text(status_of({project}), {80, true}), "\x1b[31mnot ready\x1b[0m"));
}

BOOST_AUTO_TEST_CASE(a_quota_is_marked_from_nine_tenths_on) {
    project_status project = busy_project();
    project.capacity = {{89, 100}, {0, 0}, {0, 0}};
    BOOST_TEST(!has(view_text(status_of({project}), {80, true}), "\x1b[33mimages"));
    project.capacity.images.used = 90;
    BOOST_TEST(
        has(view_text(status_of({project}), {80, true}), "\x1b[33mimages 90 of 100\x1b[0m\n"));
    project.capacity.images.limit = 0;
    BOOST_TEST(!has(view_text(status_of({project})), "used"));
}

BOOST_AUTO_TEST_CASE(ages_are_what_a_person_says) {
    BOOST_TEST(age_text(std::numeric_limits<std::int64_t>::min()) == "0 s");
    BOOST_TEST(age_text(0) == "0 s");
    BOOST_TEST(age_text(59) == "59 s");
    BOOST_TEST(age_text(60) == "1 min");
    BOOST_TEST(age_text(3'599) == "59 min");
    BOOST_TEST(age_text(3'600) == "1 h");
    BOOST_TEST(age_text(172'799) == "47 h");
    BOOST_TEST(age_text(172'800) == "2 days");
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_behind_gives_no_negative_age) {
    const auto lines = status_view(status_of({busy_project()}), start - std::chrono::hours(5), {});
    BOOST_TEST(lines.front() == "retraind 0.1.0, up 0 s");
}

BOOST_AUTO_TEST_CASE(a_summary_is_one_line_without_ages) {
    BOOST_TEST(status_summary(busy_project()) ==
               "wildlife: ready; 3 settling, 1,200 waiting, 64 in flight; 12,040 confirmed, 1 "
               "duplicate, 7 rejected; training idle");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_the_screen_is_counted) {
    const std::vector<std::string> lines{"a", "b", "c", "d"};
    BOOST_TEST(fit_rows(lines, 4) == lines, boost::test_tools::per_element());
    BOOST_TEST(fit_rows(lines, 0) == lines, boost::test_tools::per_element());
    const std::vector<std::string> cut{"a", "b", "… 2 more lines; without --watch all are shown"};
    BOOST_TEST(fit_rows(lines, 3) == cut, boost::test_tools::per_element());
    BOOST_TEST(fit_rows(lines, 1).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
