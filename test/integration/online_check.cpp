// `check --online`: what it says of a good service, and of each thing that is not.
#include <boost/test/unit_test.hpp>

#include "support/command.hpp"
#include "support/pictures.hpp"

using namespace retraind::testing;

namespace {

void check_line(const stage& world, int code, const std::string& line) {
    const spoken said = run_command(world, {"check", "--online"});
    BOOST_TEST(said.code == code, said.out + said.errors);
    BOOST_TEST(said.out.find(line) != std::string::npos, said.out + " lacks " + line);
}

} // namespace

BOOST_AUTO_TEST_SUITE(online_check)

BOOST_AUTO_TEST_CASE(a_good_service_is_all_ok) {
    stage world;
    drop_pictures(world.drop(), 1);
    check_line(world, 0,
               "ok           shapes: tags: 0 of 500 tags; \"level\", \"upright\" will be");
    BOOST_TEST_REQUIRE(world.run_once().code == 0);
    check_line(world, 0, "ok           shapes: tags: 2 of 500 tags, all labels of the folders");
    check_line(world, 0, "ok           shapes: images: 2 of 100,000 images");
    check_line(world, 0, "ok           clock: ");
    check_line(world, 0, " ok, 0 wrong, 0 cannot be told");
}

BOOST_AUTO_TEST_CASE(what_create_says_is_compared) {
    stage world;
    BOOST_TEST_REQUIRE(
        run_command(world, {"projects", "create", "shapes", "--classification", "Multilabel"})
            .code == 0);
    check_line(world, 1, "wrong        shapes: create.classification: says Multiclass, but");
    edit_configuration(world, "name: shapes\n  create: {}", "name: nowhere");
    check_line(world, 1, "wrong        nowhere: project: there is none of that name; run retraind");
}

BOOST_AUTO_TEST_CASE(tags_that_may_not_be_made_are_named) {
    stage world;
    world.configure({"create_tags: false", "", ""});
    drop_pictures(world.drop(), 1);
    check_line(world, 1, "the project has no \"level\", \"upright\", and create_tags is false");
}

BOOST_AUTO_TEST_CASE(quotas_are_looked_at) {
    stage world(R"({"rules":[{"operation":"GetImageCount","status":200,"body":5000}]})");
    BOOST_TEST_REQUIRE(run_command(world, {"projects", "create", "shapes"}).code == 0);
    world.configure({"", "", "tier: F0"});
    check_line(world, 1, "wrong        shapes: images: 5,000 of 5,000 images, no room");
}

BOOST_AUTO_TEST_CASE(a_wrong_publish_target_is_seen) {
    stage world;
    world.configure({"",
                     "retrain: {}\n  publish: {name: p, prediction_resource_id: "
                     "/subscriptions/x/resourceGroups/g/providers/"
                     "Microsoft.CognitiveServices/accounts/a}",
                     ""});
    check_line(world, 1, "wrong        shapes: publish.prediction_resource_id: is no resource id");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_reached_is_named) {
    stage world;
    edit_configuration(world, world.endpoint(), world.endpoint() + "/elsewhere");
    check_line(world, 1, "has no Training API v3.3: service.endpoint is to be");
    edit_configuration(world, world.endpoint() + "/elsewhere", "https://127.0.0.1:1");
    check_line(world, 1, "see that service.endpoint https://127.0.0.1:1 is right");
    stage other;
    world.configure();
    edit_configuration(world, world.ca_file().string(), other.ca_file().string());
    check_line(world, 1, "wrong        service.endpoint: ");
    check_line(world, 1, "certificate");
}

BOOST_AUTO_TEST_SUITE_END()
