#include <boost/test/unit_test.hpp>

#include "picture_bytes.hpp"

namespace retraind::intake::testing {

namespace {

std::string number(std::uint64_t value, int bytes, bool little_end) {
    return little_end ? little(value, bytes) : big(value, bytes);
}

std::string exif(std::uint32_t orientation, bool little_end, std::uint32_t type = 3,
                 std::uint32_t entries = 2) {
    std::string text("Exif\0\0", 6);
    text += little_end ? "II" : "MM";
    text += number(42, 2, little_end) + number(8, 4, little_end) + number(entries, 2, little_end);
    text += number(0x010F, 2, little_end) + number(2, 2, little_end) + number(1, 4, little_end) +
            number(0, 4, little_end);
    text += number(0x0112, 2, little_end) + number(type, 2, little_end) + number(1, 4, little_end) +
            number(orientation, 2, little_end) + number(0, 2, little_end);
    return text + number(0, 4, little_end);
}

std::string jpeg_with(const std::string& before_the_frame) {
    return jpeg_start + before_the_frame + frame_segment(0xC0, 40, 30) + scan + "data" + jpeg_end;
}

unsigned orientation_of(const std::string& bytes) {
    const verdict found = judged(bytes);
    BOOST_TEST_REQUIRE(std::holds_alternative<picture>(found));
    return std::get<picture>(found).orientation;
}

} // namespace

BOOST_AUTO_TEST_SUITE(exif_orientation)

BOOST_AUTO_TEST_CASE(each_is_read_in_both_byte_orders) {
    for (unsigned orientation = 1; orientation <= 8; ++orientation) {
        for (const bool little_end : {false, true}) {
            BOOST_TEST(orientation_of(jpeg_with(segment(0xE1, exif(orientation, little_end)))) ==
                       orientation);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_states_none_is_upright) {
    BOOST_TEST(orientation_of(jpeg_with("")) == 1U);
    BOOST_TEST(orientation_of(jpeg_with(segment(0xE1, exif(0, true)))) == 1U);
    BOOST_TEST(orientation_of(jpeg_with(segment(0xE1, exif(9, true)))) == 1U);
    BOOST_TEST(orientation_of(jpeg_with(segment(0xE1, exif(6, true, 4)))) == 1U);
    BOOST_TEST(orientation_of(jpeg_with(segment(0xE1, exif(6, true, 3, 1)))) == 1U);
    BOOST_TEST(orientation_of(jpeg_with(segment(0xE2, exif(6, true)))) == 1U);
}

BOOST_AUTO_TEST_CASE(xmp_before_it_is_passed_over_and_the_first_counts) {
    const std::string xmp = segment(0xE1, "http://ns.adobe.com/xap/1.0/");
    BOOST_TEST(orientation_of(jpeg_with(xmp + segment(0xE1, exif(6, false)) +
                                        segment(0xE1, exif(3, false)))) == 6U);
}

BOOST_AUTO_TEST_CASE(a_damaged_segment_is_upright_and_ends_nothing) {
    const std::string whole = exif(6, true);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const unsigned found = orientation_of(jpeg_with(segment(0xE1, whole.substr(0, length))));
        BOOST_TEST((found == 1U || found == 6U));
        std::string hostile = whole;
        hostile[length] = '\xFF';
        static_cast<void>(orientation_of(jpeg_with(segment(0xE1, hostile))));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
