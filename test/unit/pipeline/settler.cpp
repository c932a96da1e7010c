#include "retraind/pipeline/settler.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

settled_batch of(const journey& each, outcome result) {
    settled_file file;
    file.number = each.number;
    file.result = result;
    if (result == outcome::rejected) {
        ledger::rejection reason;
        reason.code = "ErrorImageFormat";
        reason.sentence = "it is no picture";
        reason.mend = "save it again";
        file.reason = reason;
    } else {
        file.image = numbered<image_id>(5);
    }
    settled_batch batch;
    batch.request_id = "request-7";
    batch.body_bytes = 100;
    batch.files.push_back(file);
    return batch;
}

disposal::options removing() {
    disposal::options becomes;
    becomes.uploaded = disposal::remove{};
    return becomes;
}

struct removing_fixture : project_fixture {
    removing_fixture() : project_fixture(removing()) {}
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(settler, project_fixture)

BOOST_AUTO_TEST_CASE(records_the_outcome_then_frees_the_slot_and_leaves_a_kept_file) {
    const journey& each = start("cats/a.jpg", "picture");
    const file_identity identity = each.file.identity;
    run(ends.settle(of(each, outcome::confirmed)));
    check_journal({"ledger: record"});
    const ledger::file_outcome row = row_of("cats/a.jpg");
    BOOST_TEST((row.result == outcome::confirmed));
    BOOST_TEST(row.folder == drop());
    BOOST_TEST((row.identity == identity));
    BOOST_TEST((row.image == numbered<image_id>(5)));
    BOOST_TEST(row.labels == std::vector<std::string>{"cats"}, boost::test_tools::per_element());
    BOOST_TEST(memory.batches[0].request_id == "request-7");
    BOOST_TEST(memory.batches[0].body_bytes == 100U);
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(slots_heard == 1U);
    BOOST_TEST(is_there("cats/a.jpg"));
}

BOOST_AUTO_TEST_CASE(counts_each_outcome_and_tells_of_those_that_training_has_not_seen) {
    run(ends.settle(of(start("a.jpg", "1"), outcome::confirmed)));
    run(ends.settle(of(start("b.jpg", "2"), outcome::duplicate)));
    run(ends.settle(of(start("c.jpg", "3"), outcome::rejected)));
    for (const outcome_totals& totals : {state.totals, state.session}) {
        BOOST_TEST(totals.confirmed == 1U);
        BOOST_TEST(totals.duplicate == 1U);
        BOOST_TEST(totals.rejected == 1U);
    }
    BOOST_TEST(confirmed_heard == 2U, "of the confirmed one and of the duplicate");
    BOOST_TEST(events.count(event_name::batch_sent) == 3U);
    BOOST_TEST(events.count(event_name::file_rejected) == 1U);
    BOOST_TEST(events.count(event_name::file_duplicate) == 1U);
}

BOOST_AUTO_TEST_CASE(a_rejected_file_that_is_judged_anew_counts_as_what_it_comes_to) {
    state.totals.rejected = 1;
    memory.judged_anew = 1;
    run(ends.settle(of(start("a.jpg", "1"), outcome::rejected)));
    BOOST_TEST(state.totals.rejected == 1U);
    run(ends.settle(of(start("b.jpg", "2"), outcome::confirmed)));
    BOOST_TEST(state.totals.rejected == 0U);
    run(ends.settle(of(start("c.jpg", "3"), outcome::confirmed)));
    BOOST_TEST(state.totals.rejected == 0U, "never below");
    BOOST_TEST(state.totals.confirmed == 2U);
    BOOST_TEST(state.session.rejected == 1U, "what this run did");
}

BOOST_AUTO_TEST_CASE(says_how_many_became_durable_together_by_outcome_and_reason) {
    settled_batch batch = of(start("a.jpg", "1"), outcome::confirmed);
    for (const char* name : {"b.jpg", "c.jpg"}) {
        batch.files.push_back(rejected(start(name, name).number, intake::refuse_empty()));
    }
    run(ends.settle(std::move(batch)));
    std::vector<std::string> said;
    for (const event& each : events.all) {
        if (each.name == event_name::ledger_committed) {
            said.push_back(std::get<std::string>(each.fields.at(0).value) + "/" +
                           std::get<std::string>(each.fields.at(1).value) + "/" +
                           std::to_string(std::get<std::int64_t>(each.fields.at(2).value)));
        }
    }
    const auto first = std::ranges::find(events.all, event_name::ledger_committed, &event::name);
    BOOST_TEST(std::string(first->fields.back().name) == "ms");
    BOOST_TEST((said == std::vector<std::string>{"confirmed//1", "rejected/Empty/2"}));
}

BOOST_AUTO_TEST_CASE(what_was_ended_without_a_request_is_not_said_to_be_sent) {
    settled_batch batch = of(start("a.jpg", "1"), outcome::duplicate);
    batch.request_id.clear();
    batch.body_bytes = 0;
    run(ends.settle(std::move(batch)));
    BOOST_TEST(events.count(event_name::batch_sent) == 0U);
    BOOST_TEST(memory.batches.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_source_goes_only_after_its_outcome_is_durable, removing_fixture) {
    const file_fingerprint print = start("cats/a.jpg", "picture").file.print;
    run(ends.settle(of(*state.slots.find(1), outcome::confirmed)));
    BOOST_TEST(!is_there("cats/a.jpg"));
    check_journal({"ledger: record", "ledger: forget"});
    BOOST_TEST_REQUIRE(memory.forgotten.size() == 1U);
    BOOST_TEST((memory.forgotten[0] == print));
}

BOOST_FIXTURE_TEST_CASE(without_the_ledger_no_source_is_touched, removing_fixture) {
    memory.broken = true;
    stop_at(event_name::ledger_failed);
    run(ends.settle(of(start("cats/a.jpg", "picture"), outcome::confirmed)));
    BOOST_TEST(is_there("cats/a.jpg"));
    BOOST_TEST(health.reason().value() == "the disk is full");
    BOOST_TEST(state.totals.confirmed == 0U);
    BOOST_TEST(confirmed_heard == 0U);
    BOOST_TEST(state.slots.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_file_that_was_replaced_meanwhile_is_not_removed, removing_fixture) {
    const journey& each = start("cats/a.jpg", "picture");
    std::filesystem::remove(folder.at("drop/cats/a.jpg"));
    folder.write("drop/cats/a.jpg", "another picture");
    run(ends.settle(of(each, outcome::confirmed)));
    BOOST_TEST(is_there("cats/a.jpg"));
    BOOST_TEST(events.count(event_name::file_changed) == 1U);
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(memory.forgotten.empty());
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_gone_already_is_let_go, removing_fixture) {
    const journey& each = start("cats/a.jpg", "picture");
    std::filesystem::remove(folder.at("drop/cats/a.jpg"));
    run(ends.settle(of(each, outcome::confirmed)));
    BOOST_TEST(memory.forgotten.size() == 1U);
    BOOST_TEST(state.slots.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_ledger_that_works_again_clears_the_obstacle) {
    health.block("ledger", "the disk is full");
    run(ends.settle(of(start("a.jpg", "1"), outcome::confirmed)));
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(an_end_lets_those_go_on_that_waited_for_it) {
    const journey_number ahead = start("a.jpg", "same").number;
    const journey_number waiting = start("b.jpg", "same").number;
    state.slots.park(waiting, ahead);
    run(ends.settle(of(*state.slots.find(ahead), outcome::confirmed)));
    BOOST_TEST(resumed == std::vector<journey_number>{waiting}, boost::test_tools::per_element());
    BOOST_TEST(state.slots.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_held_file_is_said_with_its_reason_and_takes_no_slot) {
    ends.hold(start("cats/a.jpg", "1").number, "has no label");
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(state.folders[0]->held() == 1U);
    const std::string sentence = events.sentence(event_name::file_held);
    BOOST_TEST((sentence.find("cats/a.jpg") != std::string::npos), sentence);
    BOOST_TEST((sentence.find("has no label") != std::string::npos), sentence);
    check_journal({});
}

BOOST_AUTO_TEST_CASE(what_is_given_up_changed_or_set_aside_takes_no_slot_and_has_no_outcome) {
    ends.abandon(start("a.jpg", "1").number);
    ends.changed(start("b.jpg", "2").number);
    ends.set_aside(start("c.jpg", "3").number);
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(slots_heard == 3U);
    BOOST_TEST(events.count(event_name::file_changed) == 1U);
    BOOST_TEST(state.folders[0]->held() == 0U);
    check_journal({});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
