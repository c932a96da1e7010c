// Pictures that are too large, from the folder to the request's body.
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "../watch/no_descriptors.hpp"
#include "project_fixture.hpp"
#include "retraind/pipeline/intake_loop.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/runtime/task_group.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = "POST /images/files";

void put(std::string& bytes, std::uint32_t value, unsigned count) {
    for (unsigned byte = 0; byte < count; ++byte) {
        bytes += static_cast<char>(value >> (8 * byte));
    }
}

/// A BMP of 24 bits; `width` is a multiple of four, so that no row is padded.
std::string bmp(std::uint32_t width, std::uint32_t height, char fill = 'x') {
    const std::uint32_t pixels = width * 3 * height;
    std::string bytes = "BM";
    put(bytes, 54 + pixels, 4);
    put(bytes, 0, 4);
    put(bytes, 54, 4);
    put(bytes, 40, 4);
    put(bytes, width, 4);
    put(bytes, height, 4);
    put(bytes, 1, 2);
    put(bytes, 24, 2);
    bytes += std::string(24, '\0');
    return bytes + std::string(pixels, fill);
}

std::string answer(const std::string& name, const std::string& status) {
    return R"({"isBatchSuccessful":true,"images":[{"sourceUrl":")" + name + R"(","status":")" +
           status + R"(","image":{"id":")" + to_string(numbered<image_id>(5)) +
           R"(","created":"2026-11-23T10:00:00.000Z","width":10,"height":10}}]})";
}

std::string decoded(const std::string& base64) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char letter : base64) {
        const auto value = letters.find(letter);
        if (value == std::string_view::npos) {
            break;
        }
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count);
        }
    }
    return bytes;
}

/// The contents of the body's one picture.
std::string picture_in(const std::string& body) {
    constexpr std::string_view before = R"("contents":")";
    const auto at = body.find(before);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return decoded(body.substr(at + before.size()));
}

/// A batch's answer: names and their statuses.
std::string list_answer(const std::vector<std::pair<std::string, std::string>>& results) {
    std::vector<std::string> images;
    for (const auto& [name, status] : results) {
        images.push_back(R"({"sourceUrl":")" + name + R"(","status":")" + status +
                         R"(","image":{"id":")" + to_string(numbered<image_id>(5)) + R"("}})");
    }
    return R"({"isBatchSuccessful":true,"images":)" + list_json(images) + "}";
}

struct intake_fixture : project_fixture {
    explicit intake_fixture(std::size_t most_shrunken = 32)
        : intake(state, ends, uploads, tagging, most_shrunken) {
        options.watch[0].intake.too_large = intake::oversize::shrink;
        common.state_folder = folder.make_folder("state");
        service.tags = R"([{"id":")" + to_string(numbered<tag_id>(7)) +
                       R"(","name":"cats","description":null,"type":"Regular","imageCount":0}])";
        BOOST_TEST_REQUIRE(run(tags.refresh()).has_value());
        journal.clear();
    }

    watch::found_file drop_file(const std::string& path, const std::string& bytes) {
        watch::found_file file;
        file.path = path;
        file.identity =
            intake::image_file::open(folder.write("drop/" + path, bytes)).value().identity();
        file.print = fingerprint(drop(), path, file.identity);
        file.first_seen = time.at;
        file.first_seen_wall = time.wall_at;
        return file;
    }
    void arrive(const std::string& path, const std::string& bytes) {
        intake.arrive(0, drop_file(path, bytes));
    }
    task<void> both_loops() {
        runtime::task_group loops(loop.get_executor(), [](const std::exception_ptr& thrown) {
            std::rethrow_exception(thrown);
        });
        loops.spawn(intake.run());
        loops.spawn(uploads.run());
        loops.spawn(tagging.run());
        co_await loops.wait();
    }
    void handle_all() {
        unsigned heard = 0;
        run_until(both_loops(), [this, &heard] {
            if (heard != slots_heard) {
                heard = slots_heard;
                intake.slots_freed();
            }
            return intake.idle() && uploads.idle() && state.slots.size() == 0;
        });
    }

    pipeline::tagging_loop tagging{state, ends};
    pipeline::upload_loop uploads{state, ends, tagging, 1};
    pipeline::intake_loop intake;
};

struct one_at_a_time : intake_fixture {
    one_at_a_time() : intake_fixture(1) {}
};

sha256 digest_of(const std::string& bytes) {
    sha256_hasher hasher;
    hasher.update(std::as_bytes(std::span(bytes)));
    return hasher.finish();
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(intake_shrinking, intake_fixture)

BOOST_AUTO_TEST_CASE(a_smaller_one_is_sent_and_the_original_is_remembered) {
    const std::string large = bmp(10'300, 416);
    arrive("cats/a.bmp", large);
    service.expect(post, 200, answer("cats/a.bmp", "OK"));
    handle_all();
    check_journal({post, "ledger: record"});
    const std::string sent = picture_in(service.bodies.at(0));
    BOOST_TEST(sent.substr(0, 3) == "\xFF\xD8\xFF"); // a JPEG
    BOOST_TEST(sent.size() < 6'000'000U);
    const ledger::file_outcome row = row_of("cats/a.bmp");
    BOOST_TEST((row.result == outcome::confirmed));
    BOOST_TEST(row.identity.size == large.size());
    BOOST_TEST((row.digest == digest_of(large)));
    BOOST_TEST((row.sent == digest_of(sent)));
    BOOST_TEST(memory.batches[0].body_bytes == service.bodies[0].size());
    BOOST_TEST(is_there("cats/a.bmp"));
    BOOST_TEST(events.count(event_name::file_shrunk) == 1U);
    const std::string said = events.sentence(event_name::file_shrunk);
    BOOST_TEST(has(said, "from 10,300 x 416 pixels and"), said);
    BOOST_TEST(has(said, "to 10,240 x 414 and"), said);
    BOOST_TEST(std::filesystem::is_empty(folder.at("state")));
}

BOOST_AUTO_TEST_CASE(one_that_is_small_enough_is_sent_as_it_is) {
    const std::string small = bmp(40, 40);
    arrive("cats/a.bmp", small);
    service.expect(post, 200, answer("cats/a.bmp", "OK"));
    handle_all();
    BOOST_TEST((picture_in(service.bodies.at(0)) == small));
    BOOST_TEST(!row_of("cats/a.bmp").sent.has_value());
    BOOST_TEST(events.count(event_name::file_shrunk) == 0U);
}

BOOST_AUTO_TEST_CASE(sent_again_it_is_not_made_again) {
    arrive("cats/a.bmp", bmp(10'300, 416));
    service.expect(post, 503, "");
    service.expect(post, 200, answer("cats/a.bmp", "OK"));
    handle_all();
    check_journal({post, post, "ledger: record"});
    BOOST_TEST_REQUIRE(service.bodies.size() == 2U);
    BOOST_TEST((service.bodies[0] == service.bodies[1]));
    BOOST_TEST(events.count(event_name::file_shrunk) == 1U);
    BOOST_TEST((row_of("cats/a.bmp").result == outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(without_shrink_it_is_rejected_and_the_mend_names_the_key) {
    options.watch[0].intake.too_large = intake::oversize::reject;
    arrive("cats/a.bmp", bmp(10'300, 416));
    handle_all();
    const ledger::file_outcome row = row_of("cats/a.bmp");
    BOOST_TEST((row.result == outcome::rejected));
    BOOST_TEST(row.reason->code == "ErrorImageSize");
    BOOST_TEST(row.reason->mend == "make it smaller, or set oversize: shrink");
    BOOST_TEST(service.bodies.empty());
}

BOOST_AUTO_TEST_CASE(a_ratio_cannot_be_mended) {
    arrive("cats/a.bmp", bmp(10'400, 200));
    handle_all();
    const ledger::file_outcome row = row_of("cats/a.bmp");
    BOOST_TEST((row.result == outcome::rejected));
    BOOST_TEST(row.reason->code == "ErrorImageDimensions");
    BOOST_TEST(row.reason->mend == "crop it");
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_decoded_is_rejected_with_the_reason) {
    std::string packed = bmp(10'300, 416);
    packed[30] = 1; // run-length coded
    packed[28] = 8;
    arrive("cats/a.bmp", packed);
    handle_all();
    const ledger::file_outcome row = row_of("cats/a.bmp");
    BOOST_TEST((row.result == outcome::rejected));
    BOOST_TEST(row.reason->code == "ErrorImageSize");
    BOOST_TEST(has(row.reason->sentence, "cannot be made smaller here"), row.reason->sentence);
    BOOST_TEST(has(row.reason->sentence, "compressed"), row.reason->sentence);
    BOOST_TEST(service.bodies.empty());
}

BOOST_AUTO_TEST_CASE(one_that_changes_after_it_was_made_smaller_is_not_sent) {
    arrive("cats/a.bmp", bmp(10'300, 416));
    events.on_event = [this](const event& happened) {
        if (happened.name == event_name::file_shrunk) {
            folder.write("drop/cats/a.bmp", bmp(10'300, 416, 'y'));
        }
    };
    service.expect(post, 200, "");
    handle_all();
    BOOST_TEST(service.bodies.empty());
    BOOST_TEST(events.count(event_name::file_changed) == 1U);
    BOOST_TEST(memory.batches.empty());
}

BOOST_AUTO_TEST_CASE(one_that_changed_before_it_is_decoded_settles_again) {
    const auto found = drop_file("cats/a.bmp", bmp(10'300, 416));
    folder.write("drop/cats/a.bmp", bmp(10'300, 416, 'y'));
    oversize_picture picture{
        folder.at("drop/cats/a.bmp"), found.identity, {intake::image_format::bmp, 10'300, 416}};
    const auto done = run(shrink_oversize(files, stop, picture, folder.at("state")));
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST((done.error().code == errc::changed));
}

BOOST_AUTO_TEST_CASE(a_state_folder_without_room_costs_nothing_but_time) {
    common.state_folder = folder.at("away");
    arrive("cats/a.bmp", bmp(10'300, 416));
    handle_all();
    BOOST_TEST(memory.batches.empty());
    BOOST_TEST(is_there("cats/a.bmp"));
}

BOOST_AUTO_TEST_CASE(the_smallest_attempt_is_the_last) {
    const auto found = drop_file("cats/a.bmp", bmp(10'300, 416));
    shrink_job job(
        {folder.at("drop/cats/a.bmp"), found.identity, {intake::image_format::bmp, 10'300, 416}},
        folder.at("state"));
    const auto done = job.attempt();
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST_REQUIRE(done->has_value());
    const auto smaller = std::get<std::shared_ptr<const shrunken_picture>>(**done);
    BOOST_TEST((smaller->how() == imaging::shrink_attempt{10'240, 414, 92}));
}

BOOST_FIXTURE_TEST_CASE(more_large_ones_than_may_lie_there_at_once_all_go, one_at_a_time) {
    options.batch.max_images = 1;
    for (int each = 0; each < 5; ++each) {
        const std::string name = "cats/" + std::to_string(each) + ".bmp";
        arrive(name, bmp(10'300, 416, static_cast<char>('a' + each)));
        service.expect(post, 200, answer(name, "OK"));
    }
    handle_all();
    BOOST_TEST(state.totals.confirmed == 5U);
    BOOST_TEST(events.count(event_name::file_shrunk) == 5U);
    BOOST_TEST(events.count(event_name::file_waiting) == 4U);
}

BOOST_FIXTURE_TEST_CASE(without_quota_large_ones_wait_in_line_and_stop_nothing_else,
                        one_at_a_time) {
    state.capacity.on_images(100'000, time.now());
    for (const char* name : {"cats/a.bmp", "cats/b.bmp"}) {
        arrive(name, bmp(10'300, 416, name[5]));
    }
    bool small_came = false;
    bool opened = false;
    service.expect(post, 200, list_answer({{"cats/a.bmp", "OK"}, {"cats/c.bmp", "OK"}}));
    service.expect(post, 200, answer("cats/b.bmp", "OK"));
    unsigned heard = 0;
    run_until(both_loops(), [&] {
        const bool rests = intake.idle() && uploads.stopped();
        if (rests && !small_came) {
            BOOST_TEST(state.slots.shrunken() == 1U);
            BOOST_TEST(state.slots.size() == 2U);
            BOOST_TEST(has(events.sentence(event_name::file_waiting), "cats/b.bmp"));
            arrive("cats/c.bmp", bmp(40, 40));
            small_came = true;
        } else if (rests && !opened) {
            BOOST_TEST(state.slots.size() == 3U);
            BOOST_TEST(service.bodies.empty());
            state.capacity.on_images(0, time.now());
            uploads.wake();
            opened = true;
        }
        if (heard != slots_heard) {
            heard = slots_heard;
            intake.slots_freed();
        }
        return opened && state.slots.size() == 0;
    });
    BOOST_TEST(state.totals.confirmed == 3U);
}

BOOST_AUTO_TEST_CASE(a_picture_that_the_project_has_is_not_made_smaller_for_its_tags) {
    state.identity.kind = project_type::multilabel;
    const std::string large = bmp(10'300, 416);
    ledger::content_record known;
    known.digest = digest_of(large);
    known.bytes = large.size();
    known.image = numbered<image_id>(5);
    known.labels = {"dogs"};
    known.path = folder.at("drop/dogs/a.bmp");
    memory.contents.push_back(known);
    arrive("cats/a.bmp", large);
    const std::string pair = R"({"imageId":")" + to_string(numbered<image_id>(5)) +
                             R"(","tagId":")" + to_string(numbered<tag_id>(7)) + R"("})";
    service.expect("POST /images/tags", 200,
                   R"({"created":[)" + pair + R"(],"duplicated":[],"exceeded":[]})");
    handle_all();
    BOOST_TEST((row_of("cats/a.bmp").result == outcome::duplicate));
    BOOST_TEST(events.count(event_name::file_shrunk) == 0U);
}

BOOST_AUTO_TEST_CASE(a_full_state_folder_is_an_obstacle_until_the_picture_finds_room_or_goes) {
    state.capacity.on_images(100'000, time.now()); // the first is not sent, so nothing else opens
    arrive("cats/a.bmp", bmp(10'300, 416));
    arrive("cats/b.bmp", bmp(10'300, 416, 'y'));
    std::optional<no_descriptors> none;
    events.on_event = [&](const event& happened) {
        if (happened.name == event_name::file_shrunk) {
            none.emplace();
        }
    };
    bool gone = false;
    run_until(both_loops(), [&] {
        if (!gone && !health.ready()) {
            BOOST_TEST(intake.idle());
            BOOST_TEST(state.slots.size() == 2U);
            none.reset();
            std::filesystem::remove(folder.at("drop/cats/b.bmp"));
            time.at += std::chrono::seconds(6);
            intake.slots_freed();
            gone = true;
        }
        return gone && state.slots.size() == 1;
    });
    BOOST_TEST(health.ready());
    BOOST_TEST(events.count(event_name::file_shrunk) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
