#include "retraind/pipeline/upload_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = "POST /images/files";
const std::string look = "GET /images/id";

struct upload_fixture : project_fixture {
    /// Plans a file of that content.
    journey_number plan(const std::string& path, const std::string& bytes) {
        journey& each = start(path, bytes);
        uploads.add(each);
        return each.number;
    }
    /// Until everything that was planned has its end.
    void send_all() {
        std::vector<task<void>> loops;
        loops.push_back(uploads.run());
        loops.push_back(tagging.run());
        run_until(all_of(std::move(loops)),
                  [this] { return uploads.idle() && state.slots.size() == 0; });
    }

    pipeline::tagging_loop tagging{state, ends};
    pipeline::upload_loop uploads{state, ends, tagging, 1};
};

std::string image_json(const std::string& name, const std::string& status, std::uint8_t image = 0) {
    std::string text = R"({"sourceUrl":")" + name + R"(","status":")" + status + R"(","image":)";
    if (image == 0) {
        return text + "null}";
    }
    return text + R"({"id":")" + to_string(numbered<image_id>(image)) +
           R"(","created":"2026-11-23T10:00:00.000Z","width":10,"height":10}})";
}

std::string summary_json(const std::vector<std::string>& images) {
    return R"({"isBatchSuccessful":true,"images":)" + list_json(images) + "}";
}

/// An image that has the tag of the fixture's journeys.
std::string tagged_json(std::uint8_t image) {
    return R"([{"id":")" + to_string(numbered<image_id>(image)) + R"(","tags":[{"tagId":")" +
           to_string(numbered<tag_id>(7)) + R"("}]}])";
}

sha256 digest_of(const std::string& text) {
    sha256_hasher hasher;
    hasher.update(std::as_bytes(std::span(text)));
    return hasher.finish();
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(upload_loop, upload_fixture)

BOOST_AUTO_TEST_CASE(sends_a_picture_with_its_tag_and_records_what_became_of_it) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 200, summary_json({image_json("cats/a.jpg", "OK", 5)}));
    send_all();
    check_journal({post, "ledger: record"});
    BOOST_TEST(has(service.bodies.at(0), "cGljdHVyZSBh")); // the picture in base64
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(7))));
    const ledger::file_outcome row = row_of("cats/a.jpg");
    BOOST_TEST((row.result == outcome::confirmed));
    BOOST_TEST((row.image == numbered<image_id>(5)));
    BOOST_TEST((row.digest == digest_of("picture a")));
    BOOST_TEST(memory.batches[0].request_id == "request-7");
    BOOST_TEST(memory.batches[0].body_bytes == service.bodies.at(0).size());
    BOOST_TEST(confirmed_heard == 1U);
}

BOOST_AUTO_TEST_CASE(each_picture_of_a_batch_has_the_outcome_that_is_said_of_it) {
    plan("cats/a.jpg", "picture a");
    plan("cats/b.jpg", "picture b");
    plan("cats/c.jpg", "picture c");
    service.expect(post, 207,
                   summary_json({image_json("cats/c.jpg", "ErrorImageFormat"),
                                 image_json("cats/b.jpg", "OKDuplicate", 6),
                                 image_json("cats/a.jpg", "OK", 5)}));
    service.expect(look, 200, tagged_json(6));
    send_all();
    check_journal({post, "ledger: record", look, "ledger: record"});
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::confirmed));
    BOOST_TEST((row_of("cats/a.jpg").image == numbered<image_id>(5)));
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::duplicate));
    BOOST_TEST((row_of("cats/b.jpg").image == numbered<image_id>(6)));
    const ledger::file_outcome refused = row_of("cats/c.jpg");
    BOOST_TEST((refused.result == outcome::rejected));
    BOOST_TEST_REQUIRE(refused.reason.has_value());
    BOOST_TEST(refused.reason->code == "ErrorImageFormat");
    BOOST_TEST(refused.reason->attempts == 1U);
    BOOST_TEST(refused.reason->service_status.value() == 207U);
    BOOST_TEST(refused.reason->request_id == "request-7");
    BOOST_TEST(!refused.reason->mend.empty());
}

BOOST_AUTO_TEST_CASE(a_picture_that_the_answer_does_not_mention_is_sent_again_alone) {
    plan("cats/a.jpg", "picture a");
    plan("cats/b.jpg", "picture b");
    service.expect(post, 200, summary_json({image_json("cats/a.jpg", "OK", 5)}));
    service.expect(post, 200, summary_json({image_json("cats/b.jpg", "OKDuplicate", 6)}));
    service.expect(look, 200, tagged_json(6));
    send_all();
    check_journal({post, "ledger: record", post, "ledger: record", look, "ledger: record"});
    BOOST_TEST(!has(service.bodies.at(1), "cats/a.jpg"));
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::confirmed));
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::duplicate));
    BOOST_TEST((row_of("cats/b.jpg").digest == digest_of("picture b")));
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_put_off_five_times_is_held) {
    plan("cats/a.jpg", "picture a");
    for (int each = 0; each < 5; ++each) {
        service.expect(post, 207, summary_json({image_json("cats/a.jpg", "ErrorStorage")}));
    }
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(events.sentence(event_name::file_held), "5 times"));
    for (const ledger::batch_record& each : memory.batches) {
        BOOST_TEST(each.files.empty());
    }
}

BOOST_AUTO_TEST_CASE(after_an_unclear_answer_all_is_sent_again_and_comes_back_as_duplicate) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 503, "");
    service.expect(post, 200, summary_json({image_json("cats/a.jpg", "OKDuplicate", 5)}));
    service.expect(look, 200, tagged_json(5));
    send_all();
    check_journal({post, post, "ledger: record", look, "ledger: record"});
    BOOST_TEST((row_of("cats/a.jpg").result == outcome::duplicate));
    BOOST_TEST((row_of("cats/a.jpg").image == numbered<image_id>(5)));
    BOOST_TEST(events.count(event_name::batch_failed) == 1U);
    BOOST_TEST(events.count(event_name::project_not_ready) == 0U);
}

BOOST_AUTO_TEST_CASE(a_body_that_is_too_large_is_sent_again) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 413, "");
    service.expect(post, 200, summary_json({image_json("cats/a.jpg", "OK", 5)}));
    send_all();
    check_journal({post, post, "ledger: record"});
}

BOOST_AUTO_TEST_CASE(one_failure_is_no_obstacle_and_a_second_in_a_row_is_until_a_success) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 500, "");
    service.expect(post, 500, "");
    service.expect(post, 200, summary_json({image_json("cats/a.jpg", "OK", 5)}));
    send_all();
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U);
    BOOST_TEST(events.count(event_name::project_ready) == 1U);
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(of_a_batch_that_is_refused_the_culprit_is_found_and_the_others_go) {
    plan("cats/a.jpg", "picture a");
    plan("cats/b.jpg", "picture b");
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    service.expect(post, 200, summary_json({image_json("cats/b.jpg", "OK", 6)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::confirmed));
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(events.sentence(event_name::file_held), "cats/a.jpg"));
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_refused_alone_is_held) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    send_all();
    BOOST_TEST(state.folders[0]->held() == 1U);
    BOOST_TEST(has(events.sentence(event_name::file_held), "said by the service"));
}

BOOST_AUTO_TEST_CASE(a_file_that_changed_on_its_way_is_not_sent_and_the_others_are) {
    plan("cats/a.jpg", "picture a");
    plan("cats/b.jpg", "picture b");
    folder.write("drop/cats/a.jpg", "another picture");
    service.expect(post, 200, "");
    service.expect(post, 200, summary_json({image_json("cats/b.jpg", "OK", 6)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(events.count(event_name::file_changed) == 1U);
    BOOST_TEST_REQUIRE(service.bodies.size() == 1U);
    BOOST_TEST(!has(service.bodies[0], "cats/a.jpg"));
    BOOST_TEST(memory.batches.size() == 1U);
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_gone_is_given_up_without_an_outcome) {
    plan("cats/a.jpg", "picture a");
    std::filesystem::remove(folder.at("drop/cats/a.jpg"));
    service.expect(post, 200, "");
    send_all();
    BOOST_TEST(memory.batches.empty());
    BOOST_TEST(service.bodies.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_an_obstacle_and_a_stop_ends_the_wait) {
    plan("cats/a.jpg", "picture a");
    service.expect(post, 401, refusal_json("Unauthorized"));
    run_until(uploads.run(), [this] { return !health.ready(); });
    BOOST_TEST(contact.key_refused().has_value());
    BOOST_TEST(memory.batches.empty());
    BOOST_TEST(state.slots.size() == 1U);
    check_journal({post});
}

BOOST_AUTO_TEST_CASE(two_names_that_meet_are_told_apart_in_the_answer) {
    plan("cats/a\x01.jpg", "picture a");
    plan("cats/a%01.jpg", "picture b");
    service.expect(post, 200,
                   summary_json({image_json("cats/a%01~2.jpg", "OKDuplicate", 6),
                                 image_json("cats/a%01.jpg", "OK", 5)}));
    service.expect(look, 200, tagged_json(6));
    send_all();
    BOOST_TEST((row_of("cats/a\x01.jpg").image == numbered<image_id>(5)));
    BOOST_TEST((row_of("cats/a%01.jpg").image == numbered<image_id>(6)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
