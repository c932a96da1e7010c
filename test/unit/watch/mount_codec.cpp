#include "retraind/watch/mount_codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind::watch;

namespace {

const std::string table =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "30 22 0:26 / /srv rw,nosuid - tmpfs tmpfs rw,size=1m\n"
    "41 30 0:31 / /srv/drop rw master:3 propagate_from:2 shared:9 - cifs //nas/photo\\040drop rw\n"
    "42 22 0:5 /sub /mnt/odd\\011name\\134 ro - fuse.bindfs /src ro\n";

} // namespace

BOOST_AUTO_TEST_SUITE(mount_codec)

BOOST_AUTO_TEST_CASE(a_line_says_what_lies_where_whatever_stands_in_between) {
    const std::vector<mount> all = decode_mounts(table);
    BOOST_TEST_REQUIRE(all.size() == 4U);
    BOOST_TEST((all[0] == mount{22, "/", "ext4", "/dev/vda"}));
    BOOST_TEST((all[1] == mount{30, "/srv", "tmpfs", "tmpfs"}));
    BOOST_TEST((all[2] == mount{41, "/srv/drop", "cifs", "//nas/photo drop"}));
    BOOST_TEST((all[3] == mount{42, "/mnt/odd\tname\\", "fuse.bindfs", "/src"}));
}

BOOST_AUTO_TEST_CASE(lines_of_another_form_are_left_out) {
    for (const char* line :
         {"", "\n\n", "22", "x 1 254:0 / / rw - ext4 /dev/vda rw", "22 1 254:0 / / rw shared:1",
          "22 1 254:0 / / rw - ext4", "22 1 254:0 / / rw -", "22x 1 254:0 / / rw - ext4 a rw",
          "99999999999999999999999 1 254:0 / / rw - ext4 a rw", "- - - - - -", "     "}) {
        BOOST_TEST(decode_mounts(line).empty(), line);
    }
    BOOST_TEST(decode_mounts("22 1 254:0 / / rw - ext4 /dev/vda").size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_an_escape_stays) {
    const auto all =
        decode_mounts("1 1 0:1 / /a\\04 rw - t s\\9\\8\\7 rw\n2 1 0:1 / /b\\ rw - t s");
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0].point == "/a\\04");
    BOOST_TEST(all[0].source == "s\\9\\8\\7");
    BOOST_TEST(all[1].point == "/b\\");
}

BOOST_AUTO_TEST_CASE(a_path_lies_on_the_nearest_mount_above_it) {
    const std::vector<mount> all = decode_mounts(table);
    const std::vector<std::pair<std::string, std::uint64_t>> expected{
        {"/", 22},       {"/etc", 22},      {"/srv", 30},        {"/srv/other", 30},
        {"/srvice", 22}, {"/srv/drop", 41}, {"/srv/drop/a", 41}, {"/srv/dropped", 30},
    };
    for (const auto& [path, id] : expected) {
        const mount* found = find_mount(all, std::string_view(path));
        BOOST_TEST_REQUIRE(found != nullptr);
        BOOST_TEST(found->id == id, path);
    }
    BOOST_TEST(find_mount(all, std::string_view("relative")) == nullptr);
}

BOOST_AUTO_TEST_CASE(of_two_at_one_point_the_later_is_on_top) {
    const auto all = decode_mounts("1 0 0:1 / / rw - ext4 a rw\n2 1 0:2 / /d rw - nfs old rw\n"
                                   "3 2 0:3 / /d rw - nfs new rw\n");
    BOOST_TEST(find_mount(all, std::string_view("/d/x"))->source == "new");
    BOOST_TEST(find_mount(all, std::uint64_t{2})->source == "old");
    BOOST_TEST(find_mount(all, std::uint64_t{9}) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
