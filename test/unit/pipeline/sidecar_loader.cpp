#include "retraind/pipeline/intake_loop.hpp"
#include "retraind/pipeline/tagging_loop.hpp"

#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = "POST /images/files";

std::string sample(const std::string& name) {
    std::ifstream file(std::string(RETRAIND_TEST_DATA) + "/intake/" + name, std::ios::binary);
    BOOST_TEST_REQUIRE(file.good(), name);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A detection project whose folder has sidecars; its tags are cat (1) and dog (2).
struct sidecar_fixture : project_fixture {
    sidecar_fixture() {
        options.watch[0].intake.sidecars = {intake::sidecar_format::yolo,
                                            intake::sidecar_format::json};
        state.identity.kind = project_type::detection;
        service.tags = list_json({tag_json(1, "cat"), tag_json(2, "dog")});
        const auto known = run(tags.refresh());
        BOOST_TEST_REQUIRE(known.has_value());
    }

    static std::string tag_json(std::uint8_t number, const std::string& name) {
        return R"({"id":")" + to_string(numbered<tag_id>(number)) + R"(","name":")" + name +
               R"(","type":"Regular","imageCount":0})";
    }
    /// A picture that was complete long enough for what lies beside it.
    void arrive(const std::string& path) {
        folder.write("drop/" + path, sample("baseline.jpg"));
        meet(path);
    }
    file_identity identity_of(const std::string& path) {
        return intake::image_file::open(drop() + "/" + path).value().identity();
    }
    void meet(const std::string& path) {
        watch::found_file file;
        file.path = path;
        file.identity = identity_of(path);
        file.print = fingerprint(drop(), path, file.identity);
        file.first_seen = time.at - std::chrono::minutes(5);
        file.first_seen_wall = time.wall_at;
        intake.arrive(0, std::move(file));
    }
    /// Until the intake has nothing to do.
    void take_in() {
        run_until(intake.run(), [this] { return intake.idle(); });
    }
    journey& only_journey() {
        BOOST_TEST_REQUIRE(state.slots.size() == 1U);
        return *state.slots.find(1);
    }

    pipeline::tagging_loop tagging{state, ends};
    pipeline::upload_loop uploads{state, ends, tagging, 1};
    pipeline::intake_loop intake{state, ends, uploads, tagging};
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(sidecar_loader, sidecar_fixture)

BOOST_AUTO_TEST_CASE(boxes_become_regions_and_their_tags_the_pictures) {
    folder.write("drop/dog/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("dog/a.jpg");
    take_in();
    const journey& each = only_journey();
    BOOST_TEST((each.labels == std::vector<std::string>{"cat", "dog"}));
    BOOST_TEST((each.tags == std::vector<tag_id>{numbered<tag_id>(1), numbered<tag_id>(2)}));
    BOOST_TEST_REQUIRE(each.regions.size() == 1U);
    BOOST_TEST(
        (each.regions[0] == customvision::region{numbered<tag_id>(1), 0.25, 0.25, 0.5, 0.5}));
}

BOOST_AUTO_TEST_CASE(the_boxes_of_a_picture_that_is_there_are_for_its_image) {
    folder.write("drop/dog/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("dog/a.jpg");
    const std::string path = drop() + "/dog/a.jpg";
    const file_identity identity = intake::image_file::open(path).value().identity();
    ledger::content_record known;
    known.digest = intake::hash_file(path, identity).value();
    known.bytes = identity.size;
    known.image = numbered<image_id>(5);
    known.labels = {"cat", "dog"};
    known.path = "/elsewhere/a.jpg";
    memory.contents.push_back(known);
    take_in();
    const journey& each = only_journey();
    BOOST_TEST((each.existing == numbered<image_id>(5)));
    // The ledger knows that it has "dog"; whether a person took that off is not ours to judge.
    BOOST_TEST((each.tags == std::vector<tag_id>{numbered<tag_id>(1)}));
    BOOST_TEST(each.regions.size() == 1U);
    BOOST_TEST(uploads.idle());
    BOOST_TEST(!tagging.idle());
    BOOST_TEST(memory.batches.empty());
}

BOOST_AUTO_TEST_CASE(a_mended_sidecar_has_its_rejected_picture_tried_again) {
    options.watch[0].watch.scan_every = duration::zero();
    folder.write("drop/cat/a.txt", "0 0.5 0.5 wide 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("cat/a.jpg");
    bool mended = false;
    run_until(intake.run(), [&] {
        if (!mended && memory.batches.size() == 1 && state.slots.size() == 0) {
            mended = true;
            BOOST_TEST(!state.folders[0]->rejected_beside().empty());
            // Of another size: a file system's clock may stand still between two writes.
            folder.write("drop/cat/a.txt", "0 0.5 0.5 0.125 0.5\n");
        }
        if (mended) {
            time.at += std::chrono::minutes(1); // a look may have been under way
            intake.slots_freed();
        }
        return mended && state.folders[0]->rejected_beside().empty();
    });
    BOOST_TEST(row_of("cat/a.jpg").reason.value().code == "Sidecar");
}

BOOST_AUTO_TEST_CASE(what_was_rejected_with_the_same_sidecar_is_not_rejected_again) {
    folder.write("drop/cat/a.txt", "0 0.5 0.5 wide 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("cat/a.jpg");
    const file_identity first = identity_of("cat/a.jpg");
    unsigned met = 1;
    run_until(intake.run(), [&] {
        const bool at_rest = intake.idle() && state.slots.size() == 0;
        if (at_rest && met == 1) {
            meet("cat/a.jpg"); // as after a restart: the same file, and the watcher knows its mark
            met = 2;
        } else if (at_rest && met == 2) {
            met = 3;
        }
        return met == 3;
    });
    BOOST_TEST(memory.batches.size() == 1U);
    BOOST_TEST((row_of("cat/a.jpg").identity != first)); // its sidecar is part of it
    BOOST_TEST(state.totals.rejected == 1U);
    BOOST_TEST(state.folders[0]->held() == 0U);
}

BOOST_AUTO_TEST_CASE(where_rejected_pictures_go_aside_nothing_is_watched) {
    options.watch[0].disposal.rejected = folder.make_folder("rejected");
    folder.write("drop/cat/a.txt", "0 0.5 0.5 wide 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("cat/a.jpg");
    run_until(intake.run(), [this] { return memory.batches.size() == 1 && intake.idle(); });
    BOOST_TEST(state.folders[0]->rejected_beside().empty());
}

BOOST_AUTO_TEST_CASE(a_picture_with_regions_needs_no_folder) {
    folder.write("drop/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("a.jpg");
    take_in();
    BOOST_TEST((only_journey().labels == std::vector<std::string>{"cat"}));
    BOOST_TEST(state.folders[0]->held() == 0U);
}

BOOST_AUTO_TEST_CASE(a_sidecar_without_a_box_is_no_label) {
    folder.write("drop/a.txt", "");
    folder.write("drop/classes.txt", "cat\n");
    arrive("a.jpg");
    take_in();
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(state.folders[0]->held() == 1U);
}

BOOST_AUTO_TEST_CASE(what_lies_in_a_folder_of_ours_is_held_with_regions_too) {
    folder.write("drop/_remove/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("_remove/a.jpg");
    take_in();
    BOOST_TEST(state.folders[0]->held() == 1U);
}

BOOST_AUTO_TEST_CASE(a_broken_sidecar_is_a_rejection_with_its_line) {
    folder.write("drop/cat/a.txt", "0 0.5 0.5 0.5 0.5\n0 0.5 x 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("cat/a.jpg");
    take_in();
    const ledger::file_outcome row = row_of("cat/a.jpg");
    BOOST_TEST_REQUIRE(row.reason.has_value());
    BOOST_TEST(row.reason->code == "Sidecar");
    BOOST_TEST(has(row.reason->sentence, "cat/a.txt: line 2: cy"), row.reason->sentence);
}

BOOST_AUTO_TEST_CASE(a_picture_whose_sidecar_has_not_come_waits_without_a_slot) {
    options.watch[0].intake.sidecar_wait = std::chrono::minutes(10);
    time.wall_at = wall_time(std::chrono::hours(1)); // nothing is old
    arrive("cat/a.jpg");
    run_until(intake.run(), [this] { return intake.incomplete() == 1U; });
    BOOST_TEST(state.slots.size() == 0U);
    BOOST_TEST(events.count(event_name::file_waiting) == 1U);
    BOOST_TEST(memory.batches.empty());
}

BOOST_AUTO_TEST_CASE(a_picture_that_waited_in_vain_goes_as_it_is) {
    time.wall_at = wall_time(std::chrono::hours(1));
    arrive("cat/a.jpg"); // five minutes ago
    take_in();
    BOOST_TEST((only_journey().labels == std::vector<std::string>{"cat"}));
    BOOST_TEST(only_journey().regions.empty());
}

BOOST_AUTO_TEST_CASE(a_classification_project_takes_the_tags_of_boxes_and_says_so_once) {
    state.identity.kind = project_type::multilabel;
    folder.write("drop/a.txt", "0 0.5 0.5 0.5 0.5\n");
    folder.write("drop/classes.txt", "cat\n");
    arrive("a.jpg");
    take_in();
    BOOST_TEST((only_journey().labels == std::vector<std::string>{"cat"}));
    BOOST_TEST(only_journey().regions.empty());
    BOOST_TEST(events.count(event_name::configuration_warning) == 1U);
}

BOOST_AUTO_TEST_CASE(without_sidecars_nothing_is_looked_for) {
    options.watch[0].intake.sidecars.clear();
    folder.write("drop/cat/a.txt", "broken");
    arrive("cat/a.jpg");
    take_in();
    BOOST_TEST((only_journey().labels == std::vector<std::string>{"cat"}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
