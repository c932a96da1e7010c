// The command line and what the daemon says of itself.
#include <csignal>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

struct spoken {
    int code;
    std::string out;
    std::string errors;
};

spoken run(const stage& world, std::vector<std::string> arguments) {
    static int number = 0;
    program command(world.folder(), "command-" + std::to_string(++number), RETRAIND,
                    std::move(arguments));
    const std::optional<int> code = command.wait(60s);
    return {code.value_or(-1), command.out(), command.log()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)

BOOST_AUTO_TEST_CASE(check_says_what_is_wrong) {
    stage world;
    const std::string file = world.configuration().string();
    const spoken good = run(world, {"check", "-c", file});
    BOOST_TEST(good.code == 0, good.errors);
    BOOST_TEST(good.out.find("is good: 1 project, 1 folder") != std::string::npos, good.out);
    std::filesystem::remove_all(world.drop());
    const spoken missing = run(world, {"-c", file, "check"});
    BOOST_TEST(missing.code == 1);
    BOOST_TEST(missing.errors.find("projects[0].watch[0].path: " + world.drop().string() +
                                   " is not there") != std::string::npos,
               missing.errors);
    std::filesystem::create_directories(world.drop());
    const auto key = world.sandbox_data() / "training-key";
    std::filesystem::permissions(key, std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const spoken open_key = run(world, {"check", "-c", file});
    BOOST_TEST(open_key.code == 1);
    BOOST_TEST(open_key.errors.find("can be read by everyone; run: chmod o-r") != std::string::npos,
               open_key.errors);
}

BOOST_AUTO_TEST_CASE(check_makes_no_folder_and_says_which_the_daemon_will_make) {
    stage world;
    const std::string rejected = (world.folder() / "rejected").string();
    world.configure({"rejected: " + rejected, "", ""});
    const spoken good = run(world, {"check", "-c", world.configuration().string()});
    BOOST_TEST(good.code == 0, good.errors);
    BOOST_TEST(good.out.find("projects[0].watch[0].rejected: " + rejected +
                             " is not there yet; the daemon makes it\n") != std::string::npos,
               good.out);
    BOOST_TEST(!std::filesystem::exists(rejected));
    BOOST_TEST(!std::filesystem::exists(world.folder() / "state"));
    const auto daemon = world.start("daemon");
    BOOST_TEST(eventually([&] { return std::filesystem::is_directory(rejected); }), daemon->log());
}

BOOST_AUTO_TEST_CASE(plan_sends_nothing) {
    stage world;
    drop_pictures(world.drop(), 2);
    write_file(world.drop() / "loose.bmp", striped_picture(true, 9));
    write_file(world.drop() / "cat" / "text.jpg",
               "this is no picture at all, only its name says so");
    const spoken plan = run(world, {"plan", "-c", world.configuration().string()});
    BOOST_TEST(plan.code == 0, plan.errors);
    BOOST_TEST(plan.out.find("upload upright/0.bmp as \"upright\"") != std::string::npos, plan.out);
    BOOST_TEST(plan.out.find("hold loose.bmp: ") != std::string::npos, plan.out);
    BOOST_TEST(plan.out.find("reject cat/text.jpg: ErrorImageFormat: ") != std::string::npos,
               plan.out);
    BOOST_TEST(plan.out.find("shapes: upload 4, duplicate 0, hold 1, reject 1, wait 0, known 0") !=
                   std::string::npos,
               plan.out);
    BOOST_TEST(world.image_count() == 0U);
    BOOST_TEST(!std::filesystem::exists(world.folder() / "state" / "ledger.db"));
    BOOST_TEST(world.run_once().code == 3);
    const spoken after = run(world, {"plan", "-c", world.configuration().string()});
    BOOST_TEST(after.out.find("upload 0, duplicate 0, hold 1, reject 0, wait 0, known 5") !=
                   std::string::npos,
               after.out);
}

BOOST_AUTO_TEST_CASE(usage_and_configuration_have_their_codes) {
    stage world;
    BOOST_TEST(run(world, {}).code == 2);
    BOOST_TEST(run(world, {"rum"}).code == 2);
    BOOST_TEST(run(world, {"run", "--twice"}).code == 2);
    for (const char* command : {"run", "check", "plan"}) {
        const spoken help = run(world, {command, "--help"});
        BOOST_TEST(help.code == 0);
        BOOST_TEST(help.out.find("-c,--config FILE") != std::string::npos, help.out);
        BOOST_TEST(help.out.find("Exit codes: 0 done") != std::string::npos);
        const spoken nowhere = run(world, {command, "-c", "/nowhere/retraind.yaml"});
        BOOST_TEST(nowhere.code == 78);
        BOOST_TEST(nowhere.errors.find("/nowhere/retraind.yaml: cannot be read") !=
                       std::string::npos,
                   nowhere.errors);
    }
    write_file(world.folder() / "bad.yaml",
               "service: {endpoint: https://x.example}\nprojects:\n- name: p\n  watch:\n"
               "  - {path: /d, settle: 2sec}\n");
    const spoken bad = run(world, {"check", "--config", (world.folder() / "bad.yaml").string()});
    BOOST_TEST(bad.code == 78);
    BOOST_TEST(bad.errors.find("bad.yaml:5:24: projects[0].watch[0].settle: \"2sec\" is not a "
                               "duration; write 2s") != std::string::npos,
               bad.errors);
}

BOOST_AUTO_TEST_CASE(health_readiness_and_status_answer) {
    stage world;
    drop_pictures(world.drop(), 3);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return world.admin("/readyz") == "ready\n"; }),
                       daemon->log());
    BOOST_TEST(world.admin("/healthz") == "ok\n");
    BOOST_TEST(eventually(
        [&] { return world.admin("/status").find("\"confirmed\":6") != std::string::npos; }));
    const auto status = boost::json::parse(world.admin("/status"));
    const auto& project = status.at("projects").at(0);
    BOOST_TEST(project.at("name").as_string() == "shapes");
    BOOST_TEST(project.at("ready").as_bool());
    BOOST_TEST(project.at("capacity").at("images").at("limit").as_int64() == 100'000);
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(25s).value_or(-1) == 0);
    BOOST_TEST(!std::filesystem::exists(world.folder() / "admin.sock"));
}

BOOST_AUTO_TEST_CASE(no_secret_is_said) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,"status":500}]})");
    drop_pictures(world.drop(), 2);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(world.has_images(4), daemon->log());
    const std::string key = world.key();
    BOOST_TEST_REQUIRE(key.size() >= 16U);
    const std::string process = "/proc/" + std::to_string(daemon->pid());
    BOOST_TEST(daemon->log().find(key) == std::string::npos);
    BOOST_TEST(world.admin("/status").find(key) == std::string::npos);
    BOOST_TEST(read_file(process + "/cmdline").find(key) == std::string::npos);
    BOOST_TEST(read_file(process + "/environ").find(key) == std::string::npos);
    for (const auto& each :
         std::filesystem::recursive_directory_iterator(world.folder() / "state")) {
        if (each.is_regular_file()) {
            BOOST_TEST(read_file(each.path()).find(key) == std::string::npos, each.path());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
