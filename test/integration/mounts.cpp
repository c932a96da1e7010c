// Shares that go away, come back, or are other ones. In a mount namespace of the test's own, which
// the daemon shares; it needs CAP_SYS_ADMIN there.
#include <cerrno>
#include <csignal>
#include <cstring>

#include <boost/test/unit_test.hpp>
#include <sched.h>
#include <sys/mount.h>

#include "support/command.hpp"
#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

void need(int outcome, const std::string& what) {
    BOOST_TEST_REQUIRE(outcome == 0, what << ": " << std::strerror(errno));
}

/// A stage whose drop folder is a mount point that nobody outside sees.
struct share_fixture {
    share_fixture() {
        need(::unshare(CLONE_NEWNS), "a mount namespace of one's own (run as root)");
        need(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "private mounts");
        world.configure();
        std::filesystem::create_directories(world.drop());
    }
    ~share_fixture() {
        while (::umount2(world.drop().c_str(), MNT_DETACH) == 0) {
        }
    }
    share_fixture(const share_fixture&) = delete;
    share_fixture& operator=(const share_fixture&) = delete;

    void mount_share(const char* source) {
        need(::mount(source, world.drop().c_str(), "tmpfs", 0, nullptr), source);
    }
    void unmount_share() { need(::umount2(world.drop().c_str(), MNT_DETACH), "umount"); }
    void drop(std::uint32_t seed) {
        write_file(world.drop() / "upright" / (std::to_string(seed) + ".bmp"),
                   striped_picture(true, seed));
    }
    [[nodiscard]] bool ready_says(const std::string& words) {
        return eventually([&] { return world.admin("/readyz").find(words) != std::string::npos; });
    }

    stage world;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(mounts, share_fixture)

BOOST_AUTO_TEST_CASE(another_share_is_not_taken_for_the_one_that_went_away) {
    drop(1); // below the mount point, where the share hides it
    mount_share("share-one");
    drop(2);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(world.has_images(1), daemon->log());
    BOOST_TEST(ready_says("ready\n"));

    unmount_share();
    BOOST_TEST(ready_says("lay on share-one (tmpfs) before"), world.admin("/readyz"));
    mount_share("share-two");
    drop(3);
    BOOST_TEST(ready_says("lies on share-two (tmpfs) now"), world.admin("/readyz"));
    daemon->signal(SIGUSR1);
    BOOST_TEST(
        eventually([&] { return daemon->log().find("folder_replaced") != std::string::npos; }),
        daemon->log());
    BOOST_TEST(world.image_count() == 1U);

    unmount_share();
    mount_share("share-one");
    drop(4);
    BOOST_TEST(world.has_images(2), daemon->log());
    BOOST_TEST(ready_says("ready\n"));
    BOOST_TEST(world.image_count() == 2U); // the third lay on the other share
}

BOOST_AUTO_TEST_CASE(retry_accepts_a_new_share_with_and_without_a_daemon) {
    mount_share("share-one");
    drop(1);
    const stage::ended first = world.run_once("first");
    BOOST_TEST_REQUIRE(first.code == 0, first.log);

    unmount_share();
    mount_share("share-two");
    drop(2);
    const stage::ended refused = world.run_once("refused");
    BOOST_TEST(refused.code == 1, refused.log);
    BOOST_TEST(refused.log.find("retraind retry " + world.drop().string()) != std::string::npos,
               refused.log);
    const spoken checked = run_command(world, {"check"});
    BOOST_TEST(checked.code == 1);
    BOOST_TEST(checked.has("lay on share-one (tmpfs) before"), checked.errors);
    const spoken all = run_command(world, {"retry"});
    BOOST_TEST(all.code == 0, all.errors);
    BOOST_TEST(world.run_once("still").code == 1); // only its own name accepts a new mount
    const spoken accepted = run_command(world, {"retry", world.drop().string()});
    BOOST_TEST(accepted.code == 0, accepted.errors);
    BOOST_TEST(run_command(world, {"check"}).code == 0);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 0, second.log);
    BOOST_TEST(world.image_count() == 2U);

    unmount_share();
    mount_share("share-three");
    drop(3);
    const auto daemon = world.start("daemon");
    BOOST_TEST(ready_says("lies on share-three (tmpfs) now"), daemon->log());
    const spoken told = run_command(world, {"retry", world.drop().string()});
    BOOST_TEST(told.code == 0, told.errors);
    BOOST_TEST(world.has_images(3), daemon->log());
    BOOST_TEST(ready_says("ready\n"));
}

BOOST_AUTO_TEST_SUITE_END()
