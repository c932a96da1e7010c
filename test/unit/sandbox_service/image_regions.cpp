#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

constexpr const char* detection = "&domainId=da2e3a8a-40a5-4171-82f4-58522f70fbc1";

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p", detection);
    std::string tag = service.make_tag(project, "t");
    std::string other = service.make_tag(project, "u");
    std::string image = upload(1);

    std::string upload(unsigned seed, const std::string& regions = {}) {
        const answer stored =
            service.upload(project, {{"a", striped_picture(pattern::level, seed), {}, regions}});
        BOOST_REQUIRE_EQUAL(stored.status, 200U);
        return std::string(stored.json().at("images").at(0).at("image").at("id").as_string());
    }

    static std::string box(double left, double width = 0.25) {
        return "\"left\":" + std::to_string(left) +
               ",\"top\":0.25,\"width\":" + std::to_string(width) + ",\"height\":0.5";
    }

    std::string entry(const std::string& of_image, const std::string& of_tag, double left,
                      double width = 0.25) {
        return R"({"imageId":")" + of_image + R"(","tagId":")" + of_tag + "\"," + box(left, width) +
               "}";
    }

    answer send(const std::string& entries) {
        return service.post("/projects/" + project + "/images/regions",
                            "{\"regions\":[" + entries + "]}");
    }

    json::value shown() {
        return service.get("/projects/" + project + "/images/id?imageIds=" + image).json().at(0);
    }

    answer remove(const std::string& query) {
        return service.call("DELETE", "/projects/" + project + "/images/regions" + query);
    }
};

std::string many(std::size_t count, const std::string& entry) {
    std::string text = entry;
    for (std::size_t i = 1; i < count; ++i) {
        text += "," + entry;
    }
    return text;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(image_regions, fixture)

BOOST_AUTO_TEST_CASE(a_region_is_answered_as_recorded_and_brings_its_tag) {
    const auto recorded = read_recording("regions.v3.4-preview.json");
    service.version = "v3.4-preview";
    const answer given = send(R"({"imageId":")" + image + R"(","tagId":")" + tag +
                              R"(","left":0.3807391,"top":0.164848924,"width":0.276588678,)"
                              R"("height":0.6538571})");
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(masked(given.body) == masked(recorded[2].body));
    BOOST_TEST(shown().at("tags").at(0).at("tagName").as_string() == "t");
    BOOST_TEST(shown().at("regions").at(0).at("regionId") ==
               given.json().at("created").at(0).at("regionId"));
}

BOOST_AUTO_TEST_CASE(the_same_box_again_is_a_duplicate) {
    send(entry(image, tag, 0.1));
    const answer again = send(entry(image, tag, 0.1) + "," + entry(image, other, 0.1));
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(again.json().at("duplicated").as_array().size() == 1U);
    BOOST_TEST(again.json().at("duplicated").at(0).at("tagId").as_string() == tag);
    BOOST_TEST(again.json().at("created").as_array().size() == 1U);
    // What is shown and sent again is the same box, although single precision was cut off.
    const json::value region = shown().at("regions").at(0);
    const std::string echoed = R"({"imageId":")" + image + R"(","tagId":)" +
                               json::serialize(region.at("tagId")) +
                               ",\"left\":" + json::serialize(region.at("left")) +
                               ",\"top\":" + json::serialize(region.at("top")) +
                               ",\"width\":" + json::serialize(region.at("width")) +
                               ",\"height\":" + json::serialize(region.at("height")) + "}";
    BOOST_TEST(send(echoed).json().at("duplicated").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(three_hundred_regions_an_image) {
    std::size_t sent = 0;
    for (; sent < 300; sent += 60) {
        std::string entries;
        for (std::size_t i = 0; i < 60; ++i) {
            entries +=
                (i == 0 ? "" : ",") + entry(image, tag, static_cast<double>(sent + i) / 1000.0);
        }
        BOOST_REQUIRE_EQUAL(send(entries).status, 200U);
    }
    const answer more = send(entry(image, tag, 0.5));
    BOOST_TEST(more.status == 207U);
    BOOST_TEST(more.json().at("exceeded").as_array().size() == 1U);
    BOOST_TEST(more.json().at("created").as_array().empty());
    service.version = "v3.2";
    BOOST_TEST(send(entry(image, tag, 0.5)).status == 200U);
}

BOOST_AUTO_TEST_CASE(sixty_four_a_call) {
    BOOST_TEST(send(many(64, entry(image, tag, 0.1))).status == 200U);
    BOOST_TEST(send(many(65, entry(image, tag, 0.1))).code() == "BadRequestExceededBatchSize");
}

BOOST_AUTO_TEST_CASE(what_does_not_bind_is_refused_as_a_whole) {
    for (const std::string& entries :
         {std::string(), std::string("{}"), std::string("1"),
          R"({"imageId":"image1","tagId":")" + tag + "\"," + box(0.1) + "}",
          R"({"imageId":")" + image + "\"," + box(0.1) + "}",
          R"({"imageId":")" + image + R"(","tagId":")" + tag + R"(","left":0.1})"}) {
        const answer refused = send(entries);
        BOOST_TEST(refused.status == 400U, entries);
        BOOST_TEST(refused.text("message") == "No image regions provided", entries);
    }
}

BOOST_AUTO_TEST_CASE(one_wrong_entry_and_nothing_is_stored) {
    const std::string good = entry(image, tag, 0.1);
    BOOST_TEST(send(good + "," + entry(tag, tag, 0.1)).code() == "NotFoundImage");
    BOOST_TEST(send(good + "," + entry(image, image, 0.1)).code() == "NotFoundTag");
    BOOST_TEST(send(good + "," + entry(image, tag, 0.9, 0.2)).code() == "BadRequestImageRegions");
    BOOST_TEST(send(good + "," + entry(image, tag, -0.1)).code() == "BadRequestImageRegions");
    BOOST_TEST(send(good + "," + entry(image, tag, 0.1, 0)).code() == "BadRequestImageRegions");
    BOOST_TEST(!shown().as_object().contains("regions"));
}

BOOST_AUTO_TEST_CASE(a_tag_goes_with_its_last_region) {
    const answer made = send(entry(image, tag, 0.1) + "," + entry(image, tag, 0.2));
    const auto id = [&](std::size_t i) {
        return std::string(made.json().at("created").at(i).at("regionId").as_string());
    };
    BOOST_TEST(remove("?regionIds=" + id(0)).status == 204U);
    BOOST_TEST(shown().at("tags").as_array().size() == 1U);
    BOOST_TEST(remove("?regionIds=" + id(0) + "," + id(1)).status == 204U);
    BOOST_TEST(!shown().as_object().contains("tags"));
    BOOST_TEST(!shown().as_object().contains("regions"));
}

BOOST_AUTO_TEST_CASE(wrong_deletions) {
    BOOST_TEST(remove("").code() == "BadRequestRequiredParamIsNull");
    BOOST_TEST(remove("?regionIds=x").code() == "BadRequestInvalidIds");
    BOOST_TEST(remove("?regionIds=" + many(65, tag)).code() == "BadRequestInvalidIds");
    const answer made = send(entry(image, tag, 0.1));
    const std::string id(made.json().at("created").at(0).at("regionId").as_string());
    const std::string stranger = service.make_project("stranger", detection);
    service.call("DELETE", "/projects/" + stranger + "/images/regions?regionIds=" + id);
    BOOST_TEST(shown().as_object().contains("regions"));
}

BOOST_AUTO_TEST_CASE(regions_of_an_upload_are_kept_or_judged) {
    const std::string good = R"([{"tagId":")" + tag + "\"," + box(0.1) + "}]";
    image = upload(2, good);
    BOOST_TEST(shown().at("regions").at(0).at("tagName").as_string() == "t");
    BOOST_TEST(shown().at("tags").at(0).at("tagName").as_string() == "t");
    const std::string outside = R"([{"tagId":")" + tag + "\"," + box(0.9) + "}]";
    const answer judged =
        service.upload(project, {{"a", striped_picture(pattern::level, 3), {}, outside}});
    BOOST_TEST(judged.status == 207U);
    BOOST_TEST(judged.json().at("images").at(0).at("status").as_string() == "ErrorInvalidRegion");
}

BOOST_AUTO_TEST_SUITE_END()
