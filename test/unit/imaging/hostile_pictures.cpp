// Files that are cut off, turned over or made to be expensive: an error, never a crash, and under
// the sanitizers nothing that is left behind.
#include <random>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

struct sample {
    picture_kind kind;
    std::string bytes;
};

std::vector<sample> samples() {
    attachments beside;
    beside.exif = turned_exif();
    std::vector<sample> all;
    all.push_back({picture_kind::jpeg, jpeg_of({90, 70, colours::rgb}, noise(), 90, beside)});
    all.push_back({picture_kind::png, png_of({90, 70, colours::rgba}, noise(), beside)});
    return all;
}

result<shrink_result> try_one(const sample& each) {
    memory_file from(each.bytes);
    memory_file into;
    return shrink(from, each.kind, {45, 35, 85}, 6'000'000, into);
}

/// A JPEG whose header says that it is progressive and has these sides, with `scans` empty scans.
std::string progressive_header(std::uint16_t width, std::uint16_t height, int scans) {
    using namespace std::string_view_literals;
    std::string bytes("\xFF\xD8\xFF\xDB\0\x43\0"sv); // a table of quantisation: all ones
    bytes += std::string(64, '\x01');
    bytes += "\xFF\xC2\0\x11\x08"sv;
    for (const std::uint16_t side : {height, width}) {
        bytes += static_cast<char>(side >> 8);
        bytes += static_cast<char>(side);
    }
    bytes += "\x03\x01\x11\0\x02\x11\0\x03\x11\0"sv;
    // A table of codes with the one symbol 0, for DC.
    bytes += "\xFF\xC4\0\x14\0\x01"sv;
    bytes += std::string(15, '\0');
    bytes += '\0';
    for (int scan = 0; scan < scans; ++scan) {
        bytes += "\xFF\xDA\0\x0C\x03\x01\0\x02\0\x03\0\0\0\0\0"sv;
    }
    return bytes + std::string("\xFF\xD9"sv);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_pictures)

BOOST_AUTO_TEST_CASE(cut_off_anywhere_is_an_error_with_a_sentence) {
    for (const sample& whole : samples()) {
        BOOST_TEST_REQUIRE(try_one(whole).has_value());
        for (std::size_t length = 0; length < whole.bytes.size() - 30; length += 97) {
            const auto done = try_one({whole.kind, whole.bytes.substr(0, length)});
            BOOST_TEST_REQUIRE(!done.has_value(), "of length " << length);
            BOOST_TEST_REQUIRE((done.error().code == errc::invalid));
            BOOST_TEST_REQUIRE(!done.error().message.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(bytes_turned_over_never_crash) {
    std::mt19937 random(23);
    for (const sample& whole : samples()) {
        for (int round = 0; round < 400; ++round) {
            sample broken = whole;
            for (std::size_t count = 1 + random() % 6; count > 0; --count) {
                broken.bytes[random() % std::min<std::size_t>(broken.bytes.size(), 900)] =
                    static_cast<char>(random());
            }
            const auto done = try_one(broken);
            BOOST_TEST_REQUIRE((done.has_value() || done.error().code == errc::invalid ||
                                done.error().code == errc::full));
        }
    }
}

BOOST_AUTO_TEST_CASE(noise_behind_a_gifs_head_never_crashes) {
    std::mt19937 random(29);
    for (int round = 0; round < 300; ++round) {
        // On a small screen: its sides are the probe's to judge.
        std::string bytes("GIF89a\x64\0\x5A\0", 10);
        for (int count = 0; count < 200; ++count) {
            bytes += static_cast<char>(random() % 4 == 0 ? 0x2C : random());
        }
        static_cast<void>(try_one({picture_kind::gif, bytes}));
    }
}

BOOST_AUTO_TEST_CASE(a_progressive_one_that_is_too_large_to_hold_is_refused) {
    const auto done = try_one({picture_kind::jpeg, progressive_header(20'000, 20'000, 1)});
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST((done.error().code == errc::invalid));
    BOOST_TEST(done.error().message.find("progressive") != std::string::npos, done.error().message);
}

BOOST_AUTO_TEST_CASE(endless_scans_are_refused) {
    const auto done = try_one({picture_kind::jpeg, progressive_header(64, 64, 2'000)});
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST((done.error().code == errc::invalid));
}

BOOST_AUTO_TEST_CASE(what_is_called_by_a_wrong_name_is_refused) {
    for (const picture_kind kind :
         {picture_kind::jpeg, picture_kind::png, picture_kind::gif, picture_kind::bmp}) {
        const auto done = try_one({kind, std::string(5'000, 'x')});
        BOOST_TEST_REQUIRE(!done.has_value());
        BOOST_TEST((done.error().code == errc::invalid));
    }
}

BOOST_AUTO_TEST_CASE(a_picture_smaller_than_it_was_said_to_be_is_refused) {
    memory_file from(png_of({20, 20, colours::rgb}, flat({1, 2, 3})));
    memory_file into;
    BOOST_TEST(!shrink(from, picture_kind::png, {40, 10, 0}, 6'000'000, into).has_value());
}

BOOST_AUTO_TEST_CASE(the_disks_own_errors_come_out_as_they_are) {
    for (const sample& whole : samples()) {
        memory_file from(whole.bytes);
        memory_file into;
        into.broken = true;
        const auto full = shrink(from, whole.kind, {45, 35, 85}, 6'000'000, into);
        BOOST_TEST((full.error().code == errc::full));
        BOOST_TEST(full.error().message == "the disk is full");
        into.broken = false;
        from.broken = true;
        const auto gone = shrink(from, whole.kind, {45, 35, 85}, 6'000'000, into);
        BOOST_TEST((gone.error().code == errc::io));
    }
}

BOOST_AUTO_TEST_SUITE_END()
