#include "retraind/pipeline/training_pursuit.hpp"

#include <boost/test/unit_test.hpp>

#include "loop_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

using ledger::training_record;
using ledger::training_state;
using known_ids = std::vector<iteration_id>;

constexpr std::uint8_t before = 1;
constexpr std::uint8_t ours = 2;
constexpr std::uint8_t strangers = 3;

struct pursuit_fixture : loop_fixture {
    explicit pursuit_fixture(retrain::options rules = {})
        : pursuit(common, contact, health, project, rules, status) {}

    /// An intent as `begin` leaves it, in the ledger and in hand.
    training_record intend(known_ids known = {numbered<iteration_id>(before)}) {
        training_record record;
        record.number = 1;
        record.known = std::move(known);
        record.intended_at = time.wall_at;
        memory.facts.last = record;
        return record;
    }
    training_record running() {
        training_record record = intend();
        record.state = training_state::running;
        record.iteration = numbered<iteration_id>(ours);
        memory.facts.last = record;
        return record;
    }
    training_record finish(training_record open, bool never_asked) {
        return run(pursuit.finish(std::move(open), never_asked));
    }
    task<void> pursue(training_record open) {
        const training_record left = co_await pursuit.finish(std::move(open), false);
        BOOST_TEST((left.state == training_state::running));
    }
    /// The training goes on to its end without further ado.
    void expect_completion() {
        service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
        service.expect("GET /iterations/#2/performance", 200, performance_json);
    }
    void expect_list(const std::vector<std::string>& iterations) {
        service.expect("GET /iterations", 200, list_json(iterations));
    }
    [[nodiscard]] std::size_t asked() const {
        return static_cast<std::size_t>(std::count(journal.begin(), journal.end(), "POST /train"));
    }

    training_status status;
    pipeline::training_pursuit pursuit;
};

struct advanced_fixture : pursuit_fixture {
    advanced_fixture() : pursuit_fixture(rules()) {}
    static retrain::options rules() {
        retrain::options rules;
        rules.advanced = true;
        rules.budget_hours = 3;
        return rules;
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(training_pursuit, pursuit_fixture)

BOOST_AUTO_TEST_CASE(begins_by_writing_down_what_was_trained_before) {
    expect_list({iteration_json(before, "Completed"), iteration_json(9, "New"),
                 iteration_json(8, "Failed")});
    const auto begun = run(pursuit.begin());
    BOOST_TEST_REQUIRE(begun.has_value());
    const known_ids wanted{numbered<iteration_id>(before), numbered<iteration_id>(8)};
    BOOST_TEST((begun->known == wanted));
    BOOST_TEST((memory.facts.last->known == wanted));
    BOOST_TEST(begun->number == memory.facts.last->number);
    BOOST_TEST((begun->state == training_state::intended));
    check_journal({"GET /iterations", "ledger: intended"});
}

BOOST_AUTO_TEST_CASE(begins_nothing_while_somebody_else_is_training) {
    expect_list({iteration_json(strangers, "Training")});
    stop_at(event_name::training_waiting);
    BOOST_TEST(!run(pursuit.begin()).has_value());
    BOOST_TEST((pursuit.stranger_seen() == time.wall_at));
    BOOST_TEST(status.state == "waiting");
    check_journal({"GET /iterations"});
}

BOOST_AUTO_TEST_CASE(begins_nothing_without_the_list_of_iterations) {
    service.expect_broken_read("GET /iterations");
    BOOST_TEST(!run(pursuit.begin()).has_value());
    BOOST_TEST(!memory.facts.last.has_value());
}

BOOST_AUTO_TEST_CASE(begins_nothing_that_the_ledger_does_not_take) {
    expect_list({});
    memory.broken = true;
    stop_at(event_name::project_not_ready);
    BOOST_TEST(!run(pursuit.begin()).has_value());
    BOOST_TEST(health.reason().value() == "the disk is full");
    check_journal({"GET /iterations"});
}

BOOST_AUTO_TEST_CASE(a_tag_with_too_few_pictures_is_left_out_and_named) {
    service.tags = R"([{"id":"00000000-0000-0000-0000-000000000001","name":"cat","imageCount":5},
        {"id":"00000000-0000-0000-0000-000000000002","name":"dog","imageCount":4},
        {"id":"00000000-0000-0000-0000-000000000003","name":"eel","imageCount":0}])";
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    static_cast<void>(finish(intend(), true));
    BOOST_TEST(service.bodies.front() ==
               R"({"selectedTags":["00000000-0000-0000-0000-000000000001"]})");
    BOOST_TEST(events.count(event_name::training_waiting) == 1U);
}

BOOST_AUTO_TEST_CASE(all_tags_are_trained_while_each_has_enough) {
    service.tags = R"([{"id":"00000000-0000-0000-0000-000000000001","name":"cat","imageCount":5}])";
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    static_cast<void>(finish(intend(), true));
    BOOST_TEST(service.bodies.front().empty());
}

BOOST_AUTO_TEST_CASE(trains_follows_and_keeps_the_scores) {
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    const training_record ended = finish(intend(), true);
    BOOST_TEST((ended.state == training_state::completed));
    BOOST_TEST((ended.iteration == numbered<iteration_id>(ours)));
    BOOST_TEST(ended.precision.value() == 0.97);
    BOOST_TEST(ended.recall.value() == 0.96);
    BOOST_TEST((memory.facts.last->state == training_state::completed));
    BOOST_TEST(memory.facts.last->precision.value() == 0.97);
    check_journal({"POST /train", "ledger: running", "GET /iterations/#2",
                   "GET /iterations/#2/performance", "ledger: completed"});
    BOOST_TEST(events.count(event_name::training_started) == 1U);
    BOOST_TEST(events.count(event_name::training_completed) == 1U);
    BOOST_TEST(std::get<std::string>(events.all.back().fields.at(0).value) == "completed");
    BOOST_TEST(has(service.targets.front(), "trainingType=Regular"));
}

BOOST_AUTO_TEST_CASE(what_a_training_took_is_remembered_however_it_ended) {
    using namespace std::chrono_literals;
    const std::string trained = R"(,"trainedAt":"2026-11-23T10:01:30.000Z")";
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed", "", trained));
    service.expect("GET /iterations/#2/performance", 200, performance_json);
    training_record open = running();
    open.intended_at = time.wall_at - std::chrono::minutes(2);
    BOOST_TEST((finish(open, false).used == 90s));
    BOOST_TEST((memory.facts.last->used == 90s));
    const std::string billed = trained + R"(,"trainingTimeInMinutes":3)";
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Failed", "", billed));
    BOOST_TEST((finish(running(), false).used == 180s));
    // Made long before it was trained: what went by here is the most that it took.
    open.intended_at = time.wall_at - std::chrono::minutes(1);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Failed", "", trained));
    BOOST_TEST((finish(open, false).used == 60s));
    service.expect("GET /iterations/#2", 404, refusal_json("NotFoundIteration"));
    BOOST_TEST((finish(open, false).used == 60s));
    BOOST_TEST((memory.facts.last->used == 60s));
    training_record late = running();
    late.intended_at = time.wall_at - std::chrono::hours(25);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Training"));
    BOOST_TEST((finish(late, false).used == 25h));
}

BOOST_AUTO_TEST_CASE(that_nothing_changed_is_a_success) {
    for (const char* code :
         {"BadRequestTrainingNotNeeded", "BadRequestTrainingNotNeededButTrainingPipelineUpdated"}) {
        pursuit_fixture here;
        here.service.expect("POST /train", 400, refusal_json(code));
        const training_record ended = here.finish(here.intend(), true);
        BOOST_TEST((ended.state == training_state::not_needed), code);
        here.check_journal({"POST /train", "ledger: not_needed"});
        BOOST_TEST(here.events.count(event_name::training_not_needed) == 1U);
        BOOST_TEST(here.events.count(event_name::training_failed) == 0U);
    }
}

BOOST_AUTO_TEST_CASE(after_an_unclear_answer_our_own_iteration_is_recognised_and_not_made_twice) {
    service.expect_break("POST /train", errc::timed_out);
    expect_list({iteration_json(before, "Completed"), iteration_json(ours, "Training")});
    expect_completion();
    const training_record ended = finish(intend(), true);
    BOOST_TEST((ended.state == training_state::completed));
    BOOST_TEST((ended.iteration == numbered<iteration_id>(ours)));
    BOOST_TEST(asked() == 1U);
    BOOST_TEST(events.count(event_name::training_recognised) == 1U);
    check_journal({"POST /train", "GET /iterations", "ledger: running", "GET /iterations/#2",
                   "GET /iterations/#2/performance", "ledger: completed"});
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_is_unclear_as_well) {
    service.expect("POST /train", 200, "<html>");
    expect_list({iteration_json(ours, "Completed")});
    expect_completion();
    BOOST_TEST((finish(intend(), true).state == training_state::completed));
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(what_never_arrived_is_asked_for_again) {
    service.expect("POST /train", 503, "");
    expect_list({iteration_json(before, "Completed")});
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    BOOST_TEST((finish(intend(), true).state == training_state::completed));
    BOOST_TEST(asked() == 2U);
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(an_iteration_that_is_not_trained_yet_is_nobody_s) {
    service.expect("POST /train", 500, "");
    expect_list({iteration_json(before, "Completed"), iteration_json(ours, "New")});
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    BOOST_TEST((finish(intend(), true).state == training_state::completed));
    BOOST_TEST(asked() == 2U);
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_while_the_search_for_our_iteration_fails) {
    service.expect_break("POST /train", errc::network);
    service.expect_broken_read("GET /iterations");
    expect_list({iteration_json(ours, "Training")});
    expect_completion();
    BOOST_TEST((finish(intend(), true).state == training_state::completed));
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(a_stranger_s_training_is_waited_for_and_written_down_as_not_ours) {
    service.expect("POST /train", 400, refusal_json("BadRequestTrainingAlreadyInProgress"));
    expect_list({iteration_json(before, "Completed"), iteration_json(strangers, "Training")});
    stop_at(event_name::training_waiting);
    const training_record open = finish(intend(), true);
    BOOST_TEST((open.state == training_state::intended));
    BOOST_TEST(!open.iteration.has_value());
    const known_ids wanted{numbered<iteration_id>(before), numbered<iteration_id>(strangers)};
    BOOST_TEST((memory.facts.last->known == wanted));
    BOOST_TEST((pursuit.stranger_seen() == time.wall_at));
    check_journal({"POST /train", "GET /iterations", "ledger: intended"});
}

BOOST_AUTO_TEST_CASE(a_stranger_s_training_that_is_over_is_not_taken_for_ours) {
    expect_list({iteration_json(before, "Completed"), iteration_json(strangers, "Completed")});
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    const training_record ended =
        finish(intend({numbered<iteration_id>(before), numbered<iteration_id>(strangers)}), false);
    BOOST_TEST((ended.iteration == numbered<iteration_id>(ours)));
    BOOST_TEST(asked() == 1U);
}

BOOST_AUTO_TEST_CASE(a_restart_with_an_intent_looks_before_it_asks) {
    expect_list({iteration_json(before, "Completed"), iteration_json(ours, "Completed")});
    expect_completion();
    const training_record ended = finish(intend(), false);
    BOOST_TEST((ended.state == training_state::completed));
    BOOST_TEST(asked() == 0U);
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(a_restart_while_it_trains_goes_on_following_and_never_asks) {
    expect_completion();
    BOOST_TEST((finish(running(), false).state == training_state::completed));
    check_journal({"GET /iterations/#2", "GET /iterations/#2/performance", "ledger: completed"});
}

BOOST_AUTO_TEST_CASE(a_failed_training_is_reported_with_the_service_s_words) {
    std::string failed = iteration_json(ours, "Failed");
    failed.insert(failed.size() - 1, R"(,"trainingErrorDetails":"too few of tag a")");
    service.expect("GET /iterations/#2", 200, failed);
    const training_record ended = finish(running(), false);
    BOOST_TEST((ended.state == training_state::failed));
    BOOST_TEST(ended.detail == "too few of tag a");
    BOOST_TEST((memory.facts.last->state == training_state::failed));
    BOOST_TEST(has(events.sentence(event_name::training_failed), "too few of tag a"));
    BOOST_TEST((events.all.back().level == severity::error));
}

BOOST_AUTO_TEST_CASE(a_failure_without_a_reason_says_that_there_is_none) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Failed"));
    BOOST_TEST(has(finish(running(), false).detail, "only that it failed"));
}

BOOST_AUTO_TEST_CASE(a_training_that_is_refused_for_good_has_failed_with_the_service_s_words) {
    for (const char* code : {"BadRequestClassificationTrainingValidationFailed",
                             "BadRequestExceedIterationPerProjectLimit", "BadRequestUnheardOf"}) {
        pursuit_fixture here;
        here.service.expect("POST /train", 400, refusal_json(code));
        const training_record ended = here.finish(here.intend(), true);
        BOOST_TEST((ended.state == training_state::failed), code);
        BOOST_TEST(has(ended.detail, "said by the service"), ended.detail);
        here.check_journal({"POST /train", "ledger: failed"});
    }
}

BOOST_AUTO_TEST_CASE(an_iteration_that_is_deleted_while_it_trains_has_failed) {
    service.expect("GET /iterations/#2", 404, refusal_json("NotFoundIteration"));
    const training_record ended = finish(running(), false);
    BOOST_TEST((ended.state == training_state::failed));
    BOOST_TEST(has(ended.detail, "deleted"));
}

BOOST_AUTO_TEST_CASE(a_training_that_is_not_done_by_its_deadline_is_given_up) {
    training_record late = running();
    late.intended_at = time.wall_at - std::chrono::hours(24);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Training"));
    const training_record ended = finish(late, false);
    BOOST_TEST((ended.state == training_state::timed_out));
    BOOST_TEST(has(ended.detail, "within 1d"), ended.detail);
    BOOST_TEST(events.count(event_name::training_failed) == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_trains_within_its_deadline_is_left_alone_and_says_for_how_long) {
    training_record open = running();
    open.intended_at = time.wall_at - std::chrono::hours(2);
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Training"));
    run_until(pursue(open), [this] { return status.reason == "Training for 2h"; });
    check_journal({"GET /iterations/#2"});
    BOOST_TEST(events.count(event_name::training_failed) == 0U);
}

BOOST_AUTO_TEST_CASE(one_that_completed_after_its_deadline_has_completed_all_the_same) {
    training_record late = running();
    late.intended_at = time.wall_at - std::chrono::hours(48);
    expect_completion();
    BOOST_TEST((finish(late, false).state == training_state::completed));
}

BOOST_AUTO_TEST_CASE(a_passing_failure_while_it_trains_is_sat_out) {
    service.expect_broken_read("GET /iterations/#2");
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect_broken_read("GET /iterations/#2/performance");
    expect_completion();
    const training_record ended = finish(running(), false);
    BOOST_TEST((ended.state == training_state::completed));
    BOOST_TEST(ended.precision.value() == 0.97);
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(scores_that_are_refused_for_good_do_not_undo_a_training) {
    service.expect("GET /iterations/#2", 200, iteration_json(ours, "Completed"));
    service.expect("GET /iterations/#2/performance", 400, refusal_json("BadRequestInvalid"));
    const training_record ended = finish(running(), false);
    BOOST_TEST((ended.state == training_state::completed));
    BOOST_TEST(!ended.precision.has_value());
}

BOOST_AUTO_TEST_CASE(a_stop_leaves_it_open_for_the_next_start) {
    service.expect("POST /train", 401, refusal_json("Unauthorized"));
    stop_at(event_name::request_failed);
    const training_record open = finish(intend(), true);
    BOOST_TEST((open.state == training_state::intended));
    BOOST_TEST(service.left() == 0U);
}

BOOST_AUTO_TEST_CASE(what_the_ledger_does_not_take_is_said_and_a_stop_ends_the_trying) {
    memory.broken = true;
    stop_at(event_name::project_not_ready);
    run(pursuit.keep(running()));
    BOOST_TEST(health.reason().value() == "the disk is full");
}

BOOST_AUTO_TEST_CASE(what_the_ledger_takes_again_clears_the_obstacle) {
    health.block("ledger", "the disk is full");
    run(pursuit.keep(running()));
    BOOST_TEST(health.ready());
    BOOST_TEST((memory.facts.last->changed_at == time.wall_at));
}

BOOST_FIXTURE_TEST_CASE(advanced_training_takes_its_budget_along, advanced_fixture) {
    service.expect("POST /train", 200, iteration_json(ours, "Training"));
    expect_completion();
    BOOST_TEST((finish(intend(), true).state == training_state::completed));
    BOOST_TEST(has(service.targets.front(), "trainingType=Advanced"));
    BOOST_TEST(has(service.targets.front(), "reservedBudgetInHours=3"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
