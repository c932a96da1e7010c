#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

/// Five images: 0 and 1 with tag a, 2 with b, 3 with both, 4 with none.
struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::string a = service.make_tag(project, "a");
    std::string b = service.make_tag(project, "b");
    std::string place = "/projects/" + project + "/images";
    std::vector<std::string> ids;

    fixture() {
        const std::vector<std::vector<std::string>> tags = {{a}, {a}, {b}, {a, b}, {}};
        for (unsigned i = 0; i < tags.size(); ++i) {
            const auto stored =
                service.upload(project, {{"x", striped_picture(pattern::level, i), tags[i]}});
            ids.emplace_back(stored.json().at("images").at(0).at("image").at("id").as_string());
        }
    }

    std::string order(const std::string& target) {
        std::string numbers;
        const json::value shown = service.get(place + target).json();
        for (const json::value& each : shown.as_array()) {
            const std::string id(each.at("id").as_string());
            numbers += std::to_string(std::find(ids.begin(), ids.end(), id) - ids.begin());
        }
        return numbers;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(image_lists, fixture)

BOOST_AUTO_TEST_CASE(a_tagged_image_looks_as_recorded) {
    const json::value recorded =
        json::parse(read_recording("images-and-count.v3.4-preview.json")[1].body).at(0);
    const answer given = service.get(place + "?tagIds=" + a + "&take=1&skip=1");
    json::value own = given.json().at(0);
    own.as_object()["width"] = recorded.at("width");
    own.as_object()["height"] = recorded.at("height");
    own.at("tags").at(0).as_object()["tagName"] = "Tag2";
    BOOST_TEST(masked(json::serialize(own)) == masked(json::serialize(recorded)));
}

BOOST_AUTO_TEST_CASE(an_untagged_image_looks_as_recorded) {
    const auto recorded = read_recording("image-tags.v3.4-preview.json");
    BOOST_TEST(recorded[0].body == "[]");
    json::value shown = service.get(place + "/untagged").json();
    shown.at(0).as_object()["width"] = 900;
    shown.at(0).as_object()["height"] = 1600;
    BOOST_TEST(masked(json::serialize(shown)) == masked(recorded[1].body));
}

BOOST_AUTO_TEST_CASE(newest_first_unless_asked) {
    BOOST_TEST(order("") == "43210");
    BOOST_TEST(order("?orderBy=Oldest") == "01234");
    BOOST_TEST(order("?take=2&skip=1") == "32");
    BOOST_TEST(order("?take=0") == "");
}

BOOST_AUTO_TEST_CASE(filters) {
    BOOST_TEST(order("?taggingStatus=Tagged") == "3210");
    BOOST_TEST(order("?taggingStatus=untagged") == "4");
    BOOST_TEST(order("/tagged?tagIds=" + a) == "310");
    BOOST_TEST(order("?tagIds=" + a + "," + b) == "3210");
    BOOST_TEST(order("?tagIds=" + a + "&tagIds=" + b) == "3210");
    BOOST_TEST(order("/id?imageIds=" + ids[3] + "," + ids[0] + "," + a) == "03");
    BOOST_TEST(order("/id") == "");
}

BOOST_AUTO_TEST_CASE(counts) {
    BOOST_TEST(service.get(place + "/count").body == "5");
    BOOST_TEST(service.get(place + "/count?taggingStatus=Tagged").body == "4");
    BOOST_TEST(service.get(place + "/tagged/count?tagIds=" + b).body == "2");
    BOOST_TEST(service.get(place + "/tagged/count").body == "4");
    BOOST_TEST(service.get(place + "/untagged/count").body == "1");
}

BOOST_AUTO_TEST_CASE(a_list_takes_twenty_tags_and_a_count_any_number) {
    std::string many = a;
    for (int i = 0; i < 19; ++i) {
        many += "," + project;
    }
    BOOST_TEST(order("?tagIds=" + many) == "310");
    BOOST_TEST(service.get(place + "?tagIds=" + many + "," + b).code() == "BadRequestInvalidIds");
    BOOST_TEST(service.get(place + "/count?tagIds=" + many + "," + b).body == "4");
    BOOST_TEST(service.get(place + "/tagged/count?tagIds=" + many + "," + b).body == "4");
}

BOOST_AUTO_TEST_CASE(wrong_parameters) {
    const std::pair<const char*, const char*> wrong[] = {
        {"?take=257", "BadRequest"},
        {"?take=x", "BadRequest"},
        {"?skip=-1", "BadRequest"},
        {"?orderBy=Largest", "BadRequest"},
        {"?taggingStatus=Some", "BadRequest"},
        {"?tagIds=x", "BadRequestInvalidIds"},
        {"?$filter=a", "BadRequest"},
        {"?iterationId=11111111-2222-3333-4444-555555555555", "NotFoundIteration"}};
    for (const auto& [query, code] : wrong) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(service.get(place + query).code() == code);
        }
    }
}

BOOST_AUTO_TEST_CASE(deleted_images_are_gone_with_their_files) {
    const answer gone =
        service.call("DELETE", place + "?imageIds=" + ids[0] + "," + ids[1] + "," + a);
    BOOST_TEST(gone.status == 204U);
    BOOST_TEST(order("") == "432");
    BOOST_TEST(!std::filesystem::exists(folder.path() / "images" / project / ids[0]));
    BOOST_TEST(std::filesystem::exists(folder.path() / "images" / project / ids[2]));
    const answer again = service.upload(project, {{"x", striped_picture(pattern::level, 0), {a}}});
    BOOST_TEST(again.json().at("images").at(0).at("status").as_string() == "OK");
}

BOOST_AUTO_TEST_CASE(all_images_go_with_a_202) {
    BOOST_TEST(service.call("DELETE", place).code() == "BadRequestRequiredParamIsNull");
    BOOST_TEST(service.call("DELETE", place + "?allImages=true").status == 202U);
    BOOST_TEST(service.get(place + "/count").body == "0");
}

BOOST_AUTO_TEST_CASE(another_project_s_images_stay) {
    const std::string other = service.make_project("q");
    service.call("DELETE", "/projects/" + other + "/images?imageIds=" + ids[0]);
    BOOST_TEST(order("") == "43210");
}

BOOST_AUTO_TEST_SUITE_END()
