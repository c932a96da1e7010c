#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p", "&classificationType=Multiclass");
    std::string a = service.make_tag(project, "a");
    std::string b = service.make_tag(project, "b");
    std::string place = "/projects/" + project + "/images";
    std::string image =
        std::string(service.upload(project, {{"x", striped_picture(pattern::level, 1)}})
                        .json()
                        .at("images")
                        .at(0)
                        .at("image")
                        .at("id")
                        .as_string());

    static std::string pair(const std::string& image_id, const std::string& tag_id) {
        return "{\"imageId\":\"" + image_id + "\",\"tagId\":\"" + tag_id + "\"}";
    }

    answer add(const std::string& pairs) {
        return service.post(place + "/tags", "{\"tags\":[" + pairs + "]}");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(image_tags, fixture)

BOOST_AUTO_TEST_CASE(a_tag_is_added_as_recorded) {
    const auto recorded = read_recording("image-tags.v3.4-preview.json");
    const answer given = add(pair(image, a));
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(masked(given.body) == masked(recorded[3].body));
    BOOST_TEST(service.get(place + "/tagged/count").body == "1");
}

BOOST_AUTO_TEST_CASE(the_summary_tells_new_from_known_from_too_many) {
    add(pair(image, a));
    const answer given = add(pair(image, a) + "," + pair(image, b));
    BOOST_TEST(given.body == "{\"created\":[],\"duplicated\":[" + pair(image, a) +
                                 "],\"exceeded\":[" + pair(image, b) + "]}");
}

BOOST_AUTO_TEST_CASE(nothing_is_done_where_something_is_unknown) {
    const std::string absent = "11111111-2222-3333-4444-555555555555";
    BOOST_TEST(add(pair(image, a) + "," + pair(absent, a)).code() == "NotFoundImage");
    BOOST_TEST(add(pair(image, a) + "," + pair(image, absent)).code() == "NotFoundTag");
    BOOST_TEST(add(pair("x", a)).text("message") == "No image tags provided");
    BOOST_TEST(add("").text("message") == "No image tags provided");
    BOOST_TEST(service.get(place + "/tagged/count").body == "0");
}

BOOST_AUTO_TEST_CASE(a_tag_is_replaced_by_removing_the_old_one) {
    add(pair(image, a));
    const answer removed =
        service.call("DELETE", place + "/tags?imageIds=" + image + "&tagIds=" + a);
    BOOST_TEST(removed.status == 204U);
    BOOST_TEST(service.get(place + "/untagged/count").body == "1");
    BOOST_TEST(add(pair(image, b)).body.starts_with("{\"created\":[{"));
    BOOST_TEST(service.call("DELETE", place + "/tags?imageIds=" + image).code() ==
               "BadRequestRequiredParamIsNull");
}

BOOST_AUTO_TEST_SUITE_END()
