#include "retraind/intake/image_probe.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

#include "picture_bytes.hpp"

using namespace retraind;
using namespace retraind::intake;
using namespace retraind::intake::testing;
using namespace std::string_literals;

namespace {

void expect_picture(const std::string& bytes, const picture& expected) {
    const verdict found = judged(bytes);
    std::visit([](const auto& one) { BOOST_TEST_MESSAGE(one); }, found);
    BOOST_TEST_REQUIRE(std::holds_alternative<picture>(found));
    BOOST_TEST(std::get<picture>(found) == expected);
}

void expect_incomplete(const std::string& bytes) {
    const verdict found = judged(bytes);
    std::visit([](const auto& one) { BOOST_TEST_MESSAGE(one); }, found);
    BOOST_TEST(std::holds_alternative<incomplete>(found));
}

refusal expect_refusal(const std::string& bytes, std::string_view expected,
                       const picture_limits& limits = {}) {
    const verdict found = judged(bytes, limits);
    std::visit([](const auto& one) { BOOST_TEST_MESSAGE(one); }, found);
    BOOST_TEST_REQUIRE(std::holds_alternative<refusal>(found));
    BOOST_TEST(std::get<refusal>(found).code == expected);
    BOOST_TEST(!std::get<refusal>(found).mend.empty());
    return std::get<refusal>(found);
}

std::string jpeg_of(int frame_code, const std::string& data) {
    return jpeg_start + frame_segment(frame_code, 320, 200) + scan + data;
}

std::string bmp(std::uint32_t declared, std::uint32_t header, const std::string& body) {
    return "BM" + little(declared, 4) + little(0, 4) + little(14 + header, 4) + little(header, 4) +
           body;
}

std::string bmp_info(std::int32_t width, std::int32_t height, int bits, int compression,
                     std::uint32_t data_bytes) {
    return little(static_cast<std::uint32_t>(width), 4) +
           little(static_cast<std::uint32_t>(height), 4) + little(1, 2) +
           little(static_cast<std::uint64_t>(bits), 2) +
           little(static_cast<std::uint64_t>(compression), 4) + little(data_bytes, 4) +
           std::string(16, '\0');
}

std::string gif(int width, int height, const std::string& blocks) {
    return "GIF89a" + little(static_cast<std::uint64_t>(width), 2) +
           little(static_cast<std::uint64_t>(height), 2) + "\0\0\0"s + blocks;
}

std::string gif_frame(int width, int height, int flags, const std::string& table) {
    return "\x2C"s + little(0, 4) + little(static_cast<std::uint64_t>(width), 2) +
           little(static_cast<std::uint64_t>(height), 2) + static_cast<char>(flags) + table +
           "\x02\x03;;;\0"s;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_probe)

BOOST_AUTO_TEST_CASE(takes_a_real_picture_of_every_format) {
    for (const sample& one : samples) {
        BOOST_TEST_CONTEXT(one.name) {
            expect_picture(fixture(one.name), one.found);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_picture_cut_anywhere_before_its_end_is_incomplete) {
    for (const sample& one : samples) {
        const std::string bytes = fixture(one.name);
        for (std::size_t size = 1; size < bytes.size(); ++size) {
            BOOST_TEST_CONTEXT(one.name << " cut to " << size) {
                const bool whole = size >= bytes.size() - one.trailing;
                const verdict found = judged(bytes.substr(0, size));
                BOOST_TEST(std::holds_alternative<picture>(found) == whole);
                BOOST_TEST(std::holds_alternative<incomplete>(found) == !whole);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(bytes_behind_the_end_are_allowed) {
    for (const sample& one : samples) {
        for (const std::string& trailer : {"\0"s, "\n"s, std::string(70'000, 'x'), "\xFF"s}) {
            BOOST_TEST_CONTEXT(one.name << " and " << trailer.size() << " bytes") {
                expect_picture(fixture(one.name) + trailer, one.found);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(short_reads_change_nothing) {
    for (const sample& one : samples) {
        const std::string bytes = fixture(one.name);
        memory_reader reader(bytes, 3);
        BOOST_TEST_CONTEXT(one.name) {
            BOOST_TEST((probe(reader, bytes.size()).value() == verdict(one.found)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hole_at_the_end_is_not_written_yet) {
    for (const sample& one : samples) {
        std::string bytes = fixture(one.name);
        bytes.resize(bytes.size() - one.trailing);
        if (one.found.format == image_format::bmp) {
            continue; // its length is all it has for an end, and zeros are black
        }
        for (std::size_t from = 16; from < bytes.size(); ++from) {
            std::string holed = bytes;
            std::fill(holed.begin() + static_cast<std::ptrdiff_t>(from), holed.end(), '\0');
            BOOST_TEST_CONTEXT(one.name << " zero from " << from) {
                BOOST_TEST(!std::holds_alternative<picture>(judged(holed)));
            }
        }
    }
    expect_incomplete(std::string(5000, '\0'));
    expect_incomplete(png_head(10, 10) + png_chunk("IDAT", "data") + std::string(4000, '\0'));
    expect_incomplete(jpeg_of(0xC0, std::string(4000, '\0')));
}

BOOST_AUTO_TEST_CASE(every_jpeg_frame_counts_and_nothing_else_does) {
    const picture expected{image_format::jpeg, 320, 200};
    for (const int code :
         {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCF}) {
        expect_picture(jpeg_of(code, "data" + jpeg_end), expected);
    }
    for (const int code : {0xC4, 0xC8, 0xCC, 0xE0, 0xFE}) {
        expect_refusal(jpeg_of(code, "data" + jpeg_end + "tail"), code::image_format);
    }
}

BOOST_AUTO_TEST_CASE(a_jpeg_is_walked_past_all_that_looks_like_an_end) {
    const picture expected{image_format::jpeg, 320, 200};
    const std::string restarts = "ab\xFF\xD0"
                                 "cd\xFF\xD7"
                                 "ef";
    expect_picture(jpeg_of(0xC0, restarts + jpeg_end + "tail"), expected);
    expect_picture(jpeg_of(0xC0, "a\xFF\0\xD9"s + "b\xFF\xFF\xFF\xD9 tail"), expected);
    expect_incomplete(jpeg_of(0xC0, "a\xFF\0\xD9"s));
    expect_incomplete(jpeg_of(0xC0, restarts + segment(0xFE, jpeg_end + " in a comment")));
    const std::string large(65'533, '\xD9');
    const std::string apps = segment(0xE1, large) + segment(0xE2, large) + segment(0xE1, jpeg_end);
    const std::string body = frame_segment(0xC2, 320, 200) + scan + "data";
    expect_picture(jpeg_start + apps + body + jpeg_end + "tail", expected);
    expect_picture(jpeg_start + "\xFF\xFF\xFF" + apps + body + jpeg_end, expected);
    expect_incomplete(jpeg_start + apps);
    expect_incomplete(jpeg_start + frame_segment(0xC0, 9, 9) + segment(0xFE, jpeg_end));
    expect_incomplete(jpeg_start + apps + body);
}

BOOST_AUTO_TEST_CASE(a_jpeg_height_may_follow_the_scan) {
    const std::string start = jpeg_start + frame_segment(0xC0, 320, 0) + scan + "data";
    expect_picture(start + segment(0xDC, big(77, 2)) + jpeg_end, {image_format::jpeg, 320, 77});
    expect_refusal(start + jpeg_end, code::image_format);
}

BOOST_AUTO_TEST_CASE(a_jpeg_without_a_picture_is_refused) {
    expect_refusal(jpeg_start + segment(0xDB, "tables") + jpeg_end, code::image_format);
    expect_refusal(jpeg_start + scan + "data" + jpeg_end, code::image_format);
    const refusal found = expect_refusal(jpeg_start + "\xFF\xE0\0\1 and more"s, code::image_format);
    BOOST_TEST(found.sentence == "the JPEG is damaged: a segment has no length at byte 4");
}

BOOST_AUTO_TEST_CASE(a_png_is_walked_chunk_by_chunk) {
    expect_picture(png(7, 9) + "tail", {image_format::png, 7, 9});
    expect_incomplete(png_head(7, 9) + png_chunk("tEXt", "IEND") + png_chunk("IDAT", "data"));
    expect_refusal(png_head(7, 9) + png_chunk("I AT", "data") + "tail", code::image_format);
    expect_refusal(png_head(7, 9) + big(0x80000000, 4) + "IDAT and so on", code::image_format);
    expect_refusal("\x89PNG\r\n\x1A\n" + png_chunk("IDAT", std::string(30, 'x')),
                   code::image_format);
}

BOOST_AUTO_TEST_CASE(a_bmp_has_a_length_and_pixels) {
    const std::string three_rows(3 * 8, 'p');
    const picture expected{image_format::bmp, 2, 3};
    const auto upright = bmp_info(2, 3, 24, 0, 0);
    expect_picture(bmp(78, 40, upright + three_rows), expected);
    expect_picture(bmp(78, 40, bmp_info(2, -3, 24, 0, 0) + three_rows), expected);
    expect_picture(bmp(0, 40, upright + three_rows), expected);
    expect_incomplete(bmp(0, 40, upright + three_rows.substr(1)));
    expect_incomplete(bmp(79, 40, upright + three_rows));
    expect_picture(
        bmp(26 + 24, 12, little(2, 2) + little(3, 2) + little(1, 2) + little(24, 2) + three_rows),
        expected);
    const auto run_length = bmp_info(2, 3, 8, 1, 10);
    expect_picture(bmp(0, 40, run_length + std::string(10, 'r')), expected);
    expect_incomplete(bmp(0, 40, run_length + std::string(9, 'r')));
    expect_refusal("BMW is a maker of cars and motorcycles", code::image_format);
    expect_refusal(bmp(78, 40, bmp_info(2, 3, 23, 0, 0) + three_rows), code::image_format);
    expect_refusal(bmp(0, 40, bmp_info(2'000'000'000, 2, 24, 0, 0)), code::image_dimensions);
}

BOOST_AUTO_TEST_CASE(a_gif_is_walked_block_by_block) {
    const picture expected{image_format::gif, 5, 6};
    const std::string extension = "\x21\xF9\x04....\0"s;
    const std::string table(3 * 4, ';');
    expect_picture(gif(5, 6, extension + gif_frame(5, 6, 0x81, table) + ";"), expected);
    expect_picture(gif(5, 6, "\0"s + gif_frame(1, 1, 0, "") + "\0\0"s + ";tail"), expected);
    expect_picture(gif(0, 0, gif_frame(5, 6, 0, "") + gif_frame(9, 9, 0, "") + ";"), expected);
    expect_incomplete(gif(5, 6, gif_frame(5, 6, 0x81, table)));
    expect_refusal(gif(5, 6, ";"), code::image_format);
    expect_refusal(gif(5, 6, gif_frame(5, 6, 0, "") + "?"), code::image_format);
}

BOOST_AUTO_TEST_CASE(other_files_are_named_for_what_they_are) {
    const struct {
        std::string bytes;
        std::string_view word;
    } table[] = {
        {"RIFF\x10\0\0\0WEBPVP8 "s, "WebP"},
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0"s,
         "HEIC"},
        {"\0\0\0\x18"
         "ftypisom\0\0\0\0"s,
         "video"},
        {"II*\0\x08\0\0\0"s, "TIFF"},
        {"%PDF-1.7 and so on", "PDF"},
        {"<!DOCTYPE html><html>", "web page"},
        {"just some text that lies here", "no picture"},
        {"x", "no picture"},
    };
    for (const auto& one : table) {
        const refusal found = expect_refusal(one.bytes, code::image_format);
        BOOST_TEST(found.sentence.find(one.word) != std::string::npos, found.sentence);
        BOOST_TEST(found.sentence.find("JPEG, PNG, BMP and GIF") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_refused_as_that) {
    expect_refusal("", code::empty);
}

BOOST_AUTO_TEST_CASE(six_million_bytes_are_taken_and_not_one_more) {
    const std::string bytes = png(100, 100);
    const std::size_t padding = 6'000'000 - bytes.size();
    expect_picture(bytes + std::string(padding, 'x'), {image_format::png, 100, 100});
    const refusal found =
        expect_refusal(bytes + std::string(padding + 750'123, 'x'), code::image_size);
    BOOST_TEST(found.sentence == "6,750,123 bytes; the service takes at most 6,000,000");
    expect_refusal(bytes + std::string(padding + 1, 'x'), code::image_size);
    expect_refusal("some text" + std::string(7'000'000, 'x'), code::image_format);
    expect_refusal(bytes, code::image_size, {.max_bytes = bytes.size() - 1});
}

BOOST_AUTO_TEST_CASE(sides_and_ratio_have_limits) {
    expect_picture(png(10'240, 10'240), {image_format::png, 10'240, 10'240});
    expect_picture(png(2500, 100), {image_format::png, 2500, 100});
    expect_picture(png(1, 25), {image_format::png, 1, 25});
    const refusal side = expect_refusal(png(10'241, 1000), code::image_dimensions);
    BOOST_TEST(side.sentence == "10,241 x 1,000 pixels; the service takes at most 10,240 a side");
    const refusal ratio = expect_refusal(png(2501, 100), code::image_dimensions);
    BOOST_TEST(ratio.sentence == "2,501 x 100 pixels; the service takes at most 25:1");
    expect_refusal(png(1, 26), code::image_dimensions);
    expect_refusal(png(1000, 10'241), code::image_dimensions);
    expect_refusal(png(0xFFFFFFFF, 0xFFFFFFFF), code::image_dimensions);
    expect_refusal(png(0, 10), code::image_format);
    expect_incomplete(png_head(10'241, 1000));
}

BOOST_AUTO_TEST_SUITE_END()
