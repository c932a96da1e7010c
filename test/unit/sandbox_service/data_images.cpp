#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

std::string part(const std::string& file_name, const std::string& content) {
    return "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; "
           "name=imageData; filename=" +
           file_name + "\r\n\r\n" + content + "\r\n";
}

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::string tag = service.make_tag(project, "t");

    answer send(const std::string& body, const std::string& query = {},
                std::string_view type = "multipart/form-data; boundary=\"b\"") {
        return service.call("POST", "/projects/" + project + "/images" + query, body, type);
    }

    answer update(const std::string& ids, const std::string& body) {
        return service.post("/projects/" + project + "/images/metadata?imageIds=" + ids, body);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(data_images, fixture)

BOOST_AUTO_TEST_CASE(several_files_with_tags) {
    const answer given = send(part("\"E:\\a b.jpg\"", striped_picture(pattern::level, 1)) +
                                  part("plain.jpg", striped_picture(pattern::level, 2)) + "--b--",
                              "?tagIds=" + tag + "," + tag);
    BOOST_REQUIRE_EQUAL(given.status, 200U);
    const json::value images = given.json().at("images");
    BOOST_TEST(images.at(1).at("sourceUrl").as_string() == "\"E:\\a b.jpg\"");
    BOOST_TEST(images.at(0).at("sourceUrl").as_string() == "plain.jpg");
    BOOST_TEST(images.at(0).at("image").at("tags").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(octets_are_one_picture) {
    const answer given =
        send(striped_picture(pattern::level, 1), "?tagIds=" + tag, "application/octet-stream");
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(given.json().at("images").at(0).at("status").as_string() == "OK");
}

BOOST_AUTO_TEST_CASE(sixty_four_files) {
    std::string body;
    for (int i = 0; i < 64; ++i) {
        body += part("x", "x");
    }
    BOOST_TEST(send(body + "--b--").status == 207U);
    BOOST_TEST(send(body + part("x", "x") + "--b--").code() == "BadRequestImageExceededCount");
}

BOOST_AUTO_TEST_CASE(wrong_bodies) {
    BOOST_TEST(send("").code() == "BadRequestImageStream");
    BOOST_TEST(send("--b--").code() == "BadRequestImageStream");
    BOOST_TEST(send("--b\r\nx").code() == "BadRequestImageStream");
    BOOST_TEST(send("{}", "", "application/json").status == 415U);
    BOOST_TEST(send("x", "?tagIds=x").code() == "BadRequestInvalidIds");
    BOOST_TEST(send(part("x", "") + "--b--").json().at("images").at(0).at("status").as_string() ==
               "ErrorSource");
}

BOOST_AUTO_TEST_CASE(metadata_is_merged_within_its_limits) {
    const answer stored = send(striped_picture(pattern::level, 1), "", "application/octet-stream");
    const std::string id(stored.json().at("images").at(0).at("image").at("id").as_string());
    BOOST_TEST(update(id, R"({"a":"1"})").body ==
               R"({"isBatchSuccessful":true,"images":[{"imageId":")" + id +
                   R"(","status":"OK","metadata":{"a":"1"}}]})");
    BOOST_TEST(update(id, R"({"b":"2"})").status == 200U);
    const json::value shown = service.get("/projects/" + project + "/images").json();
    BOOST_TEST(shown.at(0).at("metadata").as_object().size() == 2U);
    std::string pairs;
    for (int i = 0; i < 50; ++i) {
        pairs += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":\"v\"";
    }
    const answer full = update(id, "{" + pairs + "}");
    BOOST_TEST(full.status == 207U);
    BOOST_TEST(full.json().at("images").at(0).at("status").as_string() == "ErrorLimitExceed");
    BOOST_TEST(update(id, "{" + pairs + ",\"more\":\"v\"}").code() == "BadRequestImageMetadataKey");
    BOOST_TEST(update(id, "{\"" + std::string(257, 'k') + "\":\"v\"}").code() ==
               "BadRequestImageMetadataKey");
    BOOST_TEST(update(id, "{\"k\":\"" + std::string(513, 'v') + "\"}").code() ==
               "BadRequestImageMetadataValue");
    BOOST_TEST(update(project, R"({"a":"1"})").json().at("images").at(0).at("status").as_string() ==
               "ErrorImageNotFound");
    BOOST_TEST(update(id, "").code() == "BadRequestRequiredParamIsNull");
    BOOST_TEST(update("", R"({"a":"1"})").code() == "BadRequestRequiredParamIsNull");
}

BOOST_AUTO_TEST_SUITE_END()
