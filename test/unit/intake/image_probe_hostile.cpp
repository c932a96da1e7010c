#include <random>
#include <string>

#include <boost/test/unit_test.hpp>

#include "picture_bytes.hpp"

using namespace retraind;
using namespace retraind::intake;
using namespace retraind::intake::testing;
using namespace std::string_literals;

namespace {

constexpr std::size_t mutations_a_picture = 1500;

std::string mutated(std::string bytes, std::mt19937& random) {
    const std::size_t flips = 1 + random() % 8;
    for (std::size_t n = 0; n < flips; ++n) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (random() % 4 == 0) {
        bytes.resize(1 + random() % bytes.size());
    }
    if (random() % 8 == 0) {
        bytes.insert(random() % bytes.size(), bytes.substr(random() % bytes.size()));
    }
    return bytes;
}

std::string repeated(const std::string& start, const std::string& piece) {
    std::string bytes = start;
    while (bytes.size() + piece.size() <= 2'000'000) {
        bytes += piece;
    }
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_probe_hostile)

BOOST_AUTO_TEST_CASE(random_damage_always_ends_in_a_verdict_within_the_limits) {
    std::mt19937 random(20261125);
    std::size_t pictures = 0;
    for (const sample& one : samples) {
        const std::string bytes = fixture(one.name);
        for (std::size_t n = 0; n < mutations_a_picture; ++n) {
            const verdict found = judged(mutated(bytes, random));
            if (const auto* whole = std::get_if<picture>(&found)) {
                ++pictures;
                BOOST_TEST_REQUIRE((whole->width > 0 && whole->width <= 10'240));
                BOOST_TEST_REQUIRE((whole->height > 0 && whole->height <= 10'240));
            }
        }
    }
    BOOST_TEST(pictures > 100u);
    BOOST_TEST(pictures < mutations_a_picture * std::size(samples));
}

BOOST_AUTO_TEST_CASE(random_bytes_behind_a_signature_always_end_in_a_verdict) {
    std::mt19937 random(4);
    for (const std::string& start : {jpeg_start + "\xFF", png_head(3, 4), "BM"s, "GIF89a"s}) {
        for (std::size_t n = 0; n < mutations_a_picture; ++n) {
            std::string bytes = start;
            for (std::size_t left = random() % 300; left > 0; --left) {
                bytes += static_cast<char>(random());
            }
            BOOST_TEST_REQUIRE(!judged(bytes).valueless_by_exception());
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_read_is_bounded_whatever_the_bytes_are) {
    const std::string frame = jpeg_start + frame_segment(0xC0, 9, 9);
    const std::string hostile[] = {
        repeated(frame, scan),
        repeated(frame, segment(0xDA, std::string(32'759, 'x'))),
        repeated(jpeg_start, "\xFF"),
        repeated(jpeg_start, "\xFF\0"s),
        repeated(jpeg_start, segment(0xE1, std::string(32'760, 'x'))),
        repeated(png_head(9, 9), png_chunk("IDAT", "")),
        repeated(png_head(9, 9), png_chunk("IDAT", std::string(32'761, 'x'))),
        repeated("GIF89a" + little(9, 2) + little(9, 2) + "\0\0\0"s, "\x21\xFE\0"s),
        repeated("GIF89a" + little(9, 2) + little(9, 2) + "\0\0\0"s, "\0"s),
    };
    for (const std::string& bytes : hostile) {
        memory_reader reader(bytes);
        const verdict found = probe(reader, bytes.size()).value();
        BOOST_TEST(std::holds_alternative<incomplete>(found));
        BOOST_TEST(reader.handed_out <= 2 * bytes.size() + 100'000);
        BOOST_TEST(reader.calls < 500u);
    }
}

BOOST_AUTO_TEST_CASE(a_whole_jpeg_costs_its_head_and_its_end) {
    const std::string bytes =
        jpeg_start + frame_segment(0xC0, 900, 900) + scan + std::string(5'000'000, 'x') + jpeg_end;
    memory_reader reader(bytes);
    BOOST_TEST(std::holds_alternative<picture>(probe(reader, bytes.size()).value()));
    BOOST_TEST(reader.handed_out < 100'000u);
}

BOOST_AUTO_TEST_CASE(too_many_bytes_cost_nothing_but_the_head) {
    const std::string head = jpeg_start + "\xFF\xE0" + std::string(40'000, 'x');
    memory_reader reader(head);
    const verdict found = probe(reader, std::uint64_t{1} << 62).value();
    BOOST_TEST(std::holds_alternative<refusal>(found));
    BOOST_TEST(reader.calls == 1u);
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_under_the_probe_is_incomplete) {
    const std::string bytes = fixture("baseline.jpg");
    for (std::size_t left = 0; left < bytes.size(); ++left) {
        memory_reader reader(std::string_view(bytes).substr(0, left));
        const verdict found = probe(reader, bytes.size()).value();
        BOOST_TEST(std::holds_alternative<incomplete>(found));
    }
}

BOOST_AUTO_TEST_CASE(each_read_that_fails_fails_the_probe) {
    class failing final : public byte_reader {
    public:
        failing(std::string_view bytes, std::size_t good) : memory_(bytes), good_(good) {}
        result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
            if (memory_.calls >= good_) {
                return fail(errc::io, "the disk is gone");
            }
            return memory_.read_at(offset, into);
        }

    private:
        memory_reader memory_;
        std::size_t good_;
    };
    const std::string bytes = jpeg_start + frame_segment(0xC0, 9, 9) + scan +
                              std::string(100'000, 'x') + jpeg_end + "tail";
    memory_reader counting(bytes);
    BOOST_TEST_REQUIRE(std::holds_alternative<picture>(probe(counting, bytes.size()).value()));
    BOOST_TEST_REQUIRE(counting.calls > 3u);
    for (std::size_t good = 0; good < counting.calls; ++good) {
        failing reader(bytes, good);
        const auto found = probe(reader, bytes.size());
        BOOST_TEST_REQUIRE(!found.has_value());
        BOOST_TEST((found.error().code == errc::io));
    }
}

BOOST_AUTO_TEST_SUITE_END()
