#include "retraind/intake/coco_codec.hpp"

#include <random>

#include "sidecar_samples.hpp"

namespace retraind::intake::testing {

namespace {

// Roboflow's shape: a category for all of them, ids from 0.
const std::string roboflow = R"({
 "info":{"description":"Exported from roboflow.com"},
 "licenses":[{"id":1,"url":"","name":"Unknown"}],
 "categories":[{"id":0,"name":"pets","supercategory":"none"},
               {"id":1,"name":"cat","supercategory":"pets"}],
 "images":[{"id":0,"license":1,"file_name":"a_jpg.rf.0b.jpg","height":200,"width":400},
           {"id":1,"file_name":"b.jpg","height":200,"width":400},
           {"id":2,"file_name":"c.jpg","height":200,"width":400}],
 "annotations":[
  {"id":0,"image_id":0,"category_id":1,"bbox":[40,50,200,100],"area":20000,"segmentation":[],"iscrowd":0},
  {"id":1,"image_id":0,"category_id":1,"bbox":[0,0,1,1],"iscrowd":1},
  {"id":2,"image_id":2,"category_id":9,"bbox":[40,50,200,100]},
  {"id":3,"image_id":77,"category_id":1,"bbox":[40,50,200,100]}]})";

std::string with_bbox(const std::string& bbox) {
    return R"({"categories":[{"id":1,"name":"cat"}],"images":[{"id":5,"file_name":"cats/a.jpg"}],)"
           R"("annotations":[{"image_id":5,"category_id":1,"bbox":)" +
           bbox + "}]}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(coco_codec)

BOOST_AUTO_TEST_CASE(reads_what_roboflow_writes) {
    const auto index = coco_index::read(roboflow);
    BOOST_TEST_REQUIRE(index.has_value(), (index ? "" : index.error().message));
    BOOST_TEST(index->size() == 3U);
    check_regions(index->find("a_jpg.rf.0b.jpg", wide).value(), {{"cat", 0.1, 0.25, 0.5, 0.5}});
    check_regions(index->find("b.jpg", wide).value(), {});
    BOOST_TEST(!index->find("d.jpg", wide).has_value());
    BOOST_TEST(!index->find("x/b.jpg", wide).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_one_picture_is_said_of_that_one) {
    const auto index = coco_index::read(roboflow).value();
    check_broken(index.find("c.jpg", wide).value(), {"annotations[2]", "category_id"});
    const picture other{image_format::jpeg, 300, 300};
    check_broken(index.find("b.jpg", other).value(), {"images[1]", "400 x 200"});
}

BOOST_AUTO_TEST_CASE(a_picture_without_a_size_has_its_own) {
    const auto index = coco_index::read(with_bbox("[40.0,50,200,100]")).value();
    check_regions(index.find("cats/a.jpg", wide).value(), {{"cat", 0.1, 0.25, 0.5, 0.5}});
}

BOOST_AUTO_TEST_CASE(boxes_of_stored_pixels_are_turned) {
    const auto index = coco_index::read(roboflow).value();
    const picture turned{image_format::jpeg, 400, 200, 6};
    check_regions(index.find("a_jpg.rf.0b.jpg", turned).value(), {{"cat", 0.25, 0.1, 0.5, 0.5}});
}

BOOST_AUTO_TEST_CASE(a_broken_box_is_named) {
    for (const char* bbox : {"[]", "[1,2,3]", "null", "{}"}) {
        const auto index = coco_index::read(with_bbox(bbox)).value();
        check_broken(index.find("cats/a.jpg", wide).value(), {"annotations[0]", "bbox"});
    }
    const auto text = coco_index::read(with_bbox(R"([1,2,"3",4])")).value();
    check_broken(text.find("cats/a.jpg", wide).value(), {"annotations[0]", "bbox[2]"});
    const auto outside = coco_index::read(with_bbox("[390,0,100,100]")).value();
    check_broken(outside.find("cats/a.jpg", wide).value(), {"annotations[0]", "right edge"});
    const auto flat = coco_index::read(with_bbox("[1,1,0,5]")).value();
    check_broken(flat.find("cats/a.jpg", wide).value(), {"annotations[0]", "width"});
}

BOOST_AUTO_TEST_CASE(a_document_that_is_no_coco_says_why) {
    check_broken(coco_index::read("{\n\"images\": [}"), {"line 2", "JSON"});
    check_broken(coco_index::read("[]"), {"object"});
    check_broken(coco_index::read("{}"), {"categories"});
    check_broken(coco_index::read(R"({"categories":[],"images":[7],"annotations":[]})"),
                 {"images[0]"});
    check_broken(coco_index::read(R"({"categories":[{"id":1}],"images":[],"annotations":[]})"),
                 {"categories[0]", "name"});
    check_broken(coco_index::read(R"({"categories":[],"images":[{"id":1,"file_name":"a"},)"
                                  R"({"id":1,"file_name":"b"}],"annotations":[]})"),
                 {"images[1]", "id"});
}

BOOST_AUTO_TEST_CASE(two_entries_of_one_name_are_no_answer) {
    const auto index = coco_index::read(R"({"categories":[],"images":[{"id":1,"file_name":"a"},)"
                                        R"({"id":2,"file_name":"a"}],"annotations":[]})")
                           .value();
    check_broken(index.find("a", wide).value(), {"file_name"});
}

BOOST_AUTO_TEST_CASE(any_bytes_are_safe) {
    std::mt19937 random(31);
    for (int round = 0; round < 3000; ++round) {
        std::string text = roboflow;
        for (std::uint32_t left = 1 + random() % 6; left > 0; --left) {
            text[random() % text.size()] = "{}[]\",:0-9ea"[random() % 12];
        }
        const auto index = coco_index::read(text);
        if (index) {
            static_cast<void>(index->find("a_jpg.rf.0b.jpg", wide));
        }
    }
    BOOST_TEST(!coco_index::read(std::string(100000, '[')).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
