// What a watched folder says of its pictures: oversize and metadata.
#include <boost/test/unit_test.hpp>

#include <vector>

#include "imaging/jpeg_writer.hpp"
#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

/// Keeps what is written.
class text_output final : public retraind::imaging::byte_output {
public:
    retraind::result<void> write(std::span<const std::byte> bytes) override {
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    }
    std::string text;
};

/// A JPEG of noise, about a byte a pixel.
std::string large_jpeg(std::uint32_t width, std::uint32_t height) {
    using namespace retraind::imaging;
    text_output out;
    const row_format format{width, height, colours::rgb};
    const auto writer = create_jpeg(out, format, 92, {}).value();
    std::vector<std::uint8_t> row(format.row_bytes());
    std::uint32_t state = 1;
    for (std::uint32_t at = 0; at < height; ++at) {
        for (std::uint8_t& each : row) {
            state = state * 1664525U + 1013904223U;
            each = static_cast<std::uint8_t>(state >> 24);
        }
        BOOST_TEST_REQUIRE(writer->put(row).has_value());
    }
    BOOST_TEST_REQUIRE(writer->finish().has_value());
    return std::move(out.text);
}

constexpr const char* one_confirmed =
    "confirmed 1, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0";
constexpr const char* nothing =
    "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0";

} // namespace

BOOST_AUTO_TEST_SUITE(folder_options)

BOOST_AUTO_TEST_CASE(a_picture_that_is_too_large_arrives_smaller_and_once) {
    stage world;
    world.configure({"oversize: shrink", "", ""});
    const std::string picture = large_jpeg(10'800, 1'200);
    BOOST_TEST_REQUIRE(picture.size() > 6'000'000U);
    write_file(world.drop() / "upright" / "large.jpg", picture);
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 0, first.log);
    BOOST_TEST(first.last_line == one_confirmed);
    BOOST_TEST(first.log.find("file_shrunk") != std::string::npos, first.log);
    const auto images = world.project_get("/images/tagged");
    BOOST_TEST_REQUIRE(images.as_array().size() == 1U);
    const auto width = images.at(0).at("width").as_int64();
    const auto height = images.at(0).at("height").as_int64();
    BOOST_TEST(width <= 10'240);
    BOOST_TEST(width > 3'000);
    BOOST_TEST(std::abs(width - 9 * height) < 18);
    BOOST_TEST(read_file(world.drop() / "upright" / "large.jpg").size() == picture.size());
    // Known by its own content, under any name.
    write_file(world.drop() / "upright" / "copy.jpg", picture);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 0, second.log);
    BOOST_TEST(second.log.find("batch_sending") == std::string::npos, second.log);
    BOOST_TEST(second.log.find("file_shrunk") == std::string::npos);
    BOOST_TEST(world.image_count() == 1U);
    const stage::ended third = world.run_once("third");
    BOOST_TEST(third.last_line == nothing);
}

BOOST_AUTO_TEST_CASE(pictures_carry_their_folders_metadata) {
    stage world;
    world.configure({"metadata: {site: plant-7, line: \"12\"}", "", ""});
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line == one_confirmed);
    const auto images = world.project_get("/images/tagged");
    BOOST_TEST_REQUIRE(images.as_array().size() == 1U);
    const auto* metadata = images.at(0).as_object().if_contains("metadata");
    BOOST_TEST_REQUIRE(metadata != nullptr);
    BOOST_TEST_REQUIRE(metadata->is_object());
    BOOST_TEST(metadata->at("site").as_string() == "plant-7");
    BOOST_TEST(metadata->at("line").as_string() == "12");
}

BOOST_AUTO_TEST_SUITE_END()
