// Lists of addresses: dropped into a folder, and sent once by hand.
#include <algorithm>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

/// A web server that has the stage's pictures; Python's, on a port of its choice.
class picture_server {
public:
    explicit picture_server(const stage& world)
        : folder_(world.folder() / "web"),
          server_(world.folder(), "web-server", "/usr/bin/python3",
                  {"-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory",
                   folder_.string()}) {
        std::filesystem::create_directories(folder_);
        const bool said = eventually([this] { return !port().empty(); });
        BOOST_TEST_REQUIRE(said, server_.log());
    }

    /// A picture's address.
    std::string put(const std::string& name, std::uint32_t seed) const {
        write_file(folder_ / name, striped_picture(true, seed));
        return address(name);
    }
    [[nodiscard]] std::string address(const std::string& name) const {
        return "http://127.0.0.1:" + port() + "/" + name;
    }

private:
    [[nodiscard]] std::string port() const {
        const std::string text = server_.out();
        const std::size_t at = text.find(" port ");
        const std::size_t end = at == std::string::npos ? at : text.find(' ', at + 6);
        return end == std::string::npos ? std::string() : text.substr(at + 6, end - at - 6);
    }

    std::filesystem::path folder_;
    program server_;
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const stage::keys multilabel{"", "", "", "classification: Multilabel"};

std::string line(int confirmed, int duplicate, int rejected, int held, int waiting = 0) {
    return "confirmed " + std::to_string(confirmed) + ", duplicate " + std::to_string(duplicate) +
           ", held out 0, removed 0, rejected " + std::to_string(rejected) + ", held " +
           std::to_string(held) + ", waiting " + std::to_string(waiting);
}

/// The tags' names of the project's one image, in their order.
std::vector<std::string> tags_of_the_image(stage& world) {
    const auto images = world.project_get("/images/tagged");
    BOOST_TEST_REQUIRE(images.as_array().size() == 1U);
    std::vector<std::string> names;
    for (const auto& tag : images.at(0).at("tags").as_array()) {
        names.emplace_back(tag.at("tagName").as_string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(url_lists)

BOOST_AUTO_TEST_CASE(a_dropped_list_ends_with_its_result_and_again_sends_nothing) {
    stage world;
    world.configure(
        {"after_upload: {move_to: " + (world.folder() / "done").string() + "}", "", ""});
    const picture_server web(world);
    const std::string list = web.put("a.bmp", 1) + "\n" + web.put("b.bmp", 2) + "\tupright\n" +
                             "ftp://127.0.0.1/c.bmp\n";
    write_file(world.drop() / "upright" / "new.urls", list);
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 3, first.log);
    BOOST_TEST(first.last_line ==
               "confirmed 2, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(world.image_count() == 2U);
    BOOST_TEST(std::filesystem::exists(world.folder() / "done" / "upright" / "new.urls"));
    const std::string result =
        read_file(world.folder() / "done" / "upright" / "new.urls.result.csv");
    BOOST_TEST(result.starts_with("line,url,outcome,image_id,reason\r\n1," + web.address("a.bmp") +
                                  ",confirmed,"),
               result);
    BOOST_TEST(has(result, "\r\n3,ftp://127.0.0.1/c.bmp,rejected,,"), result);
    write_file(world.drop() / "upright" / "new.urls", list);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.last_line ==
               "confirmed 0, duplicate 2, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(!has(second.log, "batch_sending"));
    BOOST_TEST(
        std::filesystem::exists(world.folder() / "done" / "upright" / "new~1.urls.result.csv"));
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_fetched_is_rejected_within_a_minute) {
    stage world;
    const picture_server web(world);
    write_file(world.drop() / "upright" / "new.csv",
               "url,tags\n" + web.address("none.bmp") + ",\n");
    const auto begun = std::chrono::steady_clock::now();
    const stage::ended run = world.run_once();
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 120s));
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 0, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(has(read_file(world.drop() / "upright" / "new.csv.result.csv"), "ErrorSource: "));
}

BOOST_AUTO_TEST_CASE(one_list_is_sent_by_hand) {
    stage world;
    const picture_server web(world);
    const auto list = world.folder() / "mine.urls";
    write_file(list, web.put("a.bmp", 1) + "\tupright\n");
    const auto send = [&](const std::string& name, std::vector<std::string> words) {
        words.insert(words.begin(), {"urls", "-c", world.configuration().string()});
        auto run = std::make_unique<program>(world.folder(), name, RETRAIND, std::move(words));
        const int code = run->wait(120s).value_or(-1);
        return std::pair(code, run->out() + run->log());
    };
    const auto [code, said] = send("urls-1", {"shapes", list.string()});
    BOOST_TEST(code == 0, said);
    BOOST_TEST(has(said, "confirmed 1, duplicate 0, held out 0, removed 0, rejected 0, held 0, "
                         "waiting 0\n"),
               said);
    BOOST_TEST(has(read_file(list.string() + ".result.csv"), ",confirmed,"));
    const auto [again, said_again] = send("urls-2", {"shapes", list.string()});
    BOOST_TEST(again == 0, said_again);
    BOOST_TEST(has(said_again, "confirmed 0, duplicate 1,"), said_again);
    BOOST_TEST(send("urls-3", {"others", list.string()}).first == 2);
    BOOST_TEST(send("urls-4", {"shapes", (world.folder() / "none.urls").string()}).first == 1);
}

BOOST_AUTO_TEST_CASE(a_full_image_quota_lets_lines_wait_until_there_is_room) {
    stage world(R"({"rules":[{"operation":"GetImageCount","status":200,"body":100000}]})");
    const picture_server web(world);
    write_file(world.drop() / "upright" / "new.urls",
               web.put("a.bmp", 1) + "\n" + web.put("b.bmp", 2) + "\n" + "ftp://127.0.0.1/c.bmp\n");
    const stage::ended full = world.run_once("full");
    BOOST_TEST(full.code == 3, full.log);
    BOOST_TEST(full.last_line == line(0, 0, 1, 0, 2));
    BOOST_TEST(!has(full.log, "batch_sending"));
    BOOST_TEST(has(full.log, "2 of its lines wait: the project has 100000 images"));
    BOOST_TEST(std::filesystem::exists(world.drop() / "upright" / "new.urls"));
    world.set_faults("{}");
    const stage::ended room = world.run_once("room");
    BOOST_TEST(room.last_line == line(2, 0, 1, 0), room.log);
    BOOST_TEST(world.image_count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_full_tag_quota_holds_only_the_lines_that_need_a_new_tag) {
    stage world("", {"--tier", "F0"});
    stage::keys keys = multilabel;
    keys.service = "tier: F0";
    world.configure(keys);
    const picture_server web(world);
    std::string list;
    for (std::uint32_t each = 0; each < 51; ++each) {
        list +=
            web.put(std::to_string(each) + ".bmp", each) + "\tclass-" + std::to_string(each) + "\n";
    }
    list += web.put("more.bmp", 1000) + "\tclass-0\n";
    write_file(world.drop() / "new.urls", list);
    const stage::ended run = world.run_once();
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line == line(51, 0, 0, 1));
    BOOST_TEST(has(run.log, "50 tags"));
    BOOST_TEST(world.project_get("/tags").as_array().size() == 50U);
}

BOOST_AUTO_TEST_CASE(a_duplicate_gets_the_tags_that_it_lacks) {
    stage world;
    world.configure(multilabel);
    const picture_server web(world);
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    BOOST_TEST(world.run_once("picture").last_line == line(1, 0, 0, 0));
    write_file(world.drop() / "level" / "new.urls", web.put("a.bmp", 1) + "\n");
    const stage::ended run = world.run_once("list");
    BOOST_TEST(run.code == 0, run.log);
    BOOST_TEST(run.last_line == line(0, 1, 0, 0));
    BOOST_TEST(world.image_count() == 1U);
    BOOST_TEST((tags_of_the_image(world) == std::vector<std::string>{"level", "upright"}));
}

BOOST_AUTO_TEST_CASE(an_image_that_is_gone_is_sent_again_and_the_others_get_their_tags) {
    stage world;
    world.configure(multilabel);
    const picture_server web(world);
    const std::string list = web.put("a.bmp", 1) + "\n" + web.put("b.bmp", 2) + "\n";
    write_file(world.drop() / "upright" / "new.urls", list);
    BOOST_TEST(world.run_once("first").last_line == line(2, 0, 0, 0));
    const auto images = world.project_get("/images/tagged");
    world.project_delete("/images?imageIds=" + std::string(images.at(0).at("id").as_string()));
    BOOST_TEST(world.image_count() == 1U);
    write_file(world.drop() / "level" / "more.urls", list);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.code == 0, second.log);
    BOOST_TEST(second.last_line == line(1, 1, 0, 0));
    BOOST_TEST(world.image_count() == 2U);
    // The one that stayed has both, the new one those of its list.
    const std::string seen = boost::json::serialize(world.project_get("/images/tagged"));
    BOOST_TEST(has(seen, "upright"), seen);
}

BOOST_AUTO_TEST_CASE(in_a_multi_class_project_another_tag_of_a_known_address_is_held) {
    stage world;
    const picture_server web(world);
    write_file(world.drop() / "upright" / "new.urls", web.put("a.bmp", 1) + "\n");
    BOOST_TEST(world.run_once("first").last_line == line(1, 0, 0, 0));
    write_file(world.drop() / "level" / "more.urls", web.address("a.bmp") + "\n");
    // The same picture under another address: only the service knows that it is one.
    write_file(world.drop() / "level" / "copy.urls", web.put("copy.bmp", 1) + "\n");
    const stage::ended run = world.run_once("second");
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line == line(0, 0, 0, 2));
    BOOST_TEST(has(run.log, "level/more.urls, line 1: the project has this address since"));
    BOOST_TEST(has(run.log, "level/copy.urls, line 1: the project has this picture already"));
    BOOST_TEST((tags_of_the_image(world) == std::vector<std::string>{"upright"}));
}

BOOST_AUTO_TEST_CASE(a_tag_that_was_deleted_in_the_portal_is_made_anew) {
    stage world;
    const picture_server web(world);
    write_file(world.drop() / "upright" / "new.urls", web.put("a.bmp", 1) + "\n");
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(world.has_images(1), daemon->log());
    const auto tags = world.project_get("/tags");
    world.project_delete("/tags/" + std::string(tags.at(0).at("id").as_string()));
    write_file(world.drop() / "upright" / "more.urls", web.put("b.bmp", 2) + "\n");
    BOOST_TEST(world.has_images(2), daemon->log());
    BOOST_TEST(eventually([&] {
                   return std::filesystem::exists(world.drop() / "upright" /
                                                  "more.urls.result.csv");
               }),
               daemon->log());
    BOOST_TEST(has(read_file(world.drop() / "upright" / "more.urls.result.csv"), ",confirmed,"));
}

BOOST_AUTO_TEST_SUITE_END()
