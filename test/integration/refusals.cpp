// What the service refuses, and what becomes of it.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(a_partial_failure_sets_one_picture_aside) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles",
        "image_status":{"*3.bmp":"ErrorImageFormat"}}]})");
    world.configure({"rejected: " + (world.folder() / "rejected").string(), "", ""});
    for (std::uint32_t seed = 0; seed < 5; ++seed) {
        write_file(world.drop() / "upright" / (std::to_string(seed) + ".bmp"),
                   striped_picture(true, seed));
    }
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 4, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0");
    const auto aside = world.folder() / "rejected" / "upright" / "3.bmp";
    BOOST_TEST(std::filesystem::exists(aside));
    BOOST_TEST(!std::filesystem::exists(world.drop() / "upright" / "3.bmp"));
    const auto reason = boost::json::parse(read_file(aside.string() + ".reason.json"));
    BOOST_TEST(reason.at("code").as_string() == "ErrorImageFormat");
    BOOST_TEST(reason.at("project").as_string() == "shapes");
    BOOST_TEST(reason.at("path").as_string() == "upright/3.bmp");
    BOOST_TEST(reason.at("sha256").as_string().size() == 64U);
    BOOST_TEST(!reason.at("service").at("request_id").as_string().empty());
}

BOOST_AUTO_TEST_CASE(a_429_is_waited_for) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":2,"status":429,
        "headers":{"Retry-After":"1"},
        "body":{"error":{"code":"429","message":"Please retry after 1 second."}}}]})");
    drop_pictures(world.drop(), 3);
    const auto begun = std::chrono::steady_clock::now();
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(world.image_count() == 6U);
    // Obeyed in full, twice.
    BOOST_TEST((std::chrono::steady_clock::now() - begun >= 2s));
    BOOST_TEST(run.log.find("throttled") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_refused_key_ends_once_with_77) {
    stage world;
    const std::string wrong = "00000000000000000000000000000000";
    write_file(world.folder() / "wrong-key", wrong);
    std::filesystem::permissions(world.folder() / "wrong-key", std::filesystem::perms::owner_read);
    std::string configuration = read_file(world.configuration());
    const std::string right = (world.sandbox_data() / "training-key").string();
    configuration.replace(configuration.find(right), right.size(),
                          (world.folder() / "wrong-key").string());
    write_file(world.configuration(), configuration);
    drop_pictures(world.drop(), 1);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 77, run.log);
    BOOST_TEST(run.log.find(wrong) == std::string::npos);
    BOOST_TEST(std::filesystem::exists(world.drop() / "upright" / "0.bmp"));
}

BOOST_AUTO_TEST_CASE(a_wrong_ca_sends_no_byte) {
    stage world;
    stage other; // its CA is another one
    std::string configuration = read_file(world.configuration());
    const std::string right = world.ca_file().string();
    configuration.replace(configuration.find(right), right.size(), other.ca_file().string());
    write_file(world.configuration(), configuration);
    const auto daemon = world.start("distrustful");
    BOOST_TEST(eventually([&] { return daemon->log().find("certificate") != std::string::npos; }),
               daemon->log());
    BOOST_TEST(
        eventually([&] { return world.admin("/readyz").find("certificate") != std::string::npos; }),
        world.admin("/readyz"));
    BOOST_TEST(world.image_count() == 0U);
}

BOOST_AUTO_TEST_CASE(once_leaves_what_waits_for_a_read_only_project) {
    stage world(R"({"rules":[{"operation":"CreateTag","status":403,
        "body":{"code":"ForbiddenDRModeEnabled","message":"The project is read-only."}}]})");
    drop_pictures(world.drop(), 150);
    write_file(world.drop() / "upright" / "new.urls", "https://x.example/a.jpg\n");
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line.starts_with(
                   "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting "),
               run.last_line);
    BOOST_TEST(run.log.find("file_waiting") != std::string::npos, run.log);
    BOOST_TEST(run.log.find("read-only") != std::string::npos, run.log);
    world.set_faults("{}");
    std::filesystem::remove(world.drop() / "upright" / "new.urls");
    BOOST_TEST(world.run_once("later").last_line ==
               "confirmed 300, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
}

BOOST_AUTO_TEST_CASE(a_batch_refused_as_a_whole_is_bisected) {
    // The service refuses every request that is made of more than one try: the first three.
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,"status":400,
        "body":{"code":"BadRequestImageBatch","message":"No valid image files"}}]})");
    drop_pictures(world.drop(), 4);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(world.image_count() == 8U);
    BOOST_TEST(run.log.find("BadRequestImageBatch") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
