// Boxes on pictures that the project has already.
#include <boost/test/unit_test.hpp>

#include "retraind/pipeline/tagging_loop.hpp"
#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;
using customvision::region;

namespace {

const std::string mark = "POST /images/regions";

region box(std::uint8_t tag, double left) {
    return {numbered<tag_id>(tag), left, 0.25, 0.125, 0.5};
}

std::string box_members(const region& each) {
    return R"("tagId":")" + to_string(each.tag) + R"(","left":)" + std::to_string(each.left) +
           R"(,"top":)" + std::to_string(each.top) + R"(,"width":)" + std::to_string(each.width) +
           R"(,"height":)" + std::to_string(each.height) + "}";
}

std::string entry_json(std::uint8_t image, const region& each) {
    return R"({"imageId":")" + to_string(numbered<image_id>(image)) + R"(",)" + box_members(each);
}

std::string marked_json(std::uint8_t image, const std::vector<std::uint8_t>& tags,
                        const std::vector<region>& regions) {
    std::vector<std::string> boxes;
    for (const region& each : regions) {
        boxes.push_back("{" + box_members(each));
    }
    std::string present = present_json(image, tags);
    present.pop_back();
    return present + R"(,"regions":)" + list_json(boxes) + "}";
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

struct detection_fixture : tagging_fixture {
    detection_fixture() {
        state.identity.kind = project_type::detection;
        service.tags = list_json({tag_json(1, "cat"), tag_json(2, "dog")});
        BOOST_TEST_REQUIRE(run(state.tags.refresh()).has_value());
    }
    journey_number add_marked(const std::string& path, std::uint8_t image,
                              std::vector<tag_id> wanted, std::vector<region> regions) {
        journey& each = start(path, path);
        each.at = journey::stage::planned;
        each.tags = std::move(wanted);
        each.regions = std::move(regions);
        tagging.add(each, numbered<image_id>(image), false);
        return each.number;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tagging_regions, detection_fixture)

BOOST_AUTO_TEST_CASE(the_boxes_that_an_image_lacks_are_added_with_their_tags) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0), box(1, 0.5)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {box(1, 0.5)})}));
    service.expect(mark, 200, pairs_json({entry_json(5, box(1, 0))}));
    run_all();
    check_journal({look, mark, "ledger: record"});
    BOOST_TEST(count_of(service.bodies.at(1), "imageId") == 1U);
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::duplicate));
    BOOST_TEST((row_of("cats/a.jpg").image == numbered<image_id>(5)));
    BOOST_TEST(events.count(event_name::regions_created) == 1U);
    BOOST_TEST(confirmed_heard == 1U);
}

BOOST_AUTO_TEST_CASE(boxes_that_are_there_cost_a_read_and_nothing_else) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 1.0 / 3)});
    const region single{numbered<tag_id>(1), static_cast<float>(1.0 / 3), 0.25, 0.125, 0.5};
    service.expect(look, 200, list_json({marked_json(5, {1}, {single, box(2, 0)})}));
    run_all();
    check_journal({look, "ledger: record"});
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(tags_without_a_box_are_added_by_a_call_of_their_own) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1), numbered<tag_id>(2)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {}, {})}));
    service.expect(tag, 200, pairs_json({pair_json(5, 2)}));
    service.expect(mark, 200, pairs_json({entry_json(5, box(1, 0))}));
    run_all();
    check_journal({look, tag, mark, "ledger: record"});
    BOOST_TEST(!has(service.bodies.at(1), pair_json(5, 1)));
}

BOOST_AUTO_TEST_CASE(more_boxes_than_a_call_takes_go_in_several) {
    std::vector<region> hundred;
    std::vector<std::string> first;
    std::vector<std::string> second;
    for (int each = 0; each < 100; ++each) {
        hundred.push_back(box(1, each / 200.0));
        (each < 64 ? first : second).push_back(entry_json(5, hundred.back()));
    }
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, hundred);
    add_marked("cats/b.jpg", 6, {numbered<tag_id>(2)}, {box(2, 0)});
    service.expect(look, 200, list_json({marked_json(5, {}, {}), marked_json(6, {}, {})}));
    service.expect(mark, 200, pairs_json({entry_json(6, box(2, 0))}));
    service.expect(mark, 207, pairs_json(first));
    service.expect(mark, 207, pairs_json({}, second));
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(count_of(service.bodies.at(2), "imageId") == 64U);
    BOOST_TEST(count_of(service.bodies.at(3), "imageId") == 36U);
    BOOST_TEST(state.totals.duplicate == 2U);
}

BOOST_AUTO_TEST_CASE(a_picture_that_would_have_more_than_300_is_held_and_the_number_said) {
    std::vector<region> many;
    for (int each = 0; each < 299; ++each) {
        many.push_back(box(2, each / 400.0));
    }
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0), box(1, 0.5)});
    add_marked("cats/b.jpg", 6, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, many), marked_json(6, {1}, {})}));
    service.expect(mark, 200, pairs_json({entry_json(6, box(1, 0))}));
    run_all();
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(held_sentence(), "299 boxes"));
    BOOST_TEST(has(held_sentence(), "takes 300"));
    BOOST_TEST(state.totals.duplicate == 1U);
}

BOOST_AUTO_TEST_CASE(a_box_that_the_service_has_no_room_for_holds_its_picture_alone) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    add_marked("cats/b.jpg", 6, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {}), marked_json(6, {1}, {})}));
    service.expect(mark, 207,
                   pairs_json({entry_json(6, box(1, 0))}, {}, {entry_json(5, box(1, 0))}));
    run_all();
    BOOST_TEST(has(held_sentence(), "cats/a.jpg"));
    BOOST_TEST(has(held_sentence(), "no more boxes"));
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(an_image_that_is_gone_is_sent_again) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, "[]");
    run_all();
    BOOST_TEST(resumed.size() == 1U);
    BOOST_TEST(state.slots.find(1)->image_is_gone);
}

BOOST_AUTO_TEST_CASE(an_image_that_goes_between_look_and_call_is_sent_again) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {})}));
    service.expect(mark, 404, refusal_json("NotFoundImage"));
    run_all();
    BOOST_TEST(resumed.size() == 1U);
    BOOST_TEST(state.slots.find(1)->image_is_gone);
}

BOOST_AUTO_TEST_CASE(what_fails_for_now_is_tried_again) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {})}));
    service.expect_break(mark, errc::network);
    service.expect(mark, 200, pairs_json({}, {entry_json(5, box(1, 0))}));
    run_all();
    check_journal({look, mark, mark, "ledger: record"});
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(of_a_refused_call_each_picture_is_tried_alone) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    add_marked("cats/b.jpg", 6, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {}), marked_json(6, {1}, {})}));
    service.expect(mark, 400, refusal_json("BadRequestImageRegions"));
    // The answers' order put the second to the front.
    service.expect(mark, 200, pairs_json({entry_json(6, box(1, 0))}));
    service.expect(mark, 400, refusal_json("BadRequestImageRegions"));
    service.expect(look, 200, list_json({marked_json(5, {1}, {})}));
    service.expect(mark, 400, refusal_json("BadRequestImageRegions"));
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::duplicate));
    BOOST_TEST(has(held_sentence(), "cats/a.jpg"));
    BOOST_TEST(has(held_sentence(), "boxes that it lacks"));
}

BOOST_AUTO_TEST_CASE(a_tag_that_is_gone_is_found_anew) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {}, {})}));
    service.expect(mark, 404, refusal_json("NotFoundTag"));
    service.tags = list_json({tag_json(2, "dog")});
    run_all();
    BOOST_TEST(resumed.size() == 1U);
    BOOST_TEST(!state.slots.find(1)->image_is_gone);
}

BOOST_AUTO_TEST_CASE(an_answer_that_does_not_mention_a_box_is_looked_into) {
    add_marked("cats/a.jpg", 5, {numbered<tag_id>(1)}, {box(1, 0)});
    service.expect(look, 200, list_json({marked_json(5, {1}, {})}));
    service.expect(mark, 200, pairs_json({}));
    service.expect(look, 200, list_json({marked_json(5, {1}, {box(1, 0)})}));
    run_all();
    check_journal({look, mark, look, "ledger: record"});
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(of_an_upload_that_is_a_duplicate_the_boxes_are_made_sure_of) {
    journey& each = start("a.jpg", "a");
    each.tags = {numbered<tag_id>(1)};
    each.regions = {box(1, 0)};
    uploads.add(each);
    service.expect(post, 200, result_json("a.jpg", "OKDuplicate", 5));
    service.expect(look, 200, list_json({marked_json(5, {1}, {})}));
    service.expect(mark, 200, pairs_json({entry_json(5, box(1, 0))}));
    run_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((row_of("a.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(boxes_of_tags_that_did_not_fit_in_the_request_follow_the_picture) {
    options.batch.max_tags = 1;
    pipeline::upload_loop narrow{state, ends, tagging, 1};
    journey& each = start("a.jpg", "a");
    each.tags = {numbered<tag_id>(1), numbered<tag_id>(2)};
    each.regions = {box(1, 0), box(2, 0)};
    narrow.add(each);
    service.expect(post, 200, result_json("a.jpg", "OK", 5));
    service.expect(mark, 200, pairs_json({entry_json(5, box(2, 0))}));
    std::vector<task<void>> loops;
    loops.push_back(narrow.run());
    loops.push_back(tagging.run());
    run_until(all_of(std::move(loops)), [this] { return state.slots.size() == 0; });
    BOOST_TEST(!has(service.bodies.at(0), to_string(numbered<tag_id>(2))));
    BOOST_TEST((row_of("a.jpg").result == outcome::confirmed));
    BOOST_TEST((row_of("a.jpg").image == numbered<image_id>(5)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
