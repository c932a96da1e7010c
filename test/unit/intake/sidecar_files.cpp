#include "retraind/intake/sidecar_files.hpp"

#include <filesystem>

#include "scratch_folder.hpp"
#include "sidecar_samples.hpp"

namespace retraind::intake::testing {

namespace {

struct files_fixture {
    files_fixture() { std::filesystem::create_directories(folder.at("cats/deep")); }

    scratch_folder folder;
    sidecar_files all{
        folder.at(""),
        {sidecar_format::yolo, sidecar_format::voc, sidecar_format::coco, sidecar_format::json}};
};

constexpr const char* box_json =
    R"({"tags":["garden"],"regions":[{"tag":"cat","left":0,"top":0,"width":1,"height":1}]})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(sidecar_files, files_fixture)

BOOST_AUTO_TEST_CASE(a_picture_without_a_sidecar_has_none) {
    const sidecar_look found = all.look("cats/a.jpg", wide);
    BOOST_TEST(!found.found);
    BOOST_TEST(found.files.empty());
    BOOST_TEST(found.state == all.state("cats/a.jpg"));
}

BOOST_AUTO_TEST_CASE(classes_are_looked_for_upwards) {
    folder.write("cats/deep/a.txt", "1 0.5 0.5 1 1\n");
    folder.write("classes.txt", "dog\ncat\n");
    const sidecar_look found = all.look("cats/deep/a.jpg", wide);
    BOOST_TEST(!found.broken.has_value());
    check_regions(found.labels, {{"cat", 0, 0, 1, 1}});
    BOOST_TEST_REQUIRE(found.files.size() == 2U);
    BOOST_TEST(found.files[0].own);
    BOOST_TEST(!found.files[1].own);
}

BOOST_AUTO_TEST_CASE(missing_classes_may_come) {
    folder.write("cats/a.txt", "1 0.5 0.5 1 1\n");
    const sidecar_look found = all.look("cats/a.jpg", wide);
    BOOST_TEST_REQUIRE(found.broken.has_value());
    BOOST_TEST(found.may_come);
    BOOST_TEST((found.broken->sentence.find("classes.txt") != std::string::npos));
    folder.write("classes.txt", "dog\ncat\n");
    BOOST_TEST(all.state("cats/a.jpg") != found.state);
}

BOOST_AUTO_TEST_CASE(the_first_format_of_the_list_decides_about_regions_and_tags_add_up) {
    folder.write("cats/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("classes.txt", "dog\n");
    folder.write("cats/a.json", box_json);
    const sidecar_look found = all.look("cats/a.jpg", wide);
    check_regions(found.labels, {{"dog", 0.25, 0.25, 0.5, 0.5}});
    BOOST_TEST((found.labels.tags == std::vector<std::string>{"garden"}));
}

BOOST_AUTO_TEST_CASE(a_broken_one_names_its_file) {
    folder.write("cats/a.xml", "<annotation><size>");
    const sidecar_look found = all.look("cats/a.jpg", wide);
    BOOST_TEST_REQUIRE(found.broken.has_value());
    BOOST_TEST(found.broken->code == "Sidecar");
    BOOST_TEST(found.broken->sentence.starts_with("cats/a.xml: line 1"), found.broken->sentence);
    BOOST_TEST(!found.may_come);
}

BOOST_AUTO_TEST_CASE(a_folders_coco_file_counts_below_it_and_changes_are_seen) {
    folder.write("annotations.json",
                 R"({"categories":[{"id":1,"name":"cat"}],"images":[{"id":5,"file_name":)"
                 R"("cats/a.jpg"}],"annotations":[]})");
    const sidecar_look first = all.look("cats/a.jpg", wide);
    BOOST_TEST(first.found);
    check_regions(first.labels, {});
    BOOST_TEST(!all.look("cats/b.jpg", wide).found);
    folder.write("annotations.json",
                 R"({"categories":[{"id":1,"name":"cat"}],"images":[{"id":5,"file_name":)"
                 R"("cats/b.jpg"}],"annotations":[{"image_id":5,"category_id":1,)"
                 R"("bbox":[0,0,400,200]}]})");
    const sidecar_look second = all.look("cats/b.jpg", wide);
    BOOST_TEST(second.state != first.state);
    check_regions(second.labels, {{"cat", 0, 0, 1, 1}});
    BOOST_TEST_REQUIRE(second.files.size() == 1U);
    BOOST_TEST(!second.files[0].own);
}

BOOST_AUTO_TEST_CASE(a_link_is_no_sidecar) {
    folder.write("secret", "0 0.5 0.5 1 1\n");
    std::filesystem::create_symlink(folder.at("secret"), folder.at("cats/a.txt"));
    BOOST_TEST(!all.look("cats/a.jpg", wide).found);
}

BOOST_AUTO_TEST_CASE(a_huge_one_is_refused_unread) {
    folder.write("cats/a.json", std::string((1U << 20) + 1, ' '));
    const sidecar_look found = all.look("cats/a.jpg", wide);
    BOOST_TEST_REQUIRE(found.broken.has_value());
    BOOST_TEST((found.broken->sentence.find("1,048,577 bytes") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(the_folders_own_files_are_no_pictures_sidecar) {
    folder.write("cats/classes.txt", "cat\n");
    folder.write("cats/annotations.json", "{}");
    BOOST_TEST(all.own_files("cats/classes.jpg").empty());
    BOOST_TEST(all.own_files("cats/annotations.jpg").empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
