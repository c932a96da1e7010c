#include "retraind/pipeline/plan_report.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>

#include "scratch_folder.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

std::string picture(const std::string& name) {
    std::ifstream file(std::string(RETRAIND_TEST_DATA) + "/intake/" + name, std::ios::binary);
    BOOST_TEST_REQUIRE(file.good(), name);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct plan_fixture {
    scratch_folder folder;
    config::configuration wanted;

    plan_fixture() {
        wanted.state = folder.at("state");
        wanted.projects.emplace_back();
        wanted.projects[0].name = "pets";
        wanted.projects[0].watch.emplace_back();
        wanted.projects[0].watch[0].watch.path = folder.make_folder("drop");
    }

    std::string report() {
        std::string text;
        const auto done = report_plan(wanted, [&](std::string_view line) {
            BOOST_TEST(line.ends_with('\n'));
            text += line;
        });
        BOOST_TEST_REQUIRE(done.has_value());
        return text;
    }
    [[nodiscard]] std::string drop(const std::string& path) const {
        return folder.at("drop/" + path);
    }
};

void check_line(const std::string& text, const std::string& part) {
    BOOST_TEST((text.find(part) != std::string::npos), text << " lacks " << part);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(plan_report, plan_fixture)

BOOST_AUTO_TEST_CASE(says_of_an_empty_folder_that_there_is_nothing) {
    BOOST_TEST(report() == "pets: upload 0, duplicate 0, hold 0, reject 0, wait 0, known 0\n");
}

BOOST_AUTO_TEST_CASE(says_what_would_become_of_each_file_and_counts) {
    folder.write("drop/cats/a.jpg", picture("baseline.jpg"));
    folder.write("drop/loose.jpg", picture("progressive.jpg"));
    folder.write("drop/cats/noise.jpg", std::string(1000, 'x'));
    folder.write("drop/cats/notes.txt", "not a picture and not asked for");
    const std::string whole = picture("thumbnail.jpg");
    folder.write("drop/cats/part.jpg", whole.substr(0, whole.size() / 2));
    const std::string text = report();
    check_line(text, "upload cats/a.jpg as \"cats\"\n");
    check_line(text, "hold loose.jpg: ");
    check_line(text, "reject cats/noise.jpg: ErrorImageFormat: ");
    check_line(text, "wait cats/part.jpg: ");
    check_line(text, "pets: upload 1, duplicate 0, hold 1, reject 1, wait 1, known 0\n");
    BOOST_TEST((text.find("notes.txt") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(compares_the_contents_with_one_another) {
    folder.write("drop/cats/a.jpg", picture("baseline.jpg"));
    folder.write("drop/cats/b.jpg", picture("baseline.jpg"));
    folder.write("drop/cats/c.jpg", picture("thumbnail.jpg"));
    folder.write("drop/dogs/c.jpg", picture("thumbnail.jpg"));
    const std::string text = report();
    check_line(text, "pets: upload 2, duplicate 1, hold 1, reject 0, wait 0, known 0\n");
    check_line(text, "is the same picture as");
}

BOOST_AUTO_TEST_CASE(what_is_too_large_would_be_shrunk_where_that_is_wanted) {
    std::string large = picture("baseline.jpg");
    large.insert(2, std::string("\xFF\xFE\xFF\xFF", 4) + std::string(0xFFFD, 'c'));
    const std::string comment = large.substr(2, 0xFFFF + 2);
    for (int each = 0; each < 95; ++each) {
        large.insert(2, comment);
    }
    folder.write("drop/cats/a.jpg", large);
    check_line(report(), "reject cats/a.jpg: ErrorImageSize: ");
    wanted.projects[0].watch[0].intake.too_large = intake::oversize::shrink;
    check_line(report(), "upload cats/a.jpg as \"cats\", would be shrunk\n");
}

BOOST_AUTO_TEST_CASE(untagged_pictures_are_said_to_be_that) {
    wanted.projects[0].watch[0].intake.tags = intake::tags_none{};
    folder.write("drop/a.jpg", picture("baseline.jpg"));
    check_line(report(), "upload a.jpg untagged\n");
}

BOOST_AUTO_TEST_CASE(sidecars_and_their_regions_are_said) {
    wanted.projects[0].watch[0].intake.sidecars = {intake::sidecar_format::yolo};
    folder.write("drop/classes.txt", "cat\n");
    folder.write("drop/a.jpg", picture("baseline.jpg"));
    folder.write("drop/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/b.jpg", picture("progressive.jpg"));
    folder.write("drop/b.txt", "0 0.5 0.5 0.5\n");
    const std::string text = report();
    check_line(text, "upload a.jpg as \"cat\" with 1 region (a.txt, classes.txt)\n");
    check_line(text, "reject b.jpg: Sidecar: b.txt: line 1: ");
}

BOOST_AUTO_TEST_CASE(a_name_with_a_line_break_stays_on_its_line) {
    folder.write("drop/cats/a\nb.jpg", picture("baseline.jpg"));
    const std::string text = report();
    BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 2);
}

BOOST_AUTO_TEST_CASE(changes_nothing_on_the_disk) {
    folder.write("drop/cats/a.jpg", picture("baseline.jpg"));
    static_cast<void>(report());
    BOOST_TEST(!std::filesystem::exists(wanted.state));
    BOOST_TEST(std::filesystem::exists(drop("cats/a.jpg")));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_a_failure_that_names_it) {
    wanted.projects[0].watch[0].watch.path = folder.at("away");
    const auto done = report_plan(wanted, [](std::string_view) {});
    BOOST_TEST_REQUIRE(!done.has_value());
    check_line(done.error().message, "away");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
