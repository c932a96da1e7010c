#include "retraind/intake/yolo_codec.hpp"

#include <random>

#include <fmt/format.h>

#include "sidecar_samples.hpp"

namespace retraind::intake::testing {

namespace {

const std::vector<std::string> pets{"cat", "dog", "", "bird"};

} // namespace

BOOST_AUTO_TEST_SUITE(yolo_codec)

BOOST_AUTO_TEST_CASE(reads_what_label_tools_write) {
    check_regions(
        read_yolo("0 0.5 0.5 0.2 0.4\n1 0.100000 0.250000 0.200000 0.500000\n", pets, wide),
        {{"cat", 0.4, 0.3, 0.2, 0.4}, {"dog", 0, 0, 0.2, 0.5}});
    check_regions(read_yolo("\xEF\xBB\xBF"
                            "3 0.5 0.5 1 1\r\n\r\n",
                            pets, wide),
                  {{"bird", 0, 0, 1, 1}});
}

BOOST_AUTO_TEST_CASE(an_empty_file_says_that_there_is_nothing) {
    check_regions(read_yolo("", pets, wide), {});
    check_regions(read_yolo("\n  \n", pets, wide), {});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_by_line_and_field) {
    check_broken(read_yolo("0 0.5 0.5 0.2 0.4\n0 0.5 x 0.2 0.4\n", pets, wide),
                 {"line 2", "cy", "\"x\""});
    check_broken(read_yolo("0 0.5 0.5 0.2\n", pets, wide), {"line 1", "4 fields"});
    check_broken(read_yolo("0 0.5 0.5 0.2 0.4 0.9\n", pets, wide), {"line 1", "6 fields"});
    check_broken(read_yolo("4 0.5 0.5 0.2 0.4\n", pets, wide), {"line 1", "class is 4", "line 5"});
    check_broken(read_yolo("2 0.5 0.5 0.2 0.4\n", pets, wide), {"class is 2"});
    check_broken(read_yolo("-1 0.5 0.5 0.2 0.4\n", pets, wide), {"class is \"-1\""});
    check_broken(read_yolo("0 0.5 0.5 0 0.4\n", pets, wide), {"line 1", "width"});
    check_broken(read_yolo("0 0.5 0.5 -0.1 0.4\n", pets, wide), {"line 1", "width"});
    check_broken(read_yolo("0 0.5 0.5 nan 0.4\n", pets, wide), {"line 1", "width"});
    check_broken(read_yolo("0 250 100 20 40\n", pets, wide), {"line 1", "left edge"});
}

BOOST_AUTO_TEST_CASE(more_boxes_than_the_service_takes_are_refused) {
    std::string text;
    for (int each = 0; each < 301; ++each) {
        text += "0 0.5 0.5 0.2 0.4\n";
    }
    check_broken(read_yolo(text, pets, wide), {"301", "300"});
}

BOOST_AUTO_TEST_CASE(classes_are_names_by_their_line) {
    const auto classes = read_yolo_classes("cat\r\n\n dog \n");
    BOOST_TEST_REQUIRE(classes.has_value());
    BOOST_TEST((*classes == std::vector<std::string>{"cat", "", "dog"}));
    check_broken(read_yolo_classes("cat\nd\x01g\n"), {"line 2"});
    check_broken(read_yolo_classes("\xFF\xFE"), {"line 1", "UTF-8"});
}

BOOST_AUTO_TEST_CASE(random_boxes_come_back) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> part(0.01, 0.99);
    for (int round = 0; round < 2000; ++round) {
        region_label box{"dog", part(random), part(random), 0, 0};
        box.width = (1 - box.left) * part(random);
        box.height = (1 - box.top) * part(random);
        const std::string line = fmt::format("1 {} {} {} {}\n", box.left + box.width / 2,
                                             box.top + box.height / 2, box.width, box.height);
        check_regions(read_yolo(line, pets, wide), {box});
    }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_safe) {
    std::mt19937 random(12);
    const std::string alphabet("01.5 -+enaif\n\r\t\0\xFF", 17);
    for (int round = 0; round < 5000; ++round) {
        std::string text;
        for (std::uint32_t left = random() % 60; left > 0; --left) {
            text += alphabet[random() % alphabet.size()];
        }
        const auto said = read_yolo(text, pets, wide);
        BOOST_TEST((said.has_value() || !said.error().message.empty()));
        static_cast<void>(read_yolo_classes(text));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
