#include "retraind/intake/voc_codec.hpp"

#include <random>

#include <fmt/format.h>

#include "sidecar_samples.hpp"

namespace retraind::intake::testing {

namespace {

std::string voc(int width, int height, const std::string& objects) {
    return fmt::format("<annotation>\n\t<folder>cats</folder>\n\t<filename>a.jpg</filename>\n"
                       "\t<source>\n\t\t<database>Unknown</database>\n\t</source>\n\t<size>\n"
                       "\t\t<width>{}</width>\n\t\t<height>{}</height>\n\t\t<depth>3</depth>\n"
                       "\t</size>\n\t<segmented>0</segmented>\n{}</annotation>\n",
                       width, height, objects);
}

std::string object(const std::string& name, const std::string& box) {
    return fmt::format("\t<object>\n\t\t<name>{}</name>\n\t\t<pose>Unspecified</pose>\n"
                       "\t\t<truncated>0</truncated>\n\t\t<difficult>0</difficult>\n"
                       "\t\t<bndbox>{}</bndbox>\n\t</object>\n",
                       name, box);
}

std::string box(double left, double top, double right, double bottom) {
    return fmt::format("\n\t\t\t<xmin>{}</xmin>\n\t\t\t<ymin>{}</ymin>\n\t\t\t<xmax>{}</xmax>\n"
                       "\t\t\t<ymax>{}</ymax>\n\t\t",
                       left, top, right, bottom);
}

} // namespace

BOOST_AUTO_TEST_SUITE(voc_codec)

BOOST_AUTO_TEST_CASE(reads_what_labelimg_writes) {
    const std::string text = voc(400, 200,
                                 object("cat", box(40, 50, 240, 150)) +
                                     object("black &amp; white", box(1, 1, 400, 200)));
    check_regions(read_voc(text, wide),
                  {{"cat", 0.1, 0.25, 0.5, 0.5}, {"black & white", 0.0025, 0.005, 0.9975, 0.995}});
}

BOOST_AUTO_TEST_CASE(reads_what_cvat_writes) {
    const std::string text =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><annotation><filename>a.jpg</filename>"
        "<size><width>400</width><height>200</height><depth></depth></size>"
        "<object><name>cat</name><occluded>0</occluded><bndbox><xmin>40.5</xmin><ymin>50.0</ymin>"
        "<xmax>240.5</xmax><ymax>150.0</ymax></bndbox><attributes/></object></annotation>";
    check_regions(read_voc(text, wide), {{"cat", 40.5 / 400, 0.25, 0.5, 0.5}});
}

BOOST_AUTO_TEST_CASE(a_file_without_objects_says_that_there_is_nothing) {
    check_regions(read_voc(voc(400, 200, ""), wide), {});
}

BOOST_AUTO_TEST_CASE(boxes_of_stored_pixels_are_turned_and_those_of_upright_ones_are_not) {
    const picture turned{image_format::jpeg, 400, 200, 6};
    check_regions(read_voc(voc(200, 400, object("cat", box(20, 40, 60, 120))), turned),
                  {{"cat", 0.1, 0.1, 0.2, 0.2}});
    // The same box on the pixels as they are stored: its top is on the right when upright.
    check_regions(read_voc(voc(400, 200, object("cat", box(40, 20, 80, 60))), turned),
                  {{"cat", 0.7, 0.1, 0.2, 0.1}});
    // Without a size the picture is taken as it is seen.
    check_regions(read_voc(voc(0, 0, object("cat", box(20, 40, 60, 120))), turned),
                  {{"cat", 0.1, 0.1, 0.2, 0.2}});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_by_line_and_element) {
    check_broken(
        read_voc(voc(400, 200, object("cat", box(1, 1, 9, 9)) + object("cat", "<xmin>a</xmin>")),
                 wide),
        {"line 25, object 2", "xmin", "\"a\""});
    check_broken(read_voc(voc(400, 200, object("cat", "<xmin>1</xmin>")), wide),
                 {"object 1", "bndbox has no ymin"});
    check_broken(read_voc(voc(400, 200, object("", box(1, 1, 9, 9))), wide),
                 {"object 1", "name", "blank"});
    check_broken(read_voc(voc(400, 200, "<object><name>cat</name></object>"), wide),
                 {"object 1", "has no bndbox"});
    check_broken(read_voc(voc(400, 200, object("cat", box(9, 1, 9, 9))), wide),
                 {"object 1", "bndbox", "width"});
    check_broken(read_voc(voc(400, 200, object("cat", box(9, 1, 500, 9))), wide),
                 {"object 1", "right edge"});
    check_broken(read_voc(voc(640, 480, object("cat", box(1, 1, 9, 9))), wide),
                 {"line 7, size", "640 x 480", "400 x 200"});
    check_broken(read_voc("<annotation>\n<size>\n</annotation>", wide), {"line 3", "XML"});
    check_broken(read_voc("", wide), {"line 1"});
    check_broken(read_voc("<svg/>", wide), {"annotation"});
}

BOOST_AUTO_TEST_CASE(random_boxes_come_back) {
    std::mt19937 random(21);
    for (int round = 0; round < 500; ++round) {
        const double left = random() % 399;
        const double top = random() % 199;
        const double right = left + 1 + random() % static_cast<unsigned>(400 - left);
        const double bottom = top + 1 + random() % static_cast<unsigned>(200 - top);
        check_regions(read_voc(voc(400, 200, object("dog", box(left, top, right, bottom))), wide),
                      {{"dog", left / 400, top / 200, (right - left) / 400, (bottom - top) / 200}});
    }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_safe) {
    std::mt19937 random(22);
    const std::string whole = voc(400, 200, object("cat", box(40, 50, 240, 150)));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        static_cast<void>(read_voc(std::string_view(whole).substr(0, length), wide));
    }
    for (int round = 0; round < 3000; ++round) {
        std::string text = whole;
        for (std::uint32_t left = 1 + random() % 8; left > 0; --left) {
            text[random() % text.size()] = static_cast<char>(random());
        }
        const auto said = read_voc(text, wide);
        BOOST_TEST((said.has_value() || !said.error().message.empty()));
    }
    std::string deep = "<annotation>";
    for (int each = 0; each < 100000; ++each) {
        deep += "<a>";
    }
    BOOST_TEST(!read_voc(deep, wide).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
