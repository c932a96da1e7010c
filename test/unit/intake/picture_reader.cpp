#include "retraind/intake/picture_reader.hpp"

#include <functional>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch_folder.hpp"

using namespace retraind;
using namespace retraind::intake;
using namespace retraind::intake::testing;

namespace {

/// All bytes, read in pieces of seven.
result<std::string> read_all(intake::picture_reader& reader) {
    std::string all;
    std::vector<std::byte> piece(7);
    for (;;) {
        const auto got = reader.read(piece);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            return all;
        }
        all.append(reinterpret_cast<const char*>(piece.data()), *got);
    }
}

const std::string text(100, 't');

} // namespace

BOOST_AUTO_TEST_SUITE(picture_reader)

BOOST_AUTO_TEST_CASE(hands_out_the_file_and_its_digest_as_often_as_wanted) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", text);
    intake::picture_reader reader(path, identity_at(path));
    for (int pass = 0; pass < 2; ++pass) {
        BOOST_TEST(reader.open().has_value());
        BOOST_TEST(!reader.digest().has_value());
        BOOST_TEST(read_all(reader).value() == text);
        BOOST_TEST(reader.close().has_value());
        BOOST_TEST((reader.digest() == hash_file(path, identity_at(path)).value()));
    }
}

BOOST_AUTO_TEST_CASE(a_pass_that_was_cut_short_has_no_digest) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", text);
    intake::picture_reader reader(path, identity_at(path));
    std::vector<std::byte> piece(7);
    BOOST_TEST(reader.open().has_value());
    BOOST_TEST(reader.read(piece).value() == 7u);
    BOOST_TEST(reader.close().has_value());
    BOOST_TEST(!reader.digest().has_value());
    BOOST_TEST(reader.open().has_value());
    BOOST_TEST(read_all(reader).value() == text);
}

BOOST_AUTO_TEST_CASE(another_file_is_not_opened) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", text);
    const file_identity planned = identity_at(path);
    folder.write("b.png", text);
    BOOST_TEST_REQUIRE(::rename(folder.at("b.png").c_str(), path.c_str()) == 0);
    intake::picture_reader reader(path, planned);
    BOOST_TEST((reader.open().error().code == errc::changed));
    BOOST_TEST(!reader.read({}).has_value());
    BOOST_TEST_REQUIRE(::unlink(path.c_str()) == 0);
    BOOST_TEST((reader.open().error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(each_way_to_change_while_it_is_read_is_seen) {
    const scratch_folder folder;
    const std::string path = folder.at("a.png");
    const auto replace = [&] {
        folder.write("b.png", text);
        BOOST_TEST_REQUIRE(::rename(folder.at("b.png").c_str(), path.c_str()) == 0);
    };
    const auto grow = [&] {
        folder.write("a.png", "more", std::ios::app);
    };
    const auto rewrite = [&] {
        folder.write("a.png", std::string(100, 'u'));
    };
    const auto keep_times = [&] {
        folder.write("a.png", std::string(100, 'u'));
        const timespec times[2]{{1'000'000'000, 0}, {1'000'000'000, 0}};
        BOOST_TEST_REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    };
    const auto remove = [&] {
        BOOST_TEST_REQUIRE(::unlink(path.c_str()) == 0);
    };
    const std::vector<std::function<void()>> ways{replace, grow, rewrite, keep_times, remove};
    for (std::size_t way = 0; way < ways.size(); ++way) {
        BOOST_TEST_CONTEXT("way " << way) {
            folder.write("a.png", text);
            const timespec times[2]{{1'000'000'000, 0}, {1'000'000'000, 0}};
            BOOST_TEST_REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
            // The kernel stamps changes by its tick; a change within one would look like none.
            const file_identity planned = identity_at(path);
            while (::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0 &&
                   identity_at(path) == planned) {
            }
            intake::picture_reader reader(path, identity_at(path));
            BOOST_TEST_REQUIRE(reader.open().has_value());
            while (identity_at(folder.write("tick", "")).changed_ns <=
                   identity_at(path).changed_ns) {
            }
            ways[way]();
            BOOST_TEST(read_all(reader).value().size() == 100u);
            const auto closed = reader.close();
            BOOST_TEST_REQUIRE(!closed.has_value());
            BOOST_TEST((closed.error().code == errc::changed));
            BOOST_TEST(!reader.digest().has_value());
            BOOST_TEST((reader.close().error().code == errc::invalid));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_shrinks_ends_the_read) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", text);
    intake::picture_reader reader(path, identity_at(path));
    BOOST_TEST_REQUIRE(reader.open().has_value());
    BOOST_TEST_REQUIRE(::truncate(path.c_str(), 50) == 0);
    const auto got = read_all(reader);
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_TEST((got.error().code == errc::changed));
    BOOST_TEST((reader.close().error().code == errc::changed));
}

BOOST_AUTO_TEST_CASE(an_empty_file_ends_at_once) {
    const scratch_folder folder;
    const std::string path = folder.write("a.png", "");
    intake::picture_reader reader(path, identity_at(path));
    BOOST_TEST_REQUIRE(reader.open().has_value());
    BOOST_TEST(read_all(reader).value().empty());
    BOOST_TEST(reader.close().has_value());
    BOOST_TEST(reader.digest().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
