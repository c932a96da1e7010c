#include "retraind/pipeline/intake_loop.hpp"

#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string make = "POST /tags";

std::string picture(const std::string& name = "baseline.jpg") {
    std::ifstream file(std::string(RETRAIND_TEST_DATA) + "/intake/" + name, std::ios::binary);
    BOOST_TEST_REQUIRE(file.good(), name);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// From an arrival to an outcome, with the folder's tags by its first folder.
struct intake_fixture : tagging_fixture {
    intake_fixture() {
        state.identity.kind = project_type::multilabel;
        intake::options labels;
        labels.negative_folder = "_negative";
        state.folders.clear();
        state.folders.push_back(std::make_unique<folder_port>(
            options.watch[0], intake::label_rules::create(labels).value(), watcher));
        know({tag_json(1, "cats"), tag_json(2, "dogs")});
    }
    void know(const std::vector<std::string>& listed) {
        service.tags = list_json(listed);
        BOOST_TEST(run(state.tags.refresh()).has_value());
    }
    /// The ledger knows the content under these labels, as image 5.
    void remember(const std::string& bytes, std::vector<std::string> labels) {
        sha256_hasher hasher;
        hasher.update(std::as_bytes(std::span(bytes)));
        ledger::content_record content;
        content.digest = hasher.finish();
        content.bytes = bytes.size();
        content.image = numbered<image_id>(5);
        content.labels = std::move(labels);
        content.path = "/drop/cats/first.jpg";
        memory.contents.push_back(std::move(content));
    }
    void arrive(const std::string& path, const std::string& bytes) {
        watch::found_file file;
        file.path = path;
        file.identity =
            intake::image_file::open(folder.write("drop/" + path, bytes)).value().identity();
        file.print = fingerprint(drop(), path, file.identity);
        file.first_seen = time.at;
        file.first_seen_wall = time.wall_at;
        intakes.arrive(0, std::move(file));
    }
    void run_to_the_end() {
        std::vector<task<void>> loops;
        loops.push_back(intakes.run());
        loops.push_back(uploads.run());
        loops.push_back(tagging.run());
        run_until(all_of(std::move(loops)), [this] {
            intakes.resume(std::exchange(resumed, {}));
            return intakes.idle() && uploads.idle() && tagging.idle() && state.slots.size() == 0;
        });
    }

    pipeline::intake_loop intakes{state, ends, uploads, tagging};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(intake_loop, intake_fixture)

BOOST_AUTO_TEST_CASE(a_known_picture_under_another_label_gets_that_tag_and_is_not_sent) {
    remember(picture(), {"cats"});
    arrive("dogs/a.jpg", picture());
    service.expect(tag, 200, pairs_json({pair_json(5, 2)}));
    run_to_the_end();
    check_journal({tag, "ledger: record"});
    BOOST_TEST(has(service.bodies.at(0), pair_json(5, 2)));
    BOOST_TEST(!has(service.bodies.at(0), pair_json(5, 1)));
    const ledger::file_outcome row = row_of("dogs/a.jpg");
    BOOST_TEST((row.result == outcome::duplicate));
    BOOST_TEST((row.image == numbered<image_id>(5)));
    BOOST_TEST(row.labels == std::vector<std::string>{"dogs"});
    BOOST_TEST(row.digest.has_value());
}

BOOST_AUTO_TEST_CASE(in_a_multi_class_project_it_is_held_and_both_paths_are_named) {
    state.identity.kind = project_type::multiclass;
    remember(picture(), {"cats"});
    arrive("dogs/a.jpg", picture());
    run_to_the_end();
    check_journal({});
    BOOST_TEST(has(held_sentence(), "/drop/cats/first.jpg"));
    BOOST_TEST(has(held_sentence(), "dogs/a.jpg"));
}

BOOST_AUTO_TEST_CASE(a_tag_that_it_needs_is_made_first) {
    remember(picture(), {"cats"});
    arrive("cows/a.jpg", picture());
    service.expect(make, 200, tag_json(3, "cows"));
    service.expect(tag, 200, pairs_json({pair_json(5, 3)}));
    run_to_the_end();
    check_journal({make, tag, "ledger: record"});
}

BOOST_AUTO_TEST_CASE(a_new_tag_waits_until_a_read_only_project_can_be_written_to) {
    arrive("cows/a.jpg", picture());
    service.expect(make, 403, refusal_json("ForbiddenDRModeEnabled"));
    unsigned looks = 0;
    state.ask_capacity = [&looks] {
        ++looks;
    };
    run_until(intakes.run(), [&] { return looks == 1U && intakes.idle(); });
    BOOST_TEST(intakes.waits_for_tags());
    BOOST_TEST(state.slots.size() == 1U);
    BOOST_TEST(events.count(event_name::file_held) == 0U);
    BOOST_TEST(has(events.sentence(event_name::file_waiting), "read-only"));
    check_journal({make});
}

BOOST_AUTO_TEST_CASE(a_waiting_tag_is_made_when_the_project_can_be_written_to_again) {
    arrive("cows/a.jpg", picture());
    state.capacity.on_read_only_refusal();
    service.expect(make, 200, tag_json(3, "cows"));
    service.expect(post, 200, result_json("cows/a.jpg", "OK", 6));
    std::vector<task<void>> loops;
    loops.push_back(intakes.run());
    loops.push_back(uploads.run());
    run_until(all_of(std::move(loops)), [this] {
        if (intakes.waits_for_tags() && state.capacity.read_only()) {
            BOOST_TEST(intakes.idle());
            BOOST_TEST(service.left() == 2U);
            state.capacity.on_read_only(false, time.at);
            state.capacity.on_read_only(false, time.at + std::chrono::minutes(1));
            BOOST_TEST(!intakes.idle());
            intakes.wake();
        }
        return state.session.confirmed == 1U;
    });
    check_journal({make, post, "ledger: record"});
}

BOOST_AUTO_TEST_CASE(a_picture_whose_image_is_gone_is_sent_as_a_new_one) {
    remember(picture(), {"cats"});
    arrive("dogs/a.jpg", picture());
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    service.expect(post, 200, result_json("dogs/a.jpg", "OK", 6));
    run_to_the_end();
    check_journal({tag, post, "ledger: record"});
    BOOST_TEST(has(service.bodies.at(1), to_string(numbered<tag_id>(2))));
    BOOST_TEST(!has(service.bodies.at(1), to_string(numbered<tag_id>(1))));
    BOOST_TEST((row_of("dogs/a.jpg").result == outcome::confirmed));
    BOOST_TEST((row_of("dogs/a.jpg").image == numbered<image_id>(6)));
}

BOOST_AUTO_TEST_CASE(a_picture_whose_tag_was_deleted_gets_a_new_one_and_is_sent_again) {
    arrive("dogs/a.jpg", picture());
    service.expect(post, 207, result_json("dogs/a.jpg", "ErrorInvalidTag"));
    service.expect(make, 200, tag_json(9, "dogs"));
    service.expect(post, 200, result_json("dogs/a.jpg", "OK", 6));
    service.tags = list_json({tag_json(1, "cats")});
    run_to_the_end();
    check_journal({post, "ledger: record", make, post, "ledger: record"});
    BOOST_TEST(has(service.bodies.at(2), to_string(numbered<tag_id>(9))));
    BOOST_TEST((row_of("dogs/a.jpg").result == outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(what_waited_for_it_goes_on_after_its_tag_was_found_anew) {
    arrive("dogs/a.jpg", picture());
    arrive("dogs/b.jpg", picture()); // the same content
    service.expect(post, 207, result_json("dogs/a.jpg", "ErrorInvalidTag"));
    service.expect(make, 200, tag_json(9, "dogs"));
    service.expect(post, 200, result_json("dogs/a.jpg", "OK", 6));
    service.expect(post, 200, result_json("dogs/b.jpg", "OKDuplicate", 6));
    service.expect(look, 200, list_json({present_json(6, {9})}));
    service.tags = "[]";
    run_to_the_end();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((row_of("dogs/b.jpg").result == outcome::duplicate));
}

BOOST_AUTO_TEST_CASE(a_negative_picture_carries_the_negative_tag_alone) {
    know({tag_json(1, "cats"), tag_json(4, "Background", "Negative")});
    arrive("_negative/a.jpg", picture());
    service.expect(post, 200, result_json("_negative/a.jpg", "OK", 6));
    run_to_the_end();
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(4))));
    BOOST_TEST(row_of("_negative/a.jpg").labels == std::vector<std::string>{"_negative"});
}

BOOST_AUTO_TEST_CASE(a_picture_that_would_be_negative_and_more_is_rejected_without_a_call) {
    arrive("cats/_negative/a.jpg", picture());
    run_to_the_end();
    check_journal({"ledger: record"});
    const ledger::file_outcome row = row_of("cats/_negative/a.jpg");
    BOOST_TEST((row.result == outcome::rejected));
    BOOST_TEST(row.reason.value().code == "ErrorNegativeAndRegularTagOnSameImage");
    BOOST_TEST(has(row.reason.value().sentence, "cats"));
}

BOOST_AUTO_TEST_CASE(a_known_picture_is_not_made_negative_beside_its_tags) {
    remember(picture(), {"cats"});
    arrive("_negative/a.jpg", picture());
    run_to_the_end();
    check_journal({});
    BOOST_TEST(has(held_sentence(), "/drop/cats/first.jpg"));
}

BOOST_AUTO_TEST_CASE(a_full_tag_quota_holds_what_needs_a_new_tag_and_lets_the_others_go) {
    // The tags of 500 are named by two bytes of their ids; the first ones are what is needed here.
    std::vector<std::string> all{tag_json(1, "cats")};
    for (int each = 1; each < 500; ++each) {
        tag_id id = numbered<tag_id>(0);
        id.value.data[0] = static_cast<std::uint8_t>(each % 256);
        id.value.data[1] = static_cast<std::uint8_t>(each / 256 + 1);
        all.push_back(R"({"id":")" + to_string(id) + R"(","name":"tag )" + std::to_string(each) +
                      R"(","type":"Regular"})");
    }
    know(all);
    arrive("cows/a.jpg", picture());
    arrive("cats/b.jpg", picture("progressive.jpg"));
    service.expect(post, 200, result_json("cats/b.jpg", "OK", 6));
    run_to_the_end();
    BOOST_TEST(has(held_sentence(), "500 tags"));
    BOOST_TEST(has(held_sentence(), "cows/a.jpg"));
    BOOST_TEST((row_of("cats/b.jpg").result == outcome::confirmed));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
