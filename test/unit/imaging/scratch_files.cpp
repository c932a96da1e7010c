#include "retraind/imaging/scratch_file.hpp"

#include <filesystem>

#include "pictures.hpp"

using namespace retraind;
using namespace retraind::imaging;
using namespace retraind::imaging::testing;

namespace {

struct folder_fixture {
    std::string path = (std::filesystem::temp_directory_path() / "scratch-XXXXXX").string();

    folder_fixture() { BOOST_TEST_REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~folder_fixture() { std::filesystem::remove_all(path); }
};

sha256 digest_of(std::string_view text) {
    sha256_hasher hasher;
    hasher.update(bytes_of(text));
    return hasher.finish();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(scratch_files, folder_fixture)

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back_and_has_no_name) {
    scratch_file file = scratch_file::create(path).value();
    BOOST_TEST(file.write(bytes_of("first ")).has_value());
    BOOST_TEST(file.write(bytes_of("second")).has_value());
    BOOST_TEST(file.size() == 12U);
    BOOST_TEST(std::filesystem::is_empty(path));
    std::vector<std::byte> piece(20);
    BOOST_TEST(file.read_at(6, piece).value() == 6U);
    BOOST_TEST((std::vector(piece.begin(), piece.begin() + 6) == bytes_of("second")));
    BOOST_TEST((file.finish() == digest_of("first second")));
}

BOOST_AUTO_TEST_CASE(begun_again_nothing_is_left_of_the_attempt_before) {
    scratch_file file = scratch_file::create(path).value();
    BOOST_TEST(file.write(bytes_of(std::string(100'000, 'x'))).has_value());
    BOOST_TEST(file.clear().has_value());
    BOOST_TEST(file.size() == 0U);
    BOOST_TEST(file.write(bytes_of("y")).has_value());
    scratch_file moved = std::move(file);
    std::vector<std::byte> piece(10);
    BOOST_TEST(moved.read_at(0, piece).value() == 1U);
    BOOST_TEST((moved.finish() == digest_of("y")));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_said) {
    const auto file = scratch_file::create(path + "/away");
    BOOST_TEST_REQUIRE(!file.has_value());
    BOOST_TEST((file.error().code == errc::not_found));
    BOOST_TEST(file.error().message.find("away") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
