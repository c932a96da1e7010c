// The daemon's whole way in each version of the API.
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

void whole_way(const std::string& version) {
    stage world;
    world.configure({"",
                     "retrain: {after_images: 10, quiet_for: 500ms, cooldown: 0}\n"
                     "  publish:\n"
                     "    name: production\n"
                     "    prediction_resource_id: /subscriptions/s/resourceGroups/g/providers/"
                     "Microsoft.CognitiveServices/accounts/a",
                     fmt::format("api_version: {}", version)});
    drop_pictures(world.drop(), 10);
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 0, first.log);
    BOOST_TEST(first.last_line ==
               "confirmed 20, duplicate 0, held out 0, removed 0, rejected 0, held 0, waiting 0");
    // The name moves on: without `overwrite` before v3.3.
    for (unsigned seed = 20; seed < 32; ++seed) {
        write_file(world.drop() / "level" / fmt::format("{}.bmp", seed),
                   striped_picture(false, seed));
    }
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 0, second.log);
    const auto iterations = world.project_get("/iterations");
    BOOST_TEST_REQUIRE(iterations.as_array().size() == 2U);
    int published = 0;
    for (const auto& each : iterations.as_array()) {
        published +=
            each.at("publishName").is_string() && each.at("publishName").as_string() == "production"
                ? 1
                : 0;
    }
    BOOST_TEST(published == 1);
}

} // namespace

BOOST_AUTO_TEST_SUITE(versions)

BOOST_AUTO_TEST_CASE(v3_0) {
    whole_way("v3.0");
}

BOOST_AUTO_TEST_CASE(v3_1) {
    whole_way("v3.1");
}

BOOST_AUTO_TEST_CASE(v3_2) {
    whole_way("v3.2");
}

BOOST_AUTO_TEST_CASE(v3_4_preview) {
    whole_way("v3.4-preview");
}

BOOST_AUTO_TEST_SUITE_END()
