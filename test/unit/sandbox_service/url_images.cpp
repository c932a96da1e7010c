#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

#include "sandbox/service/limits.hpp"
#include "unit/sandbox_service/picture_server.hpp"
#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    picture_server server{folder.path()};
    std::string project = service.make_project("p");
    std::string tag = service.make_tag(project, "t");

    static json::object entry(const std::string& address) {
        json::object made;
        made["url"] = address;
        return made;
    }

    answer send(json::array images, const std::string& more = {}) {
        std::string body = json::serialize(images);
        body = "{\"images\":" + body + more + "}";
        return service.post("/projects/" + project + "/images/urls", body);
    }

    answer send_all(const std::vector<std::string>& addresses, const std::string& more = {}) {
        json::array images;
        for (const std::string& each : addresses) {
            images.push_back(entry(each));
        }
        return send(images, more);
    }

    static std::string status(const answer& given, const std::string& address) {
        const json::value summary = given.json();
        for (const json::value& each : summary.at("images").as_array()) {
            if (each.at("sourceUrl").as_string() == std::string_view(address)) {
                return std::string(each.at("status").as_string());
            }
        }
        return "no such entry";
    }

    std::string of_tag() { return ",\"tagIds\":[\"" + tag + "\"]"; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(url_images, fixture)

BOOST_AUTO_TEST_CASE(an_address_is_answered_as_recorded) {
    const auto recorded = read_recording("create-images-from-urls.v3.0.json");
    service.version = "v3.0";
    const std::string address = server.put("x", striped_picture(pattern::level, 1, 900, 1600));
    const answer given = send_all({address}, of_tag());
    BOOST_TEST(given.status == 200U);
    std::string own = masked(given.body);
    std::string known = masked(recorded[2].body);
    own.replace(own.find(address), address.size(), "ADDRESS");
    const std::string theirs(
        json::parse(recorded[2].body).at("images").at(0).at("sourceUrl").as_string());
    known.replace(known.find(theirs), theirs.size(), "ADDRESS");
    BOOST_TEST(own == known);
}

BOOST_AUTO_TEST_CASE(each_entry_has_an_end_of_its_own) {
    const std::string good = server.put("good", striped_picture(pattern::level, 1));
    const std::string twin = server.put("twin", striped_picture(pattern::level, 1));
    const std::string text = server.put("text", "no picture");
    const std::string empty = server.put("empty", "");
    const std::string big = server.put("big", std::string(training_image_bytes + 1, 'x'));
    const std::string gone = server.address_of("gone");
    const answer given = send_all({good, twin, text, empty, big, gone, "file:///etc/hostname"});
    BOOST_TEST(given.status == 207U);
    BOOST_TEST(!given.json().at("isBatchSuccessful").as_bool());
    BOOST_TEST(status(given, good) == "OK");
    BOOST_TEST(status(given, twin) == "OKDuplicate");
    BOOST_TEST(status(given, text) == "ErrorImageFormat");
    BOOST_TEST(status(given, empty) == "ErrorSource");
    BOOST_TEST(status(given, big) == "ErrorImageSize");
    BOOST_TEST(status(given, gone) == "ErrorSource");
    BOOST_TEST(status(given, "file:///etc/hostname") == "ErrorSource");
}

BOOST_AUTO_TEST_CASE(tags_regions_and_metadata_are_kept) {
    json::object one = entry(server.put("one", striped_picture(pattern::level, 1)));
    one["regions"] = json::parse("[{\"tagId\":\"" + tag +
                                 "\",\"left\":0.25,\"top\":0.5,\"width\":0.5,\"height\":0.25}]");
    BOOST_TEST(send({one}, ",\"metadata\":{\"camera\":\"7\"}").status == 200U);
    const json::value listed = service.get("/projects/" + project + "/images").json();
    BOOST_TEST(listed.at(0).at("tags").at(0).at("tagName").as_string() == "t");
    BOOST_TEST(listed.at(0).at("regions").at(0).at("left").as_double() == 0.25);
    BOOST_TEST(listed.at(0).at("metadata").at("camera").as_string() == "7");
}

BOOST_AUTO_TEST_CASE(sixty_four_entries_and_twenty_tags) {
    json::array images;
    for (int i = 0; i < 64; ++i) {
        images.push_back(entry("file:///x"));
    }
    BOOST_TEST(send(images).status == 207U);
    images.push_back(entry("file:///x"));
    BOOST_TEST(send(images).code() == "BadRequestExceededBatchSize");
    std::string ids;
    for (int i = 10; i < 31; ++i) {
        ids += (ids.empty() ? "\"" : ",\"") + std::string("11111111-2222-3333-4444-5555555555") +
               std::to_string(i) + "\"";
    }
    BOOST_TEST(send({entry("file:///x")}, ",\"tagIds\":[" + ids + "]").code() ==
               "BadRequestImageTags");
}

BOOST_AUTO_TEST_CASE(what_does_not_bind_is_refused_as_a_whole) {
    for (const char* body :
         {"", "{}", "[]", "{\"images\":[]}", "{\"images\":[{}]}", "{\"images\":[{\"url\":1}]}",
          "{\"images\":[{\"url\":\"http://x/\"}],\"tagIds\":[\"tag1\"]}", "{\"images\":{}}"}) {
        const answer refused = service.post("/projects/" + project + "/images/urls", body);
        BOOST_TEST(refused.status == 400U, body);
        BOOST_TEST(refused.text("message") == "No image urls provided", body);
    }
    BOOST_TEST(service.post("/projects/" + tag + "/images/urls", "{}").code() == "NotFoundProject");
}

BOOST_AUTO_TEST_CASE(put_is_post) {
    const std::string body =
        "{\"images\":[{\"url\":\"" + server.put("x", striped_picture(pattern::level, 1)) + "\"}]}";
    BOOST_TEST(service.call("PUT", "/projects/" + project + "/images/urls", body).status == 200U);
}

BOOST_AUTO_TEST_CASE(faults_go_by_the_address) {
    service.status_faults = {{"*bad*", "ErrorStorage"}};
    const std::string bad = server.put("bad", striped_picture(pattern::level, 1));
    BOOST_TEST(status(send_all({bad}), bad) == "ErrorStorage");
}

BOOST_AUTO_TEST_CASE(the_service_answers_others_while_it_fetches) {
    const std::string slow = server.put_silence("slow");
    std::thread sender([&] { send_all({slow}); });
    while (server.most_at_once() == 0) {
        std::this_thread::yield();
    }
    BOOST_TEST(service.get("/projects").status == 200U);
    server.put("slow", std::string());
    sender.join();
}

BOOST_AUTO_TEST_CASE(https_of_the_own_authority) {
    picture_server secure(folder.path(), picture_server::transport::tls);
    const std::string address = secure.put("x", striped_picture(pattern::level, 1));
    BOOST_TEST(status(send_all({address}), address) == "OK");
}

BOOST_AUTO_TEST_SUITE_END()
