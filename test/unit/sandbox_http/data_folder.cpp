#include "sandbox/data_folder.hpp"

#include <fstream>
#include <stdexcept>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "temporary_folder.hpp"

namespace {

struct fixture {
    sandbox::test::temporary_folder temporary;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(data_folder, fixture)

BOOST_AUTO_TEST_CASE(it_is_made_and_locked) {
    const auto path = temporary.path / "a" / "b";
    {
        const sandbox::data_folder first(path);
        BOOST_TEST(std::filesystem::is_directory(path));
        BOOST_CHECK_EXCEPTION(
            sandbox::data_folder{path}, std::runtime_error, [](const std::runtime_error& error) {
                return std::string(error.what()).find("in use") != std::string::npos;
            });
    }
    BOOST_CHECK_NO_THROW(sandbox::data_folder{path});
}

BOOST_AUTO_TEST_CASE(a_file_in_its_place_is_an_error) {
    std::ofstream(temporary.path / "file") << "x";
    BOOST_CHECK_THROW(sandbox::data_folder{temporary.path / "file"}, std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_key_is_32_hex_digits_and_stays) {
    const auto file = temporary.path / "training-key";
    const std::string key = sandbox::ensure_key(file);
    BOOST_TEST(key.size() == 32U);
    BOOST_TEST(key.find_first_not_of("0123456789abcdef") == std::string::npos);
    BOOST_TEST(sandbox::ensure_key(file) == key);
    BOOST_TEST(sandbox::ensure_key(temporary.path / "prediction-key") != key);
    struct stat status {};
    BOOST_TEST_REQUIRE(::stat(file.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(a_key_that_somebody_wrote_is_taken_without_its_line_end) {
    const auto file = temporary.path / "key";
    std::ofstream(file) << "mine \r\n";
    BOOST_TEST(sandbox::ensure_key(file) == "mine");
}

BOOST_AUTO_TEST_CASE(an_empty_key_file_is_an_error) {
    const auto file = temporary.path / "key";
    std::ofstream(file) << "\n";
    BOOST_CHECK_THROW(static_cast<void>(sandbox::ensure_key(file)), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
