// What tags a picture gets, and what becomes of pictures that the project has already.
#include <algorithm>
#include <filesystem>
#include <set>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

const stage::keys multilabel{"", "", "", "classification: Multilabel"};

/// The tags' names, image by image, of those that have one.
std::vector<std::set<std::string>> tags_of_images(stage& world) {
    std::vector<std::set<std::string>> all;
    const auto images = world.project_get("/images/tagged?take=256");
    for (const auto& image : images.as_array()) {
        std::set<std::string>& names = all.emplace_back();
        for (const auto& tag : image.at("tags").as_array()) {
            names.emplace(tag.at("tagName").as_string());
        }
    }
    return all;
}

bool says(const stage::ended& run, const std::string& part) {
    return run.log.find(part) != std::string::npos;
}

std::string line(int confirmed, int duplicate, int rejected, int held, int waiting = 0) {
    return "confirmed " + std::to_string(confirmed) + ", duplicate " + std::to_string(duplicate) +
           ", held out 0, removed 0, rejected " + std::to_string(rejected) + ", held " +
           std::to_string(held) + ", waiting " + std::to_string(waiting);
}

} // namespace

BOOST_AUTO_TEST_SUITE(tags)

BOOST_AUTO_TEST_CASE(a_second_folder_adds_a_tag_and_uploads_nothing) {
    stage world;
    world.configure(multilabel);
    const std::string picture = striped_picture(true, 1);
    write_file(world.drop() / "upright" / "a.bmp", picture);
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.last_line == line(1, 0, 0, 0), first.log);
    write_file(world.drop() / "level" / "b.bmp", picture);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 0, second.log);
    BOOST_TEST(second.last_line == line(0, 1, 0, 0));
    BOOST_TEST(!says(second, "batch_sending"));
    BOOST_TEST(says(second, "CreateImageTags"));
    BOOST_TEST(world.image_count() == 1U);
    const auto tags = tags_of_images(world);
    BOOST_TEST_REQUIRE(tags.size() == 1U);
    BOOST_TEST((tags[0] == std::set<std::string>{"upright", "level"}));
    // The ledger's labels have grown: the next one needs no call.
    write_file(world.drop() / "level" / "c.bmp", picture);
    const stage::ended third = world.run_once("third");
    BOOST_TEST(third.last_line == line(0, 1, 0, 0), third.log);
    BOOST_TEST(!says(third, "CreateImageTags"));
}

BOOST_AUTO_TEST_CASE(a_lost_ledger_ensures_the_tags_of_what_the_service_has) {
    stage world;
    world.configure(multilabel);
    const std::string picture = striped_picture(true, 1);
    write_file(world.drop() / "upright" / "a.bmp", picture);
    BOOST_TEST(world.run_once("first").code == 0);
    std::filesystem::remove_all(world.folder() / "state");
    std::filesystem::rename(world.drop() / "upright", world.drop() / "level");
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.last_line == line(0, 1, 0, 0), second.log);
    BOOST_TEST(says(second, "GetImagesByIds"));
    BOOST_TEST(world.image_count() == 1U);
    BOOST_TEST((tags_of_images(world).at(0) == std::set<std::string>{"upright", "level"}));
}

BOOST_AUTO_TEST_CASE(in_a_multi_class_project_a_picture_under_another_tag_is_held) {
    stage world;
    const std::string picture = striped_picture(true, 1);
    write_file(world.drop() / "upright" / "a.bmp", picture);
    BOOST_TEST(world.run_once("first").code == 0);
    std::filesystem::remove_all(world.folder() / "state");
    std::filesystem::rename(world.drop() / "upright", world.drop() / "level");
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 3, second.log);
    BOOST_TEST(second.last_line == line(0, 0, 0, 1));
    BOOST_TEST(says(second, "under another tag"));
    BOOST_TEST((tags_of_images(world).at(0) == std::set<std::string>{"upright"}));
}

BOOST_AUTO_TEST_CASE(a_negative_folder_carries_the_negative_tag_alone) {
    stage world;
    stage::keys keys = multilabel;
    keys.folder = "negative_tag: _negative";
    world.configure(keys);
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    write_file(world.drop() / "_negative" / "b.bmp", striped_picture(false, 2));
    write_file(world.drop() / "upright" / "_negative" / "c.bmp", striped_picture(false, 3));
    write_file(world.drop() / "_other" / "d.bmp", striped_picture(false, 4));
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line == line(2, 0, 1, 1));
    BOOST_TEST(says(run, "ErrorNegativeAndRegularTagOnSameImage"));
    BOOST_TEST(says(run, "set negative_tag: _other"));
    const auto tags = world.project_get("/tags");
    const auto& list = tags.as_array();
    const auto negative = std::find_if(list.begin(), list.end(), [](const auto& tag) {
        return tag.at("type").as_string() == "Negative";
    });
    BOOST_TEST_REQUIRE((negative != list.end()));
    BOOST_TEST(negative->at("name").as_string() == "Negative");
    BOOST_TEST(negative->at("imageCount").as_int64() == 1);
    for (const std::set<std::string>& each : tags_of_images(world)) {
        BOOST_TEST(each.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(without_the_key_a_negative_folder_is_held_and_the_key_is_named) {
    stage world;
    write_file(world.drop() / "_negative" / "b.bmp", striped_picture(false, 2));
    const stage::ended run = world.run_once();
    BOOST_TEST(run.last_line == line(0, 0, 0, 1), run.log);
    BOOST_TEST(says(run, "set negative_tag: _negative"));
}

BOOST_AUTO_TEST_CASE(a_full_tag_quota_holds_what_needs_a_new_tag) {
    stage world("", {"--tier", "F0"});
    world.configure({"", "", "tier: F0", ""});
    for (std::uint32_t each = 0; each < 51; ++each) {
        write_file(world.drop() / ("class-" + std::to_string(each)) / "a.bmp",
                   striped_picture(each % 2 == 0, each));
    }
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 3, first.log);
    BOOST_TEST(first.last_line == line(50, 0, 0, 1));
    BOOST_TEST(says(first, "50 tags"));
    BOOST_TEST(world.project_get("/tags").as_array().size() == 50U);
    // What needs none goes on.
    const auto tags = world.project_get("/tags");
    const std::string known(tags.at(0).at("name").as_string());
    write_file(world.drop() / known / "b.bmp", striped_picture(true, 1000));
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.last_line == line(1, 0, 0, 1), second.log);
}

BOOST_AUTO_TEST_CASE(a_full_image_quota_stops_uploads_until_there_is_room) {
    stage world(R"({"rules":[{"operation":"GetImageCount","status":200,"body":100000}]})");
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    const stage::ended full = world.run_once("full");
    BOOST_TEST(full.code == 3, full.log);
    BOOST_TEST(full.last_line == line(0, 0, 0, 0, 1));
    BOOST_TEST(!says(full, "batch_sending"));
    BOOST_TEST(says(full, "100000 images and its tier takes 100000"));
    world.set_faults("{}");
    const stage::ended room = world.run_once("room");
    BOOST_TEST(room.last_line == line(1, 0, 0, 0), room.log);
}

BOOST_AUTO_TEST_CASE(the_status_shows_the_services_own_numbers) {
    stage world;
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    BOOST_TEST(world.run_once("first").code == 0);
    std::filesystem::remove_all(world.folder() / "state");
    std::filesystem::remove_all(world.drop() / "upright");
    const auto daemon = world.start("daemon");
    const bool shown = eventually(
        [&] {
            const std::string text = world.admin("/status");
            return text.find(R"("images":{"used":1,"limit":100000})") != std::string::npos;
        },
        std::chrono::seconds(30));
    BOOST_TEST(shown, world.admin("/status") + daemon->log());
}

BOOST_AUTO_TEST_SUITE_END()
