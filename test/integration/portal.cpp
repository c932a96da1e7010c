// The portal's work from the command line, against a real service.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "support/command.hpp"
#include "support/pictures.hpp"

using namespace retraind::testing;

namespace {

const std::string target = "/subscriptions/7f1b1a0e-0000-4000-8000-000000000001/resourceGroups/g/"
                           "providers/Microsoft.CognitiveServices/accounts/a";

/// The lines of standard output, each as JSON.
std::vector<boost::json::value> objects(const std::string& out) {
    std::vector<boost::json::value> found;
    for (std::size_t begin = 0; begin < out.size();) {
        const std::size_t end = out.find('\n', begin);
        BOOST_TEST_REQUIRE(end != std::string::npos, out);
        found.push_back(boost::json::parse(out.substr(begin, end - begin)));
        begin = end + 1;
    }
    return found;
}

void check(const spoken& said, int code, const std::string& words) {
    BOOST_TEST(said.code == code, said.out + said.errors);
    BOOST_TEST(said.has(words), said.out + said.errors + " lacks " + words);
}

} // namespace

BOOST_AUTO_TEST_SUITE(portal)

BOOST_AUTO_TEST_CASE(projects_are_made_shown_and_deleted) {
    stage world;
    check(run_command(world, {"projects", "list"}), 0, "name  type");
    check(run_command(world, {"projects", "create", "shapes", "Bär 猫"}), 0, "made the project");
    check(
        run_command(world, {"projects", "create", "boxes", "--type", "ObjectDetection", "--json"}),
        0, "\"classificationType\":null");
    check(run_command(world, {"projects", "create", "new", "shapes"}), 1, "already");
    const spoken list = run_command(world, {"projects", "list", "--json"});
    const auto projects = boost::json::parse(list.out);
    BOOST_TEST(projects.as_array().size() == 3U, "nothing was made beside a name that is taken");
    const spoken one = run_command(world, {"projects", "show", "Bär 猫", "--json"});
    const auto shown = boost::json::parse(one.out);
    BOOST_TEST(shown.at("name").as_string() == "Bär 猫");
    BOOST_TEST(shown.at("settings").at("classificationType").as_string() == "Multiclass");
    const std::string id(shown.at("id").as_string());
    check(run_command(world, {"projects", "show", id}), 0, "images          0");
    check(run_command(world, {"projects", "show", "Shapes"}), 1, "there is \"shapes\"");
    check(run_command(world, {"projects", "delete", id, "nope", "--yes"}), 1,
          "no project \"nope\"");
    check(run_command(world, {"projects", "delete", id, "boxes", "--yes"}), 0, "deleted");
    check(run_command(world, {"projects", "show", id}), 1, "with the id " + id);
}

BOOST_AUTO_TEST_CASE(what_the_service_puts_off_is_asked_again) {
    stage world(R"({"rules":[
        {"operation":"CreateProject","times":1,"status":429,"headers":{"Retry-After":"1"}},
        {"operation":"CreateTag","times":1,"status":429,"headers":{"Retry-After":"1"}},
        {"operation":"DeleteProject","times":2,"status":429,"headers":{"Retry-After":"1"}}]})");
    check(run_command(world, {"projects", "create", "shapes"}), 0, "made the project");
    check(run_command(world, {"tags", "create", "shapes", "round"}), 0, "made the tag");
    check(run_command(world, {"projects", "delete", "shapes", "--yes"}), 0, "deleted");
}

BOOST_AUTO_TEST_CASE(tags_are_made_shown_and_deleted) {
    stage world;
    check(run_command(world, {"projects", "create", "shapes"}), 0, "made");
    check(run_command(world, {"tags", "create", "shapes", "cat", "a,b", "list"}), 0, "a,b");
    check(run_command(world, {"tags", "create", "shapes", "Cat"}), 1, "only in case");
    check(run_command(world, {"tags", "create", "shapes", "none", "--type", "Negative"}), 0,
          "none");
    check(run_command(world, {"tags", "create", "shapes", " "}), 2, "blank");
    check(run_command(world, {"tags", "list", "shapes"}), 0, "Negative");
    const spoken both = run_command(world, {"tags", "show", "shapes", "CAT", "list", "--json"});
    const auto shown = objects(both.out);
    BOOST_TEST_REQUIRE(shown.size() == 2U);
    BOOST_TEST(shown[0].at("name").as_string() == "cat");
    BOOST_TEST(shown[1].at("imageCount").as_int64() == 0);
    check(run_command(world, {"tags", "delete", "shapes", "cat", "a,b", "--yes", "--json"}), 0,
          "\"name\":\"cat\"");
    const auto left =
        boost::json::parse(run_command(world, {"tags", "list", "shapes", "--json"}).out);
    BOOST_TEST(left.as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(iterations_are_shown_with_their_scores_and_kept_while_published) {
    stage world;
    world.configure({"",
                     "retrain: {after_images: 10, quiet_for: 0s, cooldown: 0s}\n"
                     "  publish: {name: production, prediction_resource_id: " +
                         target + "}",
                     ""});
    drop_pictures(world.drop(), 8);
    BOOST_TEST_REQUIRE(world.run_once().code == 0);
    check(run_command(world, {"iterations", "list", "shapes"}), 0, "production");
    check(run_command(world, {"iterations", "show", "shapes", "production"}), 0, "precision");
    check(run_command(world, {"iterations", "show", "shapes", "Iteration 1"}), 0, "upright");
    const spoken one = run_command(world, {"iterations", "show", "shapes", "production", "--json"});
    BOOST_TEST(boost::json::parse(one.out).at("publishName").as_string() == "production");
    check(run_command(world, {"iterations", "delete", "shapes", "production", "--yes"}), 1,
          "unpublish it in the portal first. Nothing was deleted");
    check(run_command(world, {"projects", "show", "shapes"}), 0, "images          16");
    check(run_command(world, {"check", "--online"}), 0, "\"Iteration 1\" is published to it");
}

BOOST_AUTO_TEST_CASE(nothing_is_deleted_without_being_asked) {
    stage world;
    check(run_command(world, {"projects", "create", "shapes"}), 0, "made");
    check(run_command(world, {"projects", "delete", "shapes"}), 2, "--yes");
    check(run_command(world, {"projects", "show", "shapes"}), 0, "shapes");
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_77) {
    stage world;
    write_file(world.folder() / "wrong", "00000000000000000000000000000000");
    std::filesystem::permissions(world.folder() / "wrong", std::filesystem::perms::owner_read);
    edit_configuration(world, (world.sandbox_data() / "training-key").string(),
                       (world.folder() / "wrong").string());
    check(run_command(world, {"projects", "list"}), 77, "Keys and Endpoint");
    check(run_command(world, {"check", "--online"}), 77, "wrong        training key: ");
}

BOOST_AUTO_TEST_CASE(one_name_of_two_projects_is_no_name) {
    stage world(R"({"rules":[{"operation":"GetProjects","status":200,"body":[
        {"id":"00000000-0000-0000-0000-000000000001","name":"twin"},
        {"id":"00000000-0000-0000-0000-000000000002","name":"twin"}]}]})");
    const spoken said = run_command(world, {"tags", "list", "twin"});
    check(said, 1, "00000000-0000-0000-0000-000000000001");
    check(said, 1, "00000000-0000-0000-0000-000000000002");
}

BOOST_AUTO_TEST_CASE(the_service_s_words_come_through) {
    stage world(R"({"rules":[{"operation":"CreateTag","status":400,
        "body":{"code":"BadRequestExceedTagPerProjectLimit","message":"Too many"}}]})");
    check(run_command(world, {"projects", "create", "shapes"}), 0, "made");
    const spoken said = run_command(world, {"tags", "create", "shapes", "cat"});
    check(said, 1, "BadRequestExceedTagPerProjectLimit: Too many");
    check(said, 1, "(request id ");
}

BOOST_AUTO_TEST_SUITE_END()
