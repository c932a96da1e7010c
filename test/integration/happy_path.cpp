// From a drop folder to a published iteration, and nothing twice.
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

constexpr const char* trained_and_published =
    "retrain: {after_images: 20, quiet_for: 500ms, cooldown: 0}\n"
    "  publish:\n"
    "    name: production\n"
    "    prediction_resource_id: /subscriptions/s/resourceGroups/g/providers/"
    "Microsoft.CognitiveServices/accounts/a";

} // namespace

BOOST_AUTO_TEST_SUITE(happy_path)

BOOST_AUTO_TEST_CASE(pictures_are_uploaded_trained_and_published) {
    stage world;
    world.configure({"", trained_and_published, ""});
    drop_pictures(world.drop(), 20);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 40, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    BOOST_TEST(world.image_count() == 40U);
    const auto tags = world.project_get("/tags");
    BOOST_TEST(tags.as_array().size() == 2U);
    for (const auto& tag : tags.as_array()) {
        BOOST_TEST(tag.at("imageCount").as_int64() == 20);
    }
    const auto iterations = world.project_get("/iterations");
    BOOST_REQUIRE(iterations.as_array().size() == 1U);
    BOOST_TEST(iterations.at(0).at("status").as_string() == "Completed");
    BOOST_TEST(iterations.at(0).at("publishName").as_string() == "production");
}

BOOST_AUTO_TEST_CASE(a_second_run_sends_nothing) {
    stage world;
    world.configure({"", trained_and_published, ""});
    drop_pictures(world.drop(), 10);
    BOOST_TEST(world.run_once("first").code == 0);
    const stage::ended again = world.run_once("second");
    BOOST_TEST(again.code == 0, again.log);
    BOOST_TEST(again.last_line ==
               "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    BOOST_TEST(again.log.find("batch_sending") == std::string::npos);
    BOOST_TEST(world.project_get("/iterations").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(one_content_is_sent_once) {
    stage world;
    const std::string picture = striped_picture(true, 1);
    write_file(world.drop() / "upright" / "a.bmp", picture);
    write_file(world.drop() / "upright" / "b.bmp", picture);
    write_file(world.drop() / "upright" / "other.bmp", striped_picture(true, 2));
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 0, first.log);
    BOOST_TEST(first.last_line ==
               "confirmed 2, duplicate 1, held out 0, removed 0, rejected 0, held 0, waiting 0");
    // Under another label it is held, and both places are named.
    write_file(world.drop() / "level" / "c.bmp", picture);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 3, second.log);
    BOOST_TEST(second.last_line ==
               "confirmed 0, duplicate 0, held out 0, removed 0, rejected 0, held 1, waiting 0");
    BOOST_TEST(second.log.find("level/c.bmp") != std::string::npos);
    BOOST_TEST(second.log.find("upright/a.bmp") != std::string::npos);
    BOOST_TEST(world.image_count() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
