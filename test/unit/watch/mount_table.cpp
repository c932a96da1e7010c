#include "retraind/watch/mount_table.hpp"

#include <boost/test/unit_test.hpp>

#include "temp_tree.hpp"

using namespace retraind;
using namespace retraind::watch;

BOOST_AUTO_TEST_SUITE(mount_table)

BOOST_AUTO_TEST_CASE(known_places_lie_on_their_known_mounts) {
    const result<mount> proc = mount_of("/proc/self");
    BOOST_TEST_REQUIRE(proc.has_value());
    BOOST_TEST(proc->type == "proc");
    BOOST_TEST(proc->point == "/proc");
    const result<mount> memory = mount_of("/dev/shm");
    BOOST_TEST_REQUIRE(memory.has_value());
    BOOST_TEST(memory->type == "tmpfs");
}

BOOST_AUTO_TEST_CASE(a_link_is_followed_to_what_it_leads_to) {
    testing::temp_tree tree;
    std::filesystem::create_directory_symlink("/proc/self", tree.at("link"));
    const result<mount> found = mount_of(tree.at("link"));
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->type == "proc");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_has_none) {
    testing::temp_tree tree;
    const result<mount> found = mount_of(tree.at("none"));
    BOOST_TEST_REQUIRE(!found.has_value());
    BOOST_TEST((found.error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(where_nothing_was_mounted_nothing_has_changed) {
    mount_changes changes;
    static_cast<void>(changes.any());
    BOOST_TEST(!changes.any());
}

BOOST_AUTO_TEST_SUITE_END()
