#include "retraind/intake/image_file.hpp"

#include <string>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "picture_bytes.hpp"
#include "scratch_folder.hpp"

using namespace retraind;
using namespace retraind::intake;
using namespace retraind::intake::testing;

namespace {

errc failure_at(const std::string& path) {
    const auto opened = image_file::open(path);
    BOOST_TEST_REQUIRE(!opened.has_value());
    return opened.error().code;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_file)

BOOST_AUTO_TEST_CASE(an_identity_is_what_stat_says) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", "0123456789");
    const timespec times[2]{{1'000'000'000, 5}, {1'500'000'000, 123'456'789}};
    BOOST_TEST_REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    struct stat status {};
    BOOST_TEST_REQUIRE(::stat(path.c_str(), &status) == 0);
    const file_identity found = identity_at(path);
    BOOST_TEST(found.device == status.st_dev);
    BOOST_TEST(found.inode == status.st_ino);
    BOOST_TEST(found.size == 10u);
    BOOST_TEST(found.modified_ns == 1'500'000'000'123'456'789);
    BOOST_TEST(found.changed_ns == status.st_ctim.tv_sec * 1'000'000'000 + status.st_ctim.tv_nsec);
}

BOOST_AUTO_TEST_CASE(only_regular_files_are_opened_and_nothing_hangs) {
    const scratch_folder folder;
    BOOST_TEST((failure_at(folder.at("nowhere.png")) == errc::not_found));
    BOOST_TEST((failure_at(folder.at("")) == errc::invalid));
    BOOST_TEST_REQUIRE(::mkfifo(folder.at("pipe.png").c_str(), 0600) == 0);
    BOOST_TEST((failure_at(folder.at("pipe.png")) == errc::invalid));
    BOOST_TEST_REQUIRE(::symlink("nowhere.png", folder.at("dangling.png").c_str()) == 0);
    BOOST_TEST((failure_at(folder.at("dangling.png")) == errc::not_found));
    const std::string path = folder.write("a.png", "bytes");
    BOOST_TEST_REQUIRE(::symlink("a.png", folder.at("link.png").c_str()) == 0);
    BOOST_TEST((identity_at(folder.at("link.png")) == identity_at(path)));
}

BOOST_AUTO_TEST_CASE(reading_leaves_the_access_time_alone) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", "bytes");
    const timespec times[2]{{1'000'000'000, 0}, {1'500'000'000, 0}};
    BOOST_TEST_REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    BOOST_TEST(hash_file(path, identity_at(path)).has_value());
    struct stat status {};
    BOOST_TEST_REQUIRE(::stat(path.c_str(), &status) == 0);
    BOOST_TEST(status.st_atim.tv_sec == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(a_file_is_probed_as_its_bytes_are) {
    const scratch_folder folder;
    for (const sample& one : samples) {
        const std::string path = folder.write("named.txt", fixture(one.name));
        BOOST_TEST((probe_file(path, identity_at(path)).value() == verdict(one.found)));
    }
    const std::string path = folder.write("half.jpg", fixture("baseline.jpg").substr(0, 300));
    BOOST_TEST(std::holds_alternative<incomplete>(probe_file(path, identity_at(path)).value()));
}

BOOST_AUTO_TEST_CASE(a_file_is_hashed_whole) {
    const scratch_folder folder;
    const std::string path = folder.write("abc", "abc");
    BOOST_TEST(to_hex(hash_file(path, identity_at(path)).value()) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string empty = folder.write("empty", "");
    BOOST_TEST(to_hex(hash_file(empty, identity_at(empty)).value()) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const std::string large = folder.write("large", std::string(1'000'000, 'a'));
    BOOST_TEST(to_hex(hash_file(large, identity_at(large)).value()) ==
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(another_file_than_the_expected_one_is_changed) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", fixture("plain.png"));
    const file_identity expected = identity_at(path);
    folder.write("b.png", fixture("plain.png"));
    BOOST_TEST_REQUIRE(::rename(folder.at("b.png").c_str(), path.c_str()) == 0);
    BOOST_TEST((probe_file(path, expected).error().code == errc::changed));
    const auto hashed = hash_file(path, expected);
    BOOST_TEST((hashed.error().code == errc::changed));
    BOOST_TEST(hashed.error().message.find("a.png") != std::string::npos);
    BOOST_TEST_REQUIRE(::unlink(path.c_str()) == 0);
    BOOST_TEST((probe_file(path, expected).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(descriptors_are_given_back) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", fixture("plain.png"));
    const file_identity expected = identity_at(path);
    const int before = ::dup(0);
    ::close(before);
    for (int n = 0; n < 50; ++n) {
        auto first = intake::image_file::open(path).value();
        auto second = std::move(first);
        first = intake::image_file::open(path).value();
        BOOST_TEST(probe_file(path, expected).has_value());
        BOOST_TEST(!probe_file(path, file_identity{}).has_value());
        BOOST_TEST(!intake::image_file::open(folder.at("")).has_value());
    }
    const int after = ::dup(0);
    ::close(after);
    BOOST_TEST(after == before);
}

BOOST_AUTO_TEST_SUITE_END()
