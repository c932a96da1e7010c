// What the tags and the limits of the project mean for pictures that are sent.
#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

/// Sends one picture that is answered with that status once, and runs until it is dealt with.
struct answered_fixture : tagging_fixture {
    journey_number answer(const std::string& status) {
        const journey_number number = plan("a.jpg");
        service.expect(post, 207, result_json("a.jpg", status));
        run_all();
        return number;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(upload_tags, answered_fixture)

BOOST_AUTO_TEST_CASE(a_picture_whose_tag_is_gone_goes_back_to_have_it_found_anew) {
    for (const char* status : {"ErrorInvalidTag", "ErrorUnknown"}) {
        answered_fixture fresh;
        fresh.service.tags = list_json({tag_json(8, "cats")});
        const journey_number number = fresh.answer(status);
        BOOST_TEST_REQUIRE(fresh.resumed.size() == 1U, status);
        BOOST_TEST(fresh.resumed[0] == number);
        BOOST_TEST((fresh.state.slots.find(number)->at == journey::stage::arrived));
        BOOST_TEST(fresh.state.totals.rejected == 0U);
        BOOST_TEST(fresh.state.tags.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(it_is_held_when_that_never_helps) {
    const journey_number number = plan("a.jpg");
    state.slots.find(number)->returns = 3;
    service.expect(post, 207, result_json("a.jpg", "ErrorInvalidTag"));
    run_all();
    BOOST_TEST(resumed.empty());
    BOOST_TEST(has(held_sentence(), "does not know them"));
}

BOOST_AUTO_TEST_CASE(a_picture_is_rejected_for_a_tag_that_the_project_does_have) {
    service.tags = list_json({tag_json(7, "cats")});
    answer("ErrorInvalidTag");
    BOOST_TEST(resumed.empty());
    BOOST_TEST(row_of("a.jpg").reason.value().code == "ErrorInvalidTag");
}

BOOST_AUTO_TEST_CASE(a_request_refused_for_a_tag_sends_only_its_pictures_back) {
    for (const char* code : {"NotFoundTag", "BadRequestImageTags"}) {
        answered_fixture fresh;
        fresh.service.tags = list_json({tag_json(7, "cats")});
        const journey_number lost = fresh.start("a.jpg", "a").number;
        fresh.state.slots.find(lost)->tags = {numbered<tag_id>(9)};
        fresh.uploads.add(*fresh.state.slots.find(lost));
        fresh.plan("b.jpg");
        fresh.service.expect(post, std::string(code) == "NotFoundTag" ? 404 : 400,
                             refusal_json(code));
        fresh.service.expect(post, 200, result_json("b.jpg", "OK", 6));
        fresh.run_all();
        BOOST_TEST(fresh.service.left() == 0U, code);
        BOOST_TEST(fresh.resumed == std::vector<journey_number>{lost},
                   boost::test_tools::per_element());
        BOOST_TEST(!has(fresh.service.bodies.at(1), "\"a.jpg\""));
        BOOST_TEST((fresh.row_of("b.jpg").result == outcome::confirmed));
    }
}

BOOST_AUTO_TEST_CASE(a_request_refused_although_all_its_tags_are_there_is_bisected) {
    service.tags = list_json({tag_json(7, "cats")});
    plan("a.jpg");
    service.expect(post, 400, refusal_json("BadRequestImageTags"));
    run_all();
    BOOST_TEST(resumed.empty());
    BOOST_TEST(has(held_sentence(), "said by the service"));
}

BOOST_AUTO_TEST_CASE(a_duplicates_tags_are_made_sure_of_before_its_outcome) {
    state.identity.kind = project_type::multilabel;
    plan("a.jpg");
    service.expect(post, 200, result_json("a.jpg", "OKDuplicate", 5));
    service.expect(look, 200, list_json({present_json(5, {2})}));
    service.expect(tag, 200, pairs_json({pair_json(5, 7)}));
    run_all();
    check_journal({post, "ledger: record", look, tag, "ledger: record"});
    BOOST_TEST((row_of("a.jpg").result == outcome::duplicate));
    BOOST_TEST((row_of("a.jpg").image == numbered<image_id>(5)));
    BOOST_TEST(row_of("a.jpg").digest.has_value());
}

BOOST_AUTO_TEST_CASE(an_untagged_duplicate_has_nothing_to_be_made_sure_of) {
    journey& each = start("a.jpg", "a");
    each.tags.clear();
    each.labels.clear();
    uploads.add(each);
    service.expect(post, 200, result_json("a.jpg", "OKDuplicate", 5));
    run_all();
    check_journal({post, "ledger: record"});
}

BOOST_AUTO_TEST_CASE(tags_that_a_request_does_not_take_follow_and_then_it_is_confirmed) {
    state.identity.kind = project_type::multilabel;
    journey& each = start("a.jpg", "a");
    each.tags.clear();
    std::vector<std::string> rest;
    for (std::uint8_t number = 1; number <= 23; ++number) {
        each.tags.push_back(numbered<tag_id>(number));
        if (number > 20) {
            rest.push_back(pair_json(5, number));
        }
    }
    uploads.add(each);
    plan("b.jpg");
    service.expect(post, 200, result_json("a.jpg", "OK", 5));
    service.expect(tag, 200, pairs_json(rest));
    service.expect(post, 200, result_json("b.jpg", "OK", 6));
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(20))));
    BOOST_TEST(!has(service.bodies.at(0), to_string(numbered<tag_id>(21))));
    BOOST_TEST((row_of("a.jpg").result == outcome::confirmed));
    BOOST_TEST((row_of("a.jpg").image == numbered<image_id>(5)));
    BOOST_TEST(row_of("a.jpg").digest.has_value());
    BOOST_TEST(state.totals.confirmed == 2U);
}

BOOST_AUTO_TEST_CASE(without_its_outcome_such_a_picture_is_a_duplicate_that_gets_them_all) {
    state.identity.kind = project_type::multilabel;
    journey& each = start("a.jpg", "a");
    each.tags.clear();
    for (std::uint8_t number = 1; number <= 21; ++number) {
        each.tags.push_back(numbered<tag_id>(number));
    }
    uploads.add(each);
    std::vector<std::uint8_t> there;
    for (std::uint8_t number = 1; number <= 20; ++number) {
        there.push_back(number);
    }
    service.expect(post, 200, result_json("a.jpg", "OKDuplicate", 5));
    service.expect(look, 200, list_json({present_json(5, there)}));
    service.expect(tag, 200, pairs_json({pair_json(5, 21)}));
    run_all();
    BOOST_TEST((row_of("a.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(a_second_tag_that_a_multi_class_project_refuses_is_a_conflict) {
    answer("ErrorTagLimitExceed");
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(held_sentence(), "under another tag"));
    BOOST_TEST(has(held_sentence(), "\"cats\""));
}

BOOST_AUTO_TEST_CASE(in_a_multi_label_project_the_limit_of_tags_is_one) {
    state.identity.kind = project_type::multilabel;
    answer("ErrorTagLimitExceed");
    BOOST_TEST(has(held_sentence(), "limit of tags"));
}

BOOST_AUTO_TEST_CASE(a_full_quota_stops_uploads_and_takes_no_outcome) {
    unsigned asked = 0;
    state.ask_capacity = [&] {
        ++asked;
    };
    plan("a.jpg");
    service.expect(post, 207, result_json("a.jpg", "ErrorLimitExceed"));
    run_both_until([&] { return asked > 0 && uploads.stopped(); });
    BOOST_TEST(state.capacity.full());
    BOOST_TEST(state.folders[0]->held() == 0U);
    BOOST_TEST(state.totals.rejected == 0U);
    BOOST_TEST(state.slots.size() == 1U);
    BOOST_TEST(!uploads.idle()); // it is planned again
}

BOOST_AUTO_TEST_CASE(after_room_is_there_again_the_same_picture_goes) {
    state.ask_capacity = [this] {
        boost::asio::post(loop, [this] {
            state.capacity.on_images(50, time.at);
            state.capacity.on_images(49, time.at);
            uploads.wake();
        });
    };
    plan("a.jpg");
    service.expect(post, 207, result_json("a.jpg", "ErrorLimitExceed"));
    service.expect(post, 200, result_json("a.jpg", "OK", 5));
    run_all();
    BOOST_TEST((row_of("a.jpg").result == outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(no_more_is_sent_than_there_is_room_for) {
    unsigned asked = 0;
    state.ask_capacity = [&] {
        ++asked;
    };
    state.capacity = pipeline::capacity_tracker(capacity_status{{0, 10}, {0, 50}, {0, 20}});
    state.capacity.on_images(9, time.at);
    plan("a.jpg");
    plan("b.jpg");
    service.expect(post, 200, result_json("a.jpg", "OK", 5));
    run_both_until([&] { return asked > 0 && uploads.stopped() && memory.batches.size() == 1; });
    BOOST_TEST(!has(service.bodies.at(0), "b.jpg"));
    BOOST_TEST(state.capacity.status().images.used == 10U);
    BOOST_TEST(state.slots.size() == 1U);
    check_journal({post, "ledger: record"});
}

BOOST_AUTO_TEST_CASE(a_read_only_project_is_sent_nothing) {
    unsigned asked = 0;
    state.ask_capacity = [&] {
        ++asked;
    };
    plan("a.jpg");
    service.expect(post, 403, refusal_json("ForbiddenDRModeEnabled"));
    run_both_until([&] { return asked > 0 && uploads.stopped(); });
    BOOST_TEST(state.capacity.read_only());
    BOOST_TEST(state.slots.size() == 1U);
    check_journal({post});
}

BOOST_AUTO_TEST_CASE(twenty_distinct_tags_go_in_a_request_however_they_are_shared) {
    for (std::uint8_t each = 1; each <= 20; ++each) {
        journey& planned = start("a" + std::to_string(each) + ".jpg", std::to_string(each));
        planned.tags = {numbered<tag_id>(100), numbered<tag_id>(each)};
        uploads.add(planned);
    }
    service.expect(post, 503, "");
    run_both_until([this] { return service.bodies.size() == 1; });
    std::set<std::string> distinct;
    const std::string& body = service.bodies.at(0);
    constexpr std::string_view zeros = "00000000-0000-0000-0000-0000000000";
    for (auto at = body.find(zeros); at != std::string::npos; at = body.find(zeros, at + 1)) {
        distinct.insert(body.substr(at, 36));
    }
    BOOST_TEST(distinct.size() == 20U);
    BOOST_TEST(!has(body, "a20.jpg"));
    BOOST_TEST(has(body, "a19.jpg"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
