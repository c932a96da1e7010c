// Boxes beside pictures, from the labelling tool's files to the service's regions.
#include <cmath>
#include <map>

#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

struct expected_box {
    std::string tag;
    double left, top, width, height;
};

/// The stage's project is made as a detection project.
void configure_detection(stage& world, const std::string& folder) {
    world.configure({folder, "", ""});
    std::string text = read_file(world.configuration());
    const std::string plain = "create: {}";
    text.replace(text.find(plain), plain.size(), "create: {type: ObjectDetection}");
    write_file(world.configuration(), text);
}

/// A 32x32 picture of its own.
void drop_picture(stage& world, const std::string& path, std::uint32_t seed) {
    write_file(world.drop() / path, striped_picture(true, seed));
}

bool is_there(const boost::json::value& images, const expected_box& wanted) {
    const auto near = [](const boost::json::value& found, double want) {
        return std::abs(found.to_number<double>() - want) < 1e-6;
    };
    for (const auto& image : images.as_array()) {
        const auto* regions = image.as_object().if_contains("regions");
        if (regions == nullptr) {
            continue;
        }
        for (const auto& region : regions->as_array()) {
            if (region.at("tagName").as_string() == wanted.tag &&
                near(region.at("left"), wanted.left) && near(region.at("top"), wanted.top) &&
                near(region.at("width"), wanted.width) &&
                near(region.at("height"), wanted.height)) {
                return true;
            }
        }
    }
    return false;
}

/// How many regions the project's images have.
std::size_t count_regions(const boost::json::value& images) {
    std::size_t count = 0;
    for (const auto& image : images.as_array()) {
        const auto* regions = image.as_object().if_contains("regions");
        count += regions == nullptr ? 0 : regions->as_array().size();
    }
    return count;
}

const std::string voc_of_32 = "<annotation><filename>b.bmp</filename><size><width>32</width>"
                              "<height>32</height><depth>3</depth></size><object><name>dog</name>"
                              "<bndbox><xmin>8</xmin><ymin>16</ymin><xmax>24</xmax><ymax>32</ymax>"
                              "</bndbox></object></annotation>";

} // namespace

BOOST_AUTO_TEST_SUITE(sidecars)

BOOST_AUTO_TEST_CASE(boxes_arrive_as_regions) {
    stage world;
    const auto done = world.folder() / "done";
    configure_detection(world, "sidecars: [yolo, voc]\n    sidecar_wait: 0\n"
                               "    after_upload: {move_to: " +
                                   done.string() + "}");
    write_file(world.drop() / "classes.txt", "cat\ndog\n");
    write_file(world.drop() / "pets" / "a.txt", "0 0.5 0.5 0.25 0.5\n1 0.125 0.125 0.25 0.25\n");
    drop_picture(world, "pets/a.bmp", 1);
    write_file(world.drop() / "b.xml", voc_of_32);
    drop_picture(world, "b.bmp", 2);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 2, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    const auto images = world.project_get("/images");
    BOOST_TEST(is_there(images, {"cat", 0.375, 0.25, 0.25, 0.5}), images);
    BOOST_TEST(is_there(images, {"dog", 0, 0, 0.25, 0.25}), images);
    BOOST_TEST(is_there(images, {"dog", 0.25, 0.5, 0.5, 0.5}), images);
    for (const char* moved : {"pets/a.bmp", "pets/a.txt", "b.bmp", "b.xml"}) {
        BOOST_TEST(std::filesystem::exists(done / moved), moved);
        BOOST_TEST(!std::filesystem::exists(world.drop() / moved), moved);
    }
    BOOST_TEST(std::filesystem::exists(world.drop() / "classes.txt"));
}

BOOST_AUTO_TEST_CASE(a_sidecar_that_comes_later_is_waited_for) {
    stage world;
    configure_detection(world, "sidecars: [voc]\n    sidecar_wait: 10m");
    const auto daemon = world.start("patient");
    drop_picture(world, "b.bmp", 3);
    BOOST_TEST(eventually([&] {
                   return daemon->log().find("waiting for its sidecar") != std::string::npos;
               }),
               daemon->log());
    BOOST_TEST(world.image_count() == 0U);
    write_file(world.drop() / "b.xml", voc_of_32);
    BOOST_TEST(world.has_images(1), daemon->log());
    const auto tags = world.project_get("/tags");
    BOOST_REQUIRE(tags.as_array().size() == 1U);
    BOOST_TEST(tags.at(0).at("name").as_string() == "dog");
}

BOOST_AUTO_TEST_CASE(a_broken_sidecar_goes_aside_with_its_picture) {
    stage world;
    const auto rejected = world.folder() / "rejected";
    configure_detection(world, "sidecars: [yolo]\n    rejected: " + rejected.string());
    write_file(world.drop() / "classes.txt", "cat\n");
    write_file(world.drop() / "cat" / "a.txt", "0 0.5 0.5 0.25 0.5\n0 0.5 0.5 wide 0.5\n");
    drop_picture(world, "cat/a.bmp", 4);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 3, run.log);
    const std::string reason = read_file(rejected / "cat" / "a.bmp.reason.json");
    BOOST_TEST(reason.find("\"Sidecar\"") != std::string::npos, reason);
    BOOST_TEST(reason.find("cat/a.txt: line 2: width") != std::string::npos, reason);
    BOOST_TEST(std::filesystem::exists(rejected / "cat" / "a.txt"));
    BOOST_TEST(!std::filesystem::exists(world.drop() / "cat" / "a.txt"));
}

BOOST_AUTO_TEST_CASE(boxes_that_come_later_are_added_to_the_picture_that_is_there) {
    stage world;
    configure_detection(world, "sidecars: [yolo]\n    sidecar_wait: 0");
    write_file(world.drop() / "classes.txt", "cat\ndog\n");
    drop_picture(world, "cat/a.bmp", 5);
    const stage::ended bare = world.run_once("bare");
    BOOST_TEST(bare.code == 0, bare.log);
    BOOST_TEST(count_regions(world.project_get("/images")) == 0U);

    // The same picture, with more boxes than one request takes, thirds that no float holds.
    std::string boxes = "1 0.333333333333 0.5 0.2 0.1\n";
    for (int each = 0; each < 70; ++each) {
        boxes += "0 " + std::to_string(0.1 + each / 100.0) + " 0.5 0.1 0.3\n";
    }
    drop_picture(world, "cat/again.bmp", 5);
    write_file(world.drop() / "cat" / "again.txt", boxes);
    const stage::ended boxed = world.run_once("boxed");
    BOOST_TEST(boxed.code == 0, boxed.log);
    BOOST_TEST(boxed.last_line ==
               "confirmed 0, duplicate 1, held out 0, removed 0, rejected 0, held 0, waiting 0");
    BOOST_TEST(boxed.log.find("CreateImageRegions") != std::string::npos);
    const auto images = world.project_get("/images");
    BOOST_TEST(images.as_array().size() == 1U);
    BOOST_TEST(count_regions(images) == 71U);
    BOOST_TEST(is_there(images, {"dog", 0.233333333333, 0.45, 0.2, 0.1}), images);
    BOOST_TEST(is_there(images, {"cat", 0.05, 0.35, 0.1, 0.3}), images);

    // Once more costs a read: nothing is drawn twice.
    drop_picture(world, "cat/third.bmp", 5);
    write_file(world.drop() / "cat" / "third.txt", boxes);
    const stage::ended third = world.run_once("third");
    BOOST_TEST(third.code == 0, third.log);
    BOOST_TEST(count_regions(world.project_get("/images")) == 71U);
    BOOST_TEST(third.log.find("CreateImageRegions") == std::string::npos, third.log);
}

BOOST_AUTO_TEST_CASE(a_mended_sidecar_alone_has_its_picture_tried_again) {
    stage world;
    configure_detection(world, "sidecars: [yolo]");
    write_file(world.drop() / "classes.txt", "cat\n");
    write_file(world.drop() / "cat" / "a.txt", "0 0.5 0.5 wide 0.5\n");
    drop_picture(world, "cat/a.bmp", 6);
    const stage::ended broken = world.run_once("broken");
    BOOST_TEST(broken.code == 3, broken.log);
    const stage::ended same = world.run_once("same");
    BOOST_TEST(same.code == 0, same.log);
    BOOST_TEST(same.last_line ==
               "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    write_file(world.drop() / "cat" / "a.txt", "0 0.5 0.5 still 0.5\n");
    const auto daemon = world.start("mending");
    BOOST_TEST(eventually([&] { return daemon->log().find("still") != std::string::npos; }),
               daemon->log());
    write_file(world.drop() / "cat" / "a.txt", "0 0.5 0.5 0.25 0.5\n");
    BOOST_TEST(world.has_images(1), daemon->log());
    BOOST_TEST(is_there(world.project_get("/images"), {"cat", 0.375, 0.25, 0.25, 0.5}));
}

BOOST_AUTO_TEST_CASE(more_tags_than_a_request_takes_are_all_there) {
    stage world;
    configure_detection(world, "sidecars: [json]\n    sidecar_wait: 0");
    std::string tags;
    for (int each = 0; each < 45; ++each) {
        tags += (each == 0 ? "\"t" : ",\"t") + std::to_string(each) + "\"";
    }
    write_file(world.drop() / "a.json",
               R"({"tags":[)" + tags +
                   R"(],"regions":[{"tag":"box","left":0,"top":0,"width":0.5,"height":0.5}]})");
    drop_picture(world, "a.bmp", 7);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 1, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    const auto images = world.project_get("/images");
    BOOST_TEST_REQUIRE(images.as_array().size() == 1U);
    BOOST_TEST(images.at(0).at("tags").as_array().size() == 46U);
    BOOST_TEST(is_there(images, {"box", 0, 0, 0.5, 0.5}), images);
}

BOOST_AUTO_TEST_SUITE_END()
