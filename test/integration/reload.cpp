// What SIGHUP and a changed key file do to a running daemon.
#include <csignal>
#include <filesystem>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

bool says(const program& daemon, const std::string& word,
          std::chrono::seconds limit = std::chrono::seconds(60)) {
    return eventually([&] { return daemon.log().find(word) != std::string::npos; }, limit);
}

constexpr const char* slow_batch = R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,
    "delay_answer_ms":6000}]})";
constexpr const char* one_batch = "batch: {linger: 2s}";
constexpr const char* taken_over = "the configuration is taken over";

void replace(const std::filesystem::path& file, const std::string& what, const std::string& with) {
    std::string text = read_file(file);
    const auto at = text.find(what);
    BOOST_TEST_REQUIRE(at != std::string::npos, what + " does not stand in " + text);
    write_file(file, text.replace(at, what.size(), with));
}

/// How many of a project's pictures are confirmed, and how many were there already.
struct totals {
    std::int64_t confirmed = -1;
    std::int64_t duplicate = -1;
    std::int64_t rejected = -1;
};

totals totals_of(const stage& world, const std::string& project) {
    const std::string text = world.admin("/status");
    boost::system::error_code wrong;
    const boost::json::value status = boost::json::parse(text, wrong);
    if (wrong) {
        return {};
    }
    for (const boost::json::value& each : status.at("projects").as_array()) {
        if (each.at("name").as_string() == project) {
            return {each.at("totals").at("confirmed").to_number<std::int64_t>(),
                    each.at("totals").at("duplicate").to_number<std::int64_t>(),
                    each.at("totals").at("rejected").to_number<std::int64_t>()};
        }
    }
    return {};
}

bool confirms(const stage& world, const std::string& project, std::int64_t pictures) {
    return eventually([&] { return totals_of(world, project).confirmed >= pictures; });
}

bool is_ready(const stage& world) {
    return world.admin("/readyz") == "ready\n";
}

void stop(program& daemon) {
    daemon.signal(SIGTERM);
    BOOST_TEST(daemon.wait(30s).value_or(-1) == 0, daemon.log());
    BOOST_TEST(daemon.log().find("internal_error") == std::string::npos, daemon.log());
}

} // namespace

BOOST_AUTO_TEST_SUITE(reload)

BOOST_AUTO_TEST_CASE(a_project_is_added_while_a_batch_is_in_flight) {
    stage world(slow_batch);
    world.configure({"", one_batch, ""});
    drop_pictures(world.drop(), 5);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "batch_sending"), daemon->log());
    const std::filesystem::path more = world.folder() / "more";
    drop_pictures(more, 2, 100);
    write_file(world.configuration(),
               read_file(world.configuration()) +
                   "- name: more\n  create: {}\n  batch: {linger: 200ms}\n  watch:\n  - path: " +
                   more.string() + "\n    settle: 200ms\n    scan_every: 300ms\n");
    daemon->signal(SIGHUP);
    BOOST_TEST_REQUIRE(says(*daemon, taken_over), daemon->log());
    // What is in flight was not waited for.
    BOOST_TEST(daemon->log().find("batch_sent ") == std::string::npos, daemon->log());
    BOOST_TEST(daemon->log().find("projects_undisturbed=1") != std::string::npos, daemon->log());
    BOOST_TEST(daemon->log().find("projects[1].name: its default → more") != std::string::npos,
               daemon->log());
    BOOST_TEST(confirms(world, "more", 4), daemon->log());
    BOOST_TEST(confirms(world, "shapes", 10), daemon->log());
    BOOST_TEST(totals_of(world, "shapes").duplicate == 0);
    stop(*daemon);
    BOOST_TEST(count(daemon->log(), "batch_sending") == 2U, daemon->log());
}

BOOST_AUTO_TEST_CASE(a_changed_project_ends_its_requests_first) {
    stage world(slow_batch);
    world.configure({"after_upload: delete", one_batch, ""});
    drop_pictures(world.drop(), 5);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "batch_sending"), daemon->log());
    replace(world.configuration(), "after_upload: delete", "after_upload: keep");
    daemon->signal(SIGHUP);
    BOOST_TEST_REQUIRE(says(*daemon, taken_over), daemon->log());
    BOOST_TEST(count(daemon->log(), "batch_sent ") == 1U, daemon->log());
    BOOST_TEST(daemon->log().find("projects[0].watch[0].after_upload: delete → keep") !=
                   std::string::npos,
               daemon->log());
    // What was in flight went the way of the old configuration, what comes now that of the new one.
    BOOST_TEST(!std::filesystem::exists(world.drop() / "upright" / "0.bmp"));
    drop_pictures(world.drop(), 1, 200);
    BOOST_TEST(confirms(world, "shapes", 12), daemon->log());
    BOOST_TEST(totals_of(world, "shapes").duplicate == 0);
    stop(*daemon);
    BOOST_TEST(std::filesystem::exists(world.drop() / "upright" / "200.bmp"));
    BOOST_TEST(world.image_count() == 12U);
}

BOOST_AUTO_TEST_CASE(rejected_pictures_of_an_unchanged_project_are_judged_anew) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,
        "image_status":{"*0.bmp":"ErrorImageFormat"}}]})");
    world.configure({"sidecars: [json]\n    sidecar_wait: 0", "", ""});
    write_file(world.drop() / "upright" / "0.bmp", striped_picture(true, 0));
    write_file(world.drop() / "upright" / "1.jpg", "no picture");
    write_file(world.drop() / "upright" / "2.json", "no sidecar");
    write_file(world.drop() / "upright" / "2.bmp", striped_picture(true, 2));
    const auto daemon = world.start("daemon");
    const auto rejections = [&] {
        return count(daemon->log(), "file_rejected");
    };
    BOOST_TEST_REQUIRE(eventually([&] { return rejections() == 3U; }), daemon->log());
    BOOST_TEST(totals_of(world, "shapes").rejected == 3);
    world.set_faults(slow_batch);
    write_file(world.drop() / "upright" / "3.bmp", striped_picture(true, 3));
    BOOST_TEST_REQUIRE(eventually([&] { return count(daemon->log(), "batch_sending") == 2U; }),
                       daemon->log());
    daemon->signal(SIGHUP);
    // The service takes the first one now; the others are wrong still.
    BOOST_TEST(eventually([&] { return rejections() == 5U; }), daemon->log());
    BOOST_TEST(confirms(world, "shapes", 2), daemon->log());
    BOOST_TEST(daemon->log().find("projects_undisturbed=1") != std::string::npos, daemon->log());
    BOOST_TEST(totals_of(world, "shapes").duplicate == 0);
    BOOST_TEST(totals_of(world, "shapes").rejected == 2, "each counts as what it came to last");
    stop(*daemon);
    BOOST_TEST(rejections() == 5U, daemon->log());
    BOOST_TEST(count(daemon->log(), "batch_sending") == 3U, daemon->log());
}

BOOST_AUTO_TEST_CASE(a_wrong_file_is_refused_and_the_old_stays) {
    stage world;
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "project_created"), daemon->log());
    const std::string good = read_file(world.configuration());
    replace(world.configuration(), "settle: 200ms", "settle: 2sec");
    daemon->signal(SIGHUP);
    BOOST_TEST_REQUIRE(says(*daemon, "configuration_refused"), daemon->log());
    BOOST_TEST(daemon->log().find("retraind.yaml:15:13: projects[0].watch[0].settle: \"2sec\"") !=
                   std::string::npos,
               daemon->log());
    write_file(world.configuration(), good);
    replace(world.configuration(), "state: ", "state: /elsewhere");
    daemon->signal(SIGHUP);
    BOOST_TEST(says(*daemon, "cannot change while the daemon runs; restart it"), daemon->log());
    drop_pictures(world.drop(), 1);
    BOOST_TEST(confirms(world, "shapes", 2), daemon->log());
    stop(*daemon);
}

BOOST_AUTO_TEST_CASE(a_stop_in_the_middle_ends_in_time) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","delay_ms":60000}]})");
    drop_pictures(world.drop(), 1);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "batch_sending"), daemon->log());
    replace(world.configuration(), "linger: 200ms", "linger: 300ms");
    const auto asked = std::chrono::steady_clock::now();
    daemon->signal(SIGHUP);
    // The second one is taken after the first.
    daemon->signal(SIGHUP);
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(30s).value_or(-1) == 0, daemon->log());
    BOOST_TEST((std::chrono::steady_clock::now() - asked < 21s));
}

BOOST_AUTO_TEST_CASE(a_training_outlives_the_change_of_its_project) {
    stage world(R"({"rules":[{"operation":"TrainProject","times":1,"close":"after_handling"},
        {"operation":"GetIteration","status":503}]})");
    world.configure({"", "retrain: {after_images: 10, quiet_for: 300ms, cooldown: 0}", ""});
    drop_pictures(world.drop(), 10);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "training_due"), daemon->log());
    BOOST_TEST_REQUIRE(
        eventually([&] { return !world.project_get("/iterations").as_array().empty(); }, 60s,
                   300ms),
        daemon->log());
    replace(world.configuration(), "linger: 200ms", "linger: 300ms");
    daemon->signal(SIGHUP);
    BOOST_TEST_REQUIRE(says(*daemon, taken_over), daemon->log());
    BOOST_TEST(daemon->log().find("training_completed") == std::string::npos, daemon->log());
    world.set_faults("{}");
    BOOST_TEST(says(*daemon, "training_completed"), daemon->log());
    BOOST_TEST(world.project_get("/iterations").as_array().size() == 1U);
    stop(*daemon);
}

BOOST_AUTO_TEST_CASE(once_takes_nothing_over) {
    stage world(slow_batch);
    drop_pictures(world.drop(), 1);
    const auto daemon = world.start("once", {"--once"});
    BOOST_TEST_REQUIRE(says(*daemon, "batch_sending"), daemon->log());
    daemon->signal(SIGHUP);
    BOOST_TEST(daemon->wait(60s).value_or(-1) == 0, daemon->log());
    BOOST_TEST(daemon->log().find("SIGHUP is ignored") != std::string::npos, daemon->log());
}

BOOST_AUTO_TEST_CASE(a_new_key_is_used_without_a_restart) {
    stage world;
    const std::filesystem::path key_file = world.folder() / "key";
    const auto put_key = [&](const std::string& text) {
        write_file(world.folder() / "key.new", text);
        ::chmod((world.folder() / "key.new").c_str(), 0600);
        std::filesystem::rename(world.folder() / "key.new", key_file);
    };
    put_key(world.key());
    replace(world.configuration(), (world.sandbox_data() / "training-key").string(),
            key_file.string());
    const auto daemon = world.start("daemon");
    drop_pictures(world.drop(), 1);
    BOOST_TEST_REQUIRE(confirms(world, "shapes", 2), daemon->log());

    // The old one works and stays, and the project with it.
    put_key("0123456789abcdef0123456789abcdef");
    BOOST_TEST(says(*daemon, "the service refuses the new key", 10s), daemon->log());
    put_key("");
    BOOST_TEST(
        says(*daemon, "holds no key; put the training key into it; the key in use stays", 10s),
        daemon->log());
    BOOST_TEST(is_ready(world), daemon->log());
    drop_pictures(world.drop(), 1, 100);
    BOOST_TEST(confirms(world, "shapes", 4), daemon->log());

    // The old one is refused: the project says so, until there is a new one.
    std::filesystem::remove(world.sandbox_data() / "training-key");
    world.restart_sandbox();
    drop_pictures(world.drop(), 1, 200);
    BOOST_TEST(eventually([&] { return !is_ready(world); }), daemon->log());
    put_key(world.key());
    BOOST_TEST(says(*daemon, "key_reloaded", 10s), daemon->log());
    BOOST_TEST(confirms(world, "shapes", 6), daemon->log());
    BOOST_TEST(eventually([&] { return is_ready(world); }), daemon->log());
    BOOST_TEST(daemon->log().find(world.key()) == std::string::npos);
    stop(*daemon);
}

BOOST_AUTO_TEST_CASE(another_socket_is_listened_at) {
    stage world;
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(says(*daemon, "admin_listening"), daemon->log());
    replace(world.configuration(), "admin.sock", "other.sock");
    daemon->signal(SIGHUP);
    BOOST_TEST_REQUIRE(says(*daemon, "other.sock"), daemon->log());
    BOOST_TEST(eventually([&] { return std::filesystem::exists(world.folder() / "other.sock"); }),
               daemon->log());
    BOOST_TEST(eventually([&] { return !std::filesystem::exists(world.folder() / "admin.sock"); }),
               daemon->log());
    stop(*daemon);
}

BOOST_AUTO_TEST_SUITE_END()
