#include "retraind/pipeline/retrain_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "loop_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

using ledger::training_record;
using ledger::training_state;

constexpr std::uint8_t ours = 2;

/// The default rules: 50 pictures, quiet for ten minutes, a cooldown of six hours.
struct retrain_fixture : loop_fixture {
    explicit retrain_fixture(bool publishes = true)
        : made(common, contact, health, project, {},
               publishes ? std::optional(retrain::publish_options{"production", "/p"})
                         : std::nullopt,
               [this] { ++ended_heard; }) {}

    /// So many pictures an hour ago: the folder is quiet.
    void confirm(std::uint64_t pictures) {
        memory.facts.confirmed_since_training = pictures;
        memory.facts.first_confirmed_since = time.wall_at - std::chrono::hours(1);
        memory.facts.last_confirmed = memory.facts.first_confirmed_since;
    }
    void remember(training_state state) {
        training_record last;
        last.number = 1;
        last.state = state;
        last.intended_at = time.wall_at - std::chrono::hours(2);
        last.changed_at = last.intended_at;
        if (state != training_state::intended && state != training_state::not_needed) {
            last.iteration = numbered<iteration_id>(ours);
        }
        memory.facts.last = last;
    }
    void expect_training() {
        service.expect("GET /iterations", 200, "[]");
        service.expect("POST /train", 200, iteration_json(ours, "Training"));
        expect_completion();
    }
    void expect_completion() {
        service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
        service.expect("GET /iterations/#2/performance", 200, performance_json);
    }
    void expect_publish() {
        service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
        service.expect("POST /iterations/#2/publish", 200, "true");
    }
    /// Until it waits for more pictures, or for a cooldown to be over.
    void run_to_rest() {
        run_until(made.run(), [this] { return made.at_rest(); });
    }
    [[nodiscard]] std::string last_result() const {
        return made.status().last ? made.status().last->result : "";
    }

    unsigned ended_heard = 0;
    pipeline::retrain_loop made;
};

struct without_publish : retrain_fixture {
    without_publish() : retrain_fixture(false) {}
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(retrain_loop, retrain_fixture)

BOOST_AUTO_TEST_CASE(trains_and_publishes_when_the_rules_say_so) {
    confirm(50);
    expect_training();
    expect_publish();
    run_to_rest();
    check_journal({"GET /iterations", "ledger: intended", "POST /train", "ledger: running",
                   "GET /iterations/#2", "GET /iterations/#2/performance", "ledger: completed",
                   "GET /iterations/#2", "POST /iterations/#2/publish", "ledger: published"});
    BOOST_TEST(!made.failure().has_value());
    BOOST_TEST(last_result() == "published");
    BOOST_TEST(made.status().state == "idle");
    BOOST_TEST_REQUIRE(made.published().size() == 1U);
    BOOST_TEST(made.published()[0].name == "production");
    BOOST_TEST(made.published()[0].iteration == to_string(numbered<iteration_id>(ours)));
    BOOST_TEST(has(events.sentence(event_name::training_due), "50 pictures"));
    BOOST_TEST(ended_heard == 1U);
}

BOOST_AUTO_TEST_CASE(says_what_this_months_trainings_took_after_a_restart_too) {
    using namespace std::chrono_literals;
    BOOST_TEST(!made.status().used_seconds.has_value());
    remember(training_state::published);
    memory.facts.last->used = 90s;
    memory.facts.last->intended_at = time.wall_at;
    run_to_rest();
    BOOST_TEST(made.status().used_seconds.value_or(-1) == 90);
    time.wall_at += std::chrono::days(32);
    BOOST_TEST(made.status().used_seconds.value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(rests_while_there_are_too_few_pictures_and_says_how_many) {
    confirm(49);
    run_to_rest();
    check_journal({});
    BOOST_TEST(ended_heard == 0U);
    BOOST_TEST(made.status().reason == "1 more picture");
    BOOST_TEST(!made.status().last.has_value());
}

BOOST_AUTO_TEST_CASE(decides_anew_when_pictures_are_confirmed) {
    confirm(10);
    expect_training();
    expect_publish();
    bool told = false;
    run_until(made.run(), [&] {
        if (made.at_rest() && !told) {
            told = true;
            confirm(60);
            made.on_confirmed();
            BOOST_TEST(!made.at_rest());
        }
        return made.at_rest() && last_result() == "published";
    });
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(waits_for_quiet_and_is_not_at_rest_meanwhile) {
    confirm(50);
    memory.facts.last_confirmed = time.wall_at - std::chrono::minutes(1);
    bool rests = true;
    run_until(made.run(), [&] {
        rests = made.at_rest();
        return has(made.status().reason, "quiet");
    });
    BOOST_TEST(!rests);
    check_journal({});
}

BOOST_AUTO_TEST_CASE(rests_while_the_cooldown_lasts) {
    confirm(50);
    remember(training_state::published);
    run_to_rest();
    BOOST_TEST(has(made.status().reason, "cooldown"));
    check_journal({});
}

BOOST_FIXTURE_TEST_CASE(publishes_nothing_where_nothing_is_to_be_published, without_publish) {
    confirm(50);
    expect_training();
    run_to_rest();
    BOOST_TEST(last_result() == "completed");
    BOOST_TEST(made.published().empty());
    BOOST_TEST(journal.back() == "ledger: completed");
}

BOOST_AUTO_TEST_CASE(that_training_is_not_needed_is_no_failure) {
    confirm(50);
    service.expect("GET /iterations", 200, "[]");
    service.expect("POST /train", 400, refusal_json("BadRequestTrainingNotNeeded"));
    run_to_rest();
    check_journal({"GET /iterations", "ledger: intended", "POST /train", "ledger: not_needed"});
    BOOST_TEST(!made.failure().has_value());
    BOOST_TEST(last_result() == "not_needed");
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(a_failed_training_is_a_failure_and_is_not_published) {
    confirm(50);
    service.expect("GET /iterations", 200, "[]");
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Failed"));
    run_to_rest();
    BOOST_TEST(has(made.failure().value(), "training failed"));
    BOOST_TEST(last_result() == "failed");
    BOOST_TEST(journal.back() == "ledger: failed");
}

BOOST_AUTO_TEST_CASE(a_publish_that_is_refused_is_a_failure_and_an_obstacle) {
    confirm(50);
    expect_training();
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("POST /iterations/#2/publish", 400,
                   refusal_json("BadRequestInvalidPublishTarget"));
    run_to_rest();
    BOOST_TEST(has(made.failure().value(), "cannot be published"));
    BOOST_TEST(health.reason().value() == made.failure().value());
    BOOST_TEST(last_result() == "completed");
    BOOST_TEST((memory.facts.last->state == training_state::completed));
}

BOOST_AUTO_TEST_CASE(a_refused_publish_is_tried_again_after_an_hour_and_no_sooner) {
    remember(training_state::completed);
    const auto refuse = [this] {
        service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
        service.expect("POST /iterations/#2/publish", 400,
                       refusal_json("BadRequestInvalidPublishTarget"));
    };
    refuse();
    int looks = 0;
    run_until(made.run(), [&] {
        if (!made.at_rest()) {
            return false;
        }
        if (++looks == 1) {
            BOOST_TEST(service.left() == 0U);
            time.at += std::chrono::minutes(59);
            made.on_confirmed();
        } else if (looks == 2) {
            BOOST_TEST(!health.ready()); // and nothing was asked, or the script would say so
            refuse();
            time.at += std::chrono::minutes(2);
            made.on_confirmed();
        } else if (looks == 3) {
            BOOST_TEST(service.left() == 0U);
            expect_publish();
            made.publish_again(); // as SIGUSR1 does, without an hour
        }
        return looks > 3 && last_result() == "published";
    });
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(health.ready());
    BOOST_TEST(!made.failure().has_value());
    BOOST_TEST(journal.back() == "ledger: published");
}

BOOST_AUTO_TEST_CASE(without_a_refusal_there_is_nothing_to_publish_again) {
    remember(training_state::published);
    made.publish_again();
    run_to_rest();
    check_journal({});
}

BOOST_AUTO_TEST_CASE(a_restart_with_an_open_intent_finds_its_training_and_goes_on) {
    remember(training_state::intended);
    service.expect("GET /iterations", 200, list_json({iteration_json(ours, "Completed")}));
    expect_completion();
    expect_publish();
    run_to_rest();
    check_journal({"GET /iterations", "ledger: running", "GET /iterations/#2",
                   "GET /iterations/#2/performance", "ledger: completed", "GET /iterations/#2",
                   "POST /iterations/#2/publish", "ledger: published"});
}

BOOST_AUTO_TEST_CASE(a_restart_while_it_trains_goes_on_with_that_training) {
    remember(training_state::running);
    expect_completion();
    expect_publish();
    run_to_rest();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(last_result() == "published");
}

BOOST_AUTO_TEST_CASE(a_restart_between_training_and_publish_only_publishes) {
    remember(training_state::completed);
    expect_publish();
    run_to_rest();
    check_journal({"GET /iterations/#2", "POST /iterations/#2/publish", "ledger: published"});
    BOOST_TEST(made.published().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_restart_after_the_publish_but_before_its_record_publishes_nothing_twice) {
    remember(training_state::completed);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "production"));
    run_to_rest();
    check_journal({"GET /iterations/#2", "ledger: published"});
}

BOOST_AUTO_TEST_CASE(a_restart_after_a_publish_knows_what_is_published_and_asks_nothing) {
    remember(training_state::published);
    run_to_rest();
    check_journal({});
    BOOST_TEST_REQUIRE(made.published().size() == 1U);
    BOOST_TEST(made.published()[0].iteration == to_string(numbered<iteration_id>(ours)));
    BOOST_TEST(last_result() == "published");
}

BOOST_AUTO_TEST_CASE(a_ledger_that_fails_is_an_obstacle_and_nothing_is_asked) {
    confirm(50);
    memory.broken = true;
    run_until(made.run(), [this] { return !health.ready(); });
    BOOST_TEST(health.reason().value() == "the disk is full");
    check_journal({});
}

BOOST_AUTO_TEST_CASE(a_stop_before_the_start_asks_nothing) {
    confirm(50);
    stop.request();
    run(made.run());
    check_journal({});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
