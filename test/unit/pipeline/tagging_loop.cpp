#include "retraind/pipeline/tagging_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

tag_id tag_number(std::uint8_t number) {
    return numbered<tag_id>(number);
}

struct several_fixture : tagging_fixture {
    several_fixture() { state.identity.kind = project_type::multilabel; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tagging_loop, several_fixture)

BOOST_AUTO_TEST_CASE(many_pictures_get_their_tags_in_one_call_and_are_duplicates) {
    add("cats/a.jpg", 5, {tag_number(1), tag_number(2)});
    add("cats/b.jpg", 6, {tag_number(2)});
    service.expect(tag, 200, pairs_json({pair_json(5, 1), pair_json(6, 2)}, {pair_json(5, 2)}));
    run_all();
    check_journal({tag, "ledger: record"});
    BOOST_TEST(has(service.bodies.at(0), pair_json(5, 2)));
    BOOST_TEST(has(service.bodies.at(0), pair_json(6, 2)));
    for (const char* path : {"cats/a.jpg", "cats/b.jpg"}) {
        BOOST_TEST((row_of(path).result == outcome::duplicate));
        BOOST_TEST(row_of(path).labels == std::vector<std::string>{"cats"});
    }
    BOOST_TEST((row_of("cats/b.jpg").image == numbered<image_id>(6)));
    BOOST_TEST(confirmed_heard == 1U);
    BOOST_TEST(state.totals.duplicate == 2U);
}

BOOST_AUTO_TEST_CASE(a_call_takes_128_pairs) {
    std::vector<tag_id> fifty;
    std::vector<std::string> first;
    std::vector<std::string> second;
    for (std::uint8_t each = 1; each <= 50; ++each) {
        fifty.push_back(tag_number(each));
        first.push_back(pair_json(5, each));
        first.push_back(pair_json(6, each));
        second.push_back(pair_json(7, each));
    }
    add("cats/a.jpg", 5, fifty);
    add("cats/b.jpg", 6, fifty);
    add("cats/c.jpg", 7, fifty);
    service.expect(tag, 200, pairs_json(first));
    service.expect(tag, 200, pairs_json(second));
    run_all();
    check_journal({tag, "ledger: record", tag, "ledger: record"});
    BOOST_TEST(state.totals.duplicate == 3U);
}

BOOST_AUTO_TEST_CASE(what_fails_for_now_is_tried_again_and_nothing_is_lost) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 503, "");
    service.expect_break(tag, errc::network);
    service.expect(tag, 200, pairs_json({pair_json(5, 1)}));
    run_all();
    check_journal({tag, tag, tag, "ledger: record"});
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U); // the second in a row says so
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_an_obstacle_and_the_picture_keeps_its_slot) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 401, refusal_json("Unauthorized"));
    run_both_until([this] { return !health.ready(); });
    BOOST_TEST(contact.key_refused().has_value());
    BOOST_TEST(state.slots.size() == 1U);
    BOOST_TEST(memory.batches.empty());
}

BOOST_AUTO_TEST_CASE(a_refusal_says_that_the_service_hears_again) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 503, "");
    service.expect_break(tag, errc::network);
    service.expect(tag, 400, refusal_json("BadRequestNegativeAndRegularTagOnSameImage"));
    run_all();
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::rejected));
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U);
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(an_image_that_can_take_no_more_tags_holds_its_picture_alone) {
    add("cats/a.jpg", 5, {tag_number(1), tag_number(2)});
    add("cats/b.jpg", 6, {tag_number(2)});
    service.expect(tag, 200, pairs_json({pair_json(5, 1), pair_json(6, 2)}, {}, {pair_json(5, 2)}));
    run_all();
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(held_sentence(), "no more tags"));
    BOOST_TEST(has(held_sentence(), "cats/a.jpg"));
    BOOST_TEST(state.totals.duplicate == 1U);
}

BOOST_AUTO_TEST_CASE(of_a_refused_call_each_picture_is_tried_alone) {
    add("cats/a.jpg", 5, {tag_number(1)});
    add("cats/b.jpg", 6, {tag_number(1)});
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    service.expect(tag, 200, pairs_json({pair_json(6, 1)}));
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::duplicate));
    // The other's image is gone: its content goes up as a new one.
    BOOST_TEST(resumed == std::vector<journey_number>{1}, boost::test_tools::per_element());
    BOOST_TEST(state.slots.find(1)->image_is_gone);
    BOOST_TEST((state.slots.find(1)->at == journey::stage::arrived));
}

BOOST_AUTO_TEST_CASE(a_refusal_that_says_nothing_of_the_image_is_cleared_up_by_a_read) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 400, refusal_json("BadRequest"));
    service.expect(look, 200, "[]");
    run_all();
    check_journal({tag, look});
    BOOST_TEST(resumed.size() == 1U);
    BOOST_TEST(state.slots.find(1)->image_is_gone);
}

BOOST_AUTO_TEST_CASE(a_refusal_of_an_image_that_is_there_holds_the_picture) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 400, refusal_json("BadRequest"));
    service.expect(look, 200, list_json({present_json(5, {})}));
    service.expect(tag, 400, refusal_json("BadRequest"));
    run_all();
    check_journal({tag, look, tag});
    BOOST_TEST(has(held_sentence(), "said by the service"));
}

BOOST_AUTO_TEST_CASE(an_image_that_keeps_vanishing_holds_the_picture_in_the_end) {
    const journey_number number = add("cats/a.jpg", 5, {tag_number(1)});
    state.slots.find(number)->returns = 3;
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    run_all();
    BOOST_TEST(resumed.empty());
    BOOST_TEST(state.folders[0]->held() == 1U);
}

BOOST_AUTO_TEST_CASE(a_tag_that_is_gone_is_found_anew) {
    service.tags = list_json({tag_json(2, "dogs")});
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 404, refusal_json("NotFoundTag"));
    run_all();
    BOOST_TEST(resumed.size() == 1U);
    BOOST_TEST(state.slots.find(1)->returns == 1U);
    BOOST_TEST(!state.slots.find(1)->image_is_gone);
}

BOOST_AUTO_TEST_CASE(the_negative_tag_beside_regular_ones_is_a_rejection) {
    add("_negative/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 400, refusal_json("BadRequestNegativeAndRegularTagOnSameImage"));
    run_all();
    const ledger::file_outcome row = row_of("_negative/a.jpg");
    BOOST_TEST((row.result == outcome::rejected));
    BOOST_TEST_REQUIRE(row.reason.has_value());
    BOOST_TEST(row.reason->code == "ErrorNegativeAndRegularTagOnSameImage");
    BOOST_TEST(row.reason->service_status.value() == 400U);
    BOOST_TEST(row.reason->request_id == "request-7");
}

BOOST_AUTO_TEST_CASE(an_answer_that_does_not_mention_a_pair_is_looked_into) {
    add("cats/a.jpg", 5, {tag_number(1)});
    service.expect(tag, 200, pairs_json({}));
    service.expect(look, 200, list_json({present_json(5, {1})}));
    run_all();
    check_journal({tag, look, "ledger: record"});
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(a_pair_that_is_never_mentioned_holds_the_picture) {
    add("cats/a.jpg", 5, {tag_number(1)});
    for (int each = 0; each < 5; ++each) {
        service.expect(tag, 200, pairs_json({}));
        if (each < 4) {
            service.expect(look, 200, list_json({present_json(5, {})}));
        }
    }
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(held_sentence(), "5 times"));
}

BOOST_AUTO_TEST_CASE(while_the_project_is_read_only_nothing_is_tried) {
    add("cats/a.jpg", 5, {tag_number(1)});
    unsigned asked = 0;
    state.ask_capacity = [&] {
        ++asked;
    };
    service.expect(tag, 403, refusal_json("ForbiddenDRModeEnabled"));
    run_both_until([&] { return asked > 0; });
    BOOST_TEST(state.capacity.read_only());
    BOOST_TEST(state.slots.size() == 1U);
    check_journal({tag});
}

BOOST_AUTO_TEST_CASE(what_a_duplicate_lacks_is_added_after_a_look) {
    add("cats/a.jpg", 5, {tag_number(1), tag_number(2)}, true);
    add("cats/b.jpg", 6, {tag_number(1)}, true);
    service.expect(look, 200, list_json({present_json(6, {1, 3}), present_json(5, {2})}));
    service.expect(tag, 200, pairs_json({pair_json(5, 1)}));
    run_all();
    check_journal({look, "ledger: record", tag, "ledger: record"});
    BOOST_TEST(has(service.targets.at(0), to_string(numbered<image_id>(6))));
    BOOST_TEST(!has(service.bodies.at(1), pair_json(5, 2)));
    BOOST_TEST(state.totals.duplicate == 2U);
}

BOOST_AUTO_TEST_CASE(a_read_that_fails_is_tried_again) {
    add("cats/a.jpg", 5, {tag_number(1)}, true);
    service.expect_broken_read(look);
    service.expect(look, 200, list_json({present_json(5, {1})}));
    run_all();
    BOOST_TEST(state.totals.duplicate == 1U);
}

BOOST_FIXTURE_TEST_CASE(in_a_multi_class_project_another_tag_holds_with_both_named,
                        tagging_fixture) {
    service.tags = list_json({tag_json(1, "cats"), tag_json(2, "dogs")});
    BOOST_TEST(run(state.tags.refresh()).has_value());
    add("cats/a.jpg", 5, {tag_number(1)}, true);
    service.expect(look, 200, list_json({present_json(5, {2})}));
    run_all();
    check_journal({look});
    BOOST_TEST(has(held_sentence(), "\"dogs\""));
    BOOST_TEST(has(held_sentence(), "\"cats\""));
}

BOOST_FIXTURE_TEST_CASE(in_a_multi_class_project_a_second_tag_is_said, tagging_fixture) {
    service.tags = list_json({tag_json(1, "cats"), tag_json(2, "dogs")});
    BOOST_TEST(run(state.tags.refresh()).has_value());
    add("cats/a.jpg", 5, {tag_number(1)}, true);
    add("cats/b.jpg", 6, {tag_number(1)}, true);
    service.expect(look, 200, list_json({present_json(5, {1, 2}), present_json(6, {})}));
    service.expect(tag, 200, pairs_json({pair_json(6, 1)}));
    run_all();
    BOOST_TEST(state.totals.duplicate == 2U);
    const auto warned = std::count_if(events.all.begin(), events.all.end(), [](const event& each) {
        return each.level == severity::warning && has(each.sentence, "\"dogs\" before");
    });
    BOOST_TEST(warned == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
