#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <map>

#include "sandbox/service/limits.hpp"
#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::string tag = service.make_tag(project, "t");

    std::map<std::string, json::value> results(const answer& given) {
        std::map<std::string, json::value> by_name;
        const json::value summary = given.json();
        for (const json::value& each : summary.at("images").as_array()) {
            by_name[std::string(each.at("sourceUrl").as_string())] = each;
        }
        return by_name;
    }

    std::string status(const answer& given, const std::string& name) {
        return std::string(results(given).at(name).at("status").as_string());
    }

    std::string image_id(const answer& given, const std::string& name) {
        return std::string(results(given).at(name).at("image").at("id").as_string());
    }

    std::string count() { return service.get("/projects/" + project + "/images/count").body; }
};

const std::string absent_tag = "11111111-2222-3333-4444-555555555555";

} // namespace

BOOST_FIXTURE_TEST_SUITE(uploads, fixture)

BOOST_AUTO_TEST_CASE(an_upload_is_answered_as_recorded) {
    const auto recorded = read_recording("create-images-from-files.v3.4-preview.json");
    service.version = "v3.4-preview";
    const answer given = service.upload(
        project, {{"hemlock_1.jpg", striped_picture(pattern::level, 1, 900, 1600)}}, {tag});
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(masked(given.body) == masked(recorded[2].body));
}

BOOST_AUTO_TEST_CASE(results_come_in_another_order) {
    const answer given = service.upload(project, {{"a", striped_picture(pattern::level, 1)},
                                                  {"b", striped_picture(pattern::level, 2)},
                                                  {"c", striped_picture(pattern::level, 3)}});
    const auto images = given.json().at("images");
    BOOST_TEST(images.as_array().size() == 3U);
    BOOST_TEST(images.at(0).at("sourceUrl").as_string() != "a");
    BOOST_TEST(results(given).size() == 3U);
    BOOST_TEST(!images.at(0).at("image").as_object().contains("tags"));
}

BOOST_AUTO_TEST_CASE(a_partial_failure_is_a_207_with_everything_in_it) {
    const std::vector<file> files = {{"good", striped_picture(pattern::level, 1)},
                                     {"broken", "GIF87nothing"}};
    const answer given = service.upload(project, files);
    BOOST_TEST(given.status == 207U);
    BOOST_TEST(given.json().at("isBatchSuccessful").as_bool() == false);
    BOOST_TEST(status(given, "good") == "OK");
    BOOST_TEST(status(given, "broken") == "ErrorImageFormat");
    BOOST_TEST(!results(given).at("broken").as_object().contains("image"));
    BOOST_TEST(count() == "1");
    service.version = "v3.2";
    BOOST_TEST(service.upload(project, files).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_the_image_that_is_there_with_more_tags) {
    const std::string picture = striped_picture(pattern::level, 1);
    const std::string second = service.make_tag(project, "second");
    const answer first = service.upload(project, {{"a", picture, {tag}}});
    const answer again = service.upload(project, {{"b", picture, {second}}});
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(again.json().at("isBatchSuccessful").as_bool());
    BOOST_TEST(status(again, "b") == "OKDuplicate");
    BOOST_TEST(image_id(again, "b") == image_id(first, "a"));
    BOOST_TEST(results(again).at("b").at("image").at("tags").as_array().size() == 2U);
    BOOST_TEST(count() == "1");
}

BOOST_AUTO_TEST_CASE(a_batch_may_hold_a_picture_twice) {
    const std::string picture = striped_picture(pattern::level, 1);
    const answer given = service.upload(project, {{"a", picture}, {"b", picture}});
    BOOST_TEST(status(given, "a") == "OK");
    BOOST_TEST(status(given, "b") == "OKDuplicate");
    BOOST_TEST(image_id(given, "a") == image_id(given, "b"));
}

BOOST_AUTO_TEST_CASE(content_is_known_within_its_project_only) {
    const std::string other = service.make_project("q");
    const std::string picture = striped_picture(pattern::level, 1);
    service.upload(project, {{"a", picture}});
    BOOST_TEST(status(service.upload(other, {{"a", picture}}), "a") == "OK");
}

BOOST_AUTO_TEST_CASE(one_picture_too_large_and_one_out_of_shape) {
    service.version = "v3.4-preview";
    const std::string large = striped_picture(pattern::level, 1, 1500, 1400);
    BOOST_REQUIRE(large.size() > sandbox::service::training_image_bytes);
    const answer given = service.upload(
        project, {{"large", large}, {"long", striped_picture(pattern::level, 1, 26, 1)}});
    BOOST_TEST(status(given, "large") == "ErrorImageSize");
    BOOST_TEST(status(given, "long") == "ErrorImageDimensions");
}

BOOST_AUTO_TEST_CASE(unknown_tags_fail_their_images_alone) {
    const std::vector<file> files = {{"a", striped_picture(pattern::level, 1), {absent_tag}},
                                     {"b", striped_picture(pattern::level, 2), {tag}}};
    const answer before = service.upload(project, files);
    BOOST_TEST(status(before, "a") == "ErrorUnknown");
    BOOST_TEST(status(before, "b") == "OK");
    service.version = "v3.4-preview";
    BOOST_TEST(status(service.upload(project, files), "a") == "ErrorInvalidTag");
}

BOOST_AUTO_TEST_CASE(a_multiclass_image_takes_one_tag_over_time_too) {
    const std::string owner = service.make_project("m", "&classificationType=Multiclass");
    const std::string one = service.make_tag(owner, "one");
    const std::string two = service.make_tag(owner, "two");
    const std::string picture = striped_picture(pattern::level, 1);
    BOOST_TEST(status(service.upload(owner, {{"a", picture, {one, two}}}), "a") ==
               "ErrorTagLimitExceed");
    BOOST_TEST(status(service.upload(owner, {{"a", picture, {one}}}), "a") == "OK");
    BOOST_TEST(status(service.upload(owner, {{"a", picture, {one}}}), "a") == "OKDuplicate");
    BOOST_TEST(status(service.upload(owner, {{"a", picture, {two}}}), "a") ==
               "ErrorTagLimitExceed");
}

BOOST_AUTO_TEST_CASE(a_negative_tag_goes_with_no_other) {
    const std::string negative =
        service.post("/projects/" + project + "/tags?name=n&type=Negative").text("id");
    const answer given =
        service.upload(project, {{"a", striped_picture(pattern::level, 1), {tag, negative}}});
    BOOST_TEST(status(given, "a") == "ErrorNegativeAndRegularTagOnSameImage");
}

BOOST_AUTO_TEST_CASE(regions_bring_their_tags) {
    const std::string region =
        "[{\"tagId\":\"" + tag + "\",\"left\":0.25,\"top\":0.25,\"width\":0.5,\"height\":0.5}]";
    const std::string outside =
        "[{\"tagId\":\"" + tag + "\",\"left\":0.75,\"top\":0.25,\"width\":0.5,\"height\":0.5}]";
    const answer given =
        service.upload(project, {{"a", striped_picture(pattern::level, 1), {}, region},
                                 {"b", striped_picture(pattern::level, 2), {}, outside}});
    BOOST_TEST(status(given, "b") == "ErrorInvalidRegion");
    const auto stored = service.get("/projects/" + project + "/images").json().at(0);
    BOOST_TEST(stored.at("tags").at(0).at("tagName").as_string() == "t");
    BOOST_TEST(stored.at("regions").at(0).at("left").as_double() == 0.25);
    service.upload(project, {{"a", striped_picture(pattern::level, 1), {}, region}});
    BOOST_TEST(service.get("/projects/" + project + "/images")
                   .json()
                   .at(0)
                   .at("regions")
                   .as_array()
                   .size() == 1U);
}

BOOST_AUTO_TEST_CASE(metadata_belongs_to_the_images_of_its_batch) {
    const answer given = service.post("/projects/" + project + "/images/files",
                                      files_body({{"a", striped_picture(pattern::level, 1)}}, {},
                                                 ",\"metadata\":{\"site\":\"7\"}"));
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(service.get("/projects/" + project + "/images")
                   .json()
                   .at(0)
                   .at("metadata")
                   .at("site")
                   .as_string() == "7");
}

BOOST_AUTO_TEST_CASE(faults_override_single_images) {
    service.status_faults = {{"bad*", "ErrorStorage"}, {"twin", "OKDuplicate"}};
    const answer given = service.upload(project, {{"bad1", striped_picture(pattern::level, 1)},
                                                  {"good", striped_picture(pattern::level, 2)},
                                                  {"twin", striped_picture(pattern::level, 3)}});
    BOOST_TEST(given.status == 207U);
    BOOST_TEST(status(given, "bad1") == "ErrorStorage");
    BOOST_TEST(status(given, "good") == "OK");
    BOOST_TEST(status(given, "twin") == "OKDuplicate");
    BOOST_TEST(count() == "2");
}

BOOST_AUTO_TEST_CASE(contents_are_base64_or_the_batch_does_not_bind) {
    const std::string place = "/projects/" + project + "/images/files";
    const answer wrong =
        service.post(place, "{\"images\":[{\"name\":\"a\",\"contents\":\"" +
                                to_base64(striped_picture(pattern::level, 1)) +
                                "\"},{\"name\":\"b\",\"contents\":\"not base64\"}]}");
    BOOST_TEST(wrong.status == 400U);
    BOOST_TEST(wrong.text("message") == "No valid image files");
    BOOST_TEST(count() == "0");
    BOOST_TEST(std::filesystem::is_empty(folder.path() / "incoming"));
    const answer none = service.post(place, "{\"images\":[{\"name\":\"a\"}]}");
    BOOST_TEST(status(none, "a") == "ErrorSource");
}

BOOST_AUTO_TEST_CASE(malformed_batches_are_refused_whole) {
    const std::string place = "/projects/" + project + "/images/files";
    BOOST_TEST(service.post(place, "{").text("message") == "No valid image files");
    BOOST_TEST(service.post(place).text("message") == "No valid image files");
    BOOST_TEST(service.upload(project, {{"a", "x", {"tag1"}}}).text("message") ==
               "No valid image files");
    const answer plain = service.call("POST", place, "x", "text/plain");
    BOOST_TEST(plain.status == 415U);
    BOOST_TEST(plain.code() == "UnsupportedMediaType");
    const answer absent = service.upload(absent_tag, {{"a", "x"}});
    BOOST_TEST(absent.status == 404U);
    BOOST_TEST(absent.code() == "NotFoundProject");
}

BOOST_AUTO_TEST_CASE(an_image_s_address_leads_to_its_bytes) {
    const std::string picture = striped_picture(pattern::level, 1);
    const answer given = service.upload(project, {{"a", picture}});
    const std::string link(results(given).at("a").at("image").at("originalImageUri").as_string());
    const std::string path = link.substr(link.find("/blobs/"));
    const answer got = service.call_path("GET", path, {}, {});
    BOOST_TEST(got.status == 200U);
    BOOST_TEST((got.body == picture));
    BOOST_TEST(got.whole.content_type == "image/bmp");
    BOOST_TEST(service.call_path("GET", path.substr(0, path.find('?')), {}, {}).status == 403U);
    service.call("DELETE", "/projects/" + project + "/images?imageIds=" + image_id(given, "a"));
    BOOST_TEST(service.call_path("GET", path, {}, {}).status == 404U);
}

BOOST_AUTO_TEST_SUITE_END()
