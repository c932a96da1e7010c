// Rejected files go back in line by hand.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "support/command.hpp"
#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

constexpr const char* one_rejected =
    "confirmed 0, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0";
constexpr const char* nothing =
    "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0";

/// A picture in name only: rejected, remembered, and gone over from then on.
void drop_broken(const stage& world, const std::string& name) {
    write_file(world.drop() / "upright" / name, "no picture");
}

/// Of the only project, by `/status`; -1 before it says so.
std::int64_t rejected_so_far(const stage& world) {
    boost::system::error_code wrong;
    const boost::json::value status = boost::json::parse(world.admin("/status"), wrong);
    const auto* rejected =
        wrong ? nullptr : status.find_pointer("/projects/0/totals/rejected", wrong);
    return rejected != nullptr ? rejected->to_number<std::int64_t>() : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(retry)

BOOST_AUTO_TEST_CASE(without_a_daemon_the_next_run_takes_them) {
    stage world;
    world.configure();
    drop_broken(world, "a.jpg");
    BOOST_TEST(world.run_once("first").last_line == one_rejected);
    BOOST_TEST(world.run_once("second").last_line == nothing);
    const spoken other = run_command(world, {"retry", (world.drop() / "level").string()});
    BOOST_TEST(other.code == 0, other.errors);
    BOOST_TEST(other.has("0 rejected files are"), other.out);
    BOOST_TEST(world.run_once("third").last_line == nothing);
    const spoken done = run_command(world, {"retry", (world.drop() / "upright/a.jpg").string()});
    BOOST_TEST(done.code == 0, done.errors);
    BOOST_TEST(done.has("1 rejected file is back in line"), done.out);
    BOOST_TEST(world.run_once("fourth").last_line == one_rejected);
    const auto daemon = world.start("daemon");
    BOOST_TEST(eventually([&] { return rejected_so_far(world) == 1; }), world.admin("/status"));
}

BOOST_AUTO_TEST_CASE(a_running_daemon_takes_them_at_once) {
    stage world;
    world.configure();
    drop_broken(world, "a.jpg");
    const auto daemon = world.start("daemon");
    const auto rejections = [&] {
        const std::string log = daemon->log();
        std::size_t count = 0;
        for (auto at = log.find("file_rejected"); at != std::string::npos;
             at = log.find("file_rejected", at + 1)) {
            ++count;
        }
        return count;
    };
    BOOST_TEST(eventually([&] { return rejections() == 1; }), daemon->log());
    const spoken done = run_command(world, {"retry"});
    BOOST_TEST(done.code == 0, done.errors);
    BOOST_TEST(done.has("1 rejected file is back in line"), done.out);
    BOOST_TEST(eventually([&] { return rejections() == 2; }), daemon->log());
    BOOST_TEST(eventually([&] { return rejected_so_far(world) == 1; }), world.admin("/status"));
}

BOOST_AUTO_TEST_CASE(a_wrong_file_keeps_nobody_from_a_running_daemon) {
    stage world;
    world.configure();
    drop_broken(world, "a.jpg");
    auto daemon = world.start("daemon");
    BOOST_TEST(eventually([&] { return daemon->log().find("file_rejected") != std::string::npos; }),
               daemon->log());
    edit_configuration(world, "scan_every: 300ms", "scan_every: often");
    const spoken done = run_command(world, {"retry"});
    BOOST_TEST(done.code == 0, done.errors);
    BOOST_TEST(done.has("1 rejected file is back in line"), done.out);
    BOOST_TEST(done.has("is not a duration"), done.errors);
    BOOST_TEST(run_command(world, {"retry", "/etc"}).code == 2);
    daemon.reset();
    const spoken nobody = run_command(world, {"retry"});
    BOOST_TEST(nobody.code == 78);
    BOOST_TEST(nobody.has("no daemon runs"), nobody.errors);
}

BOOST_AUTO_TEST_CASE(a_path_that_is_watched_by_nobody_is_wrong) {
    stage world;
    world.configure();
    const spoken said = run_command(world, {"retry", "/etc"});
    BOOST_TEST(said.code == 2);
    BOOST_TEST(said.has("/etc lies in no watched folder"), said.errors);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_looked_into_is_named_once_and_gives_3) {
    stage world;
    world.configure();
    std::filesystem::path deep = world.drop() / "upright";
    for (int level = 0; level < 70; ++level) {
        deep /= "f";
    }
    write_file(deep / "a.bmp", striped_picture(true, 1));
    write_file(world.drop() / "upright" / "b.bmp", striped_picture(true, 2));
    const stage::ended ended = world.run_once();
    BOOST_TEST(ended.code == 3, ended.log);
    BOOST_TEST(world.image_count() == 1U);
    const auto first = ended.log.find("scan_failed");
    BOOST_TEST_REQUIRE(first != std::string::npos);
    BOOST_TEST(ended.log.find("scan_failed", first + 1) == std::string::npos);
    BOOST_TEST(ended.log.find("is not looked into") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
