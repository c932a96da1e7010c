// What a crash and a stop cost: a re-send at most, and never a picture.
#include <csignal>

#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char* small_batches = "batch: {max_images: 10, linger: 100ms}";
constexpr const char* slow_answers = R"({"rules":[{"operation":"CreateImagesFromFiles","skip":1,
    "delay_answer_ms":3000}]})";

} // namespace

BOOST_AUTO_TEST_SUITE(interruptions)

BOOST_AUTO_TEST_CASE(a_kill_in_the_middle_costs_a_resend_at_most) {
    stage world(slow_answers);
    world.configure({"after_upload: delete", small_batches, "requests_in_flight: 1"});
    drop_pictures(world.drop(), 20);
    {
        const auto daemon = world.start("killed");
        // The first batch is recorded, the second is with the service but not answered.
        BOOST_TEST_REQUIRE(world.has_images(20), daemon->log());
        daemon->signal(SIGKILL);
        BOOST_TEST(daemon->wait(10s).value_or(0) == 128 + SIGKILL);
        BOOST_TEST(count(daemon->log(), "batch_sent ") >= 1U);
    }
    world.set_faults("{}");
    const stage::ended rest = world.run_once();
    BOOST_TEST(rest.code == 0, rest.log);
    BOOST_TEST(rest.last_line ==
               "confirmed 20, duplicate 10, held out 0, removed 0, rejected 0, held 0, waiting 0");
    BOOST_TEST(world.image_count() == 40U);
    std::size_t left = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(world.drop())) {
        left += each.is_regular_file() ? 1 : 0;
    }
    BOOST_TEST(left == 0U);
}

BOOST_AUTO_TEST_CASE(a_stop_in_flight_loses_nothing) {
    stage world(R"({"rules":[{"operation":"CreateImagesFromFiles","delay_ms":60000}]})");
    world.configure({"after_upload: delete", small_batches, ""});
    drop_pictures(world.drop(), 10);
    const auto daemon = world.start("stopped");
    BOOST_TEST_REQUIRE(
        eventually([&] { return daemon->log().find("batch_sending") != std::string::npos; }),
        daemon->log());
    const auto asked = std::chrono::steady_clock::now();
    daemon->signal(SIGTERM);
    const std::optional<int> code = daemon->wait(30s);
    BOOST_TEST(code.value_or(-1) == 0, daemon->log());
    BOOST_TEST((std::chrono::steady_clock::now() - asked < 20s));
    world.set_faults("{}");
    world.restart_sandbox();
    const stage::ended rest = world.run_once();
    BOOST_TEST(rest.code == 0, rest.log);
    BOOST_TEST(world.image_count() == 20U);
}

BOOST_AUTO_TEST_CASE(a_restart_goes_on_with_its_training) {
    // The train call is performed and its answer never comes: unclear. Then the daemon is killed,
    // before it can have seen the end of the training.
    stage world(R"({"rules":[{"operation":"TrainProject","times":1,"close":"after_handling"},
        {"operation":"GetIteration","status":503}]})");
    world.configure({"", "retrain: {after_images: 10, quiet_for: 300ms, cooldown: 0}", ""});
    drop_pictures(world.drop(), 10);
    {
        const auto daemon = world.start("killed");
        BOOST_TEST_REQUIRE(
            eventually([&] { return daemon->log().find("training_due") != std::string::npos; }),
            daemon->log());
        BOOST_TEST_REQUIRE(
            eventually([&] { return !world.project_get("/iterations").as_array().empty(); }, 60s,
                       300ms),
            daemon->log());
        daemon->signal(SIGKILL);
        BOOST_TEST(daemon->wait(10s).has_value());
    }
    world.set_faults("{}");
    const stage::ended rest = world.run_once();
    BOOST_TEST(rest.code == 0, rest.log);
    BOOST_TEST(world.project_get("/iterations").as_array().size() == 1U);
    BOOST_TEST(rest.log.find("training_completed") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
