// The daemon's whole way in each notation of bodies and answers.
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

void whole_way(const std::string& media_type, const std::string& accept) {
    stage world;
    world.configure({"metadata: {site: plant-7, \"the line\": \"1 & 2\"}",
                     "retrain: {after_images: 20, quiet_for: 500ms, cooldown: 0}\n"
                     "  publish:\n"
                     "    name: production\n"
                     "    prediction_resource_id: /subscriptions/s/resourceGroups/g/providers/"
                     "Microsoft.CognitiveServices/accounts/a",
                     fmt::format("media_type: {}\n  accept: {}", media_type, accept)});
    drop_pictures(world.drop(), 10);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 20, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    const auto iterations = world.project_get("/iterations");
    BOOST_TEST_REQUIRE(iterations.as_array().size() == 1U);
    BOOST_TEST(iterations.at(0).at("publishName").as_string() == "production");
    const auto images = world.project_get("/images?take=1");
    BOOST_TEST_REQUIRE(images.as_array().size() == 1U);
    const auto& metadata = images.at(0).at("metadata").as_object();
    BOOST_TEST(metadata.at("site").as_string() == "plant-7");
    BOOST_TEST(metadata.at("the line").as_string() == "1 & 2");
    BOOST_TEST(images.at(0).at("tags").as_array().size() == 1U);
}

} // namespace

BOOST_AUTO_TEST_SUITE(media_types)

BOOST_AUTO_TEST_CASE(bodies_and_answers_in_xml) {
    whole_way("application/xml", "application/xml");
}

BOOST_AUTO_TEST_CASE(bodies_and_answers_in_text_xml) {
    whole_way("text/xml", "text/xml");
}

BOOST_AUTO_TEST_CASE(bodies_as_forms) {
    whole_way("application/x-www-form-urlencoded", "application/json");
}

BOOST_AUTO_TEST_CASE(bodies_in_json_and_answers_in_xml) {
    whole_way("application/json", "application/xml");
}

BOOST_AUTO_TEST_SUITE_END()
