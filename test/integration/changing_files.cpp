// Files and folders that change while the daemon looks at them.
#include <csignal>
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(changing_files)

BOOST_AUTO_TEST_CASE(a_half_written_file_waits_for_its_end) {
    stage world;
    const std::string picture = jpeg_picture();
    const auto path = world.drop() / "cat" / "slow.jpg";
    write_file(path, picture.substr(0, picture.size() / 2));
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(
        eventually([&] { return daemon->log().find("waiting for its end") != std::string::npos; }),
        daemon->log());
    BOOST_TEST(world.image_count() == 0U);
    std::ofstream(path, std::ios::binary | std::ios::app) << picture.substr(picture.size() / 2);
    BOOST_TEST(world.has_images(1), daemon->log());
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(25s).value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_while_it_is_sent_goes_whole) {
    // The service reads so slowly that the file can be changed under its hands.
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,
        "read_bytes_per_second":1000000}]})");
    world.configure({"", "batch: {linger: 0s, max_images: 2}", "requests_in_flight: 1"});
    write_file(world.drop() / "a" / "first.bmp", noise_picture(5'000'000, 1));
    write_file(world.drop() / "a" / "second.bmp", noise_picture(5'000'000, 2));
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(
        eventually([&] { return daemon->log().find("batch_sending") != std::string::npos; }),
        daemon->log());
    write_file(world.drop() / "a" / "second.bmp", noise_picture(4'000'000, 3));
    write_file(world.drop() / "a" / "first.bmp", noise_picture(4'000'000, 4));
    BOOST_TEST(world.has_images(2, 120s), daemon->log());
    BOOST_TEST(daemon->log().find("file_changed") != std::string::npos, daemon->log());
    // What stands in the folder is what the project has, and nothing else.
    BOOST_TEST(eventually(
        [&] { return world.admin("/status").find("\"in_flight\":0") != std::string::npos; }));
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(25s).value_or(-1) == 0);
    const stage::ended again = world.run_once();
    BOOST_TEST(again.code == 0, again.log);
    BOOST_TEST(world.image_count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_replaced_file_is_never_the_one_that_is_deleted) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,
        "delay_answer_ms":2000}]})");
    world.configure({"after_upload: delete", "", ""});
    const auto path = world.drop() / "a" / "picture.bmp";
    write_file(path, striped_picture(true, 1));
    const auto daemon = world.start("daemon");
    // It is with the service, whole; the answer is still to come.
    BOOST_TEST_REQUIRE(world.has_images(1), daemon->log());
    write_file(world.drop() / "new", striped_picture(true, 2));
    std::filesystem::rename(world.drop() / "new", path);
    BOOST_TEST(world.has_images(2), daemon->log());
    BOOST_TEST(eventually([&] { return !std::filesystem::exists(path); }), daemon->log());
    BOOST_TEST(daemon->log().find("was replaced meanwhile") != std::string::npos, daemon->log());
}

BOOST_AUTO_TEST_CASE(a_folder_that_appears_late_is_taken_up) {
    stage world;
    std::filesystem::remove_all(world.drop());
    const stage::ended once = world.run_once("impatient");
    BOOST_TEST(once.code == 1, once.log);
    BOOST_TEST(once.log.find("is not there; make it, or mount what holds it") != std::string::npos);
    const auto daemon = world.start("patient");
    BOOST_TEST(eventually([&] {
                   return world.admin("/readyz").find("is not there") != std::string::npos;
               }),
               daemon->log());
    drop_pictures(world.drop(), 2);
    BOOST_TEST(world.has_images(4), daemon->log());
    BOOST_TEST(eventually([&] { return world.admin("/readyz") == "ready\n"; }),
               world.admin("/readyz"));
}

BOOST_AUTO_TEST_SUITE_END()
