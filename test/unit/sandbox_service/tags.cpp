#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::string place = "/projects/" + project + "/tags";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(tags, fixture)

BOOST_AUTO_TEST_CASE(the_recorded_life_of_a_tag) {
    const auto recorded = read_recording("tag-lifecycle.v3.4-preview.json");
    const answer made =
        service.post(place + "?name=Test%20Tag%201&description=This%20is%20a%20test%20tag");
    BOOST_TEST(masked(made.body) == masked(recorded[1].body));
    const std::string own = place + "/" + made.text("id");
    const answer changed = service.call(
        "PATCH", own,
        "{\r\n  \"name\": \"New Tag Name\",\r\n  \"description\": \"Updated Description\"\r\n}");
    BOOST_TEST(masked(changed.body) == masked(recorded[2].body));
    BOOST_TEST(service.get(own).body == changed.body);
    BOOST_TEST(service.call("DELETE", own).status == 204U);
    BOOST_TEST(service.get(own).code() == "NotFoundTag");
}

BOOST_AUTO_TEST_CASE(an_empty_description_is_none) {
    const auto recorded = read_recording("tags-list.v3.4-preview.json");
    BOOST_TEST(masked(service.post(place + "?name=Tag%20%230&description=").body) ==
               masked(recorded[1].body));
}

BOOST_AUTO_TEST_CASE(a_list_counts_images) {
    const std::string tag = service.make_tag(project, "t");
    service.upload(project, {{"a", striped_picture(pattern::level, 1)}}, {tag});
    BOOST_TEST(service.get(place).body ==
               "[{\"id\":\"" + tag +
                   "\",\"name\":\"t\",\"description\":null,\"type\":\"Regular\","
                   "\"imageCount\":1}]");
}

BOOST_AUTO_TEST_CASE(names_are_unique_and_types_known) {
    service.make_tag(project, "a");
    service.post(place + "?name=n&type=Negative");
    const std::pair<const char*, const char*> wrong[] = {
        {"", "BadRequestRequiredParamIsNull"},
        {"?name=", "BadRequestTagName"},
        {"?name=a", "BadRequestTagNameNotUnique"},
        {"?name=b&type=Other", "BadRequestTagType"},
        {"?name=b&type=Negative", "BadRequestMultipleNegativeTag"}};
    for (const auto& [query, code] : wrong) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(service.post(place + query).code() == code);
        }
    }
    BOOST_TEST(service.post(place + "?name=A").status == 200U);
    const std::string other = service.make_project("q");
    BOOST_TEST(service.post("/projects/" + other + "/tags?name=a").status == 200U);
}

BOOST_AUTO_TEST_CASE(the_tier_limits_tags) {
    temporary_folder another;
    client free(another.path(), "F0");
    const std::string owner = free.make_project("p");
    for (int i = 0; i < 50; ++i) {
        free.make_tag(owner, std::to_string(i));
    }
    BOOST_TEST(free.post("/projects/" + owner + "/tags?name=more").code() ==
               "BadRequestExceedTagPerProjectLimit");
}

BOOST_AUTO_TEST_CASE(a_tag_leaves_its_images_when_it_goes) {
    const std::string tag = service.make_tag(project, "t");
    service.upload(project, {{"a", striped_picture(pattern::level, 1)}}, {tag});
    service.call("DELETE", place + "/" + tag);
    BOOST_TEST(service.get("/projects/" + project + "/images/untagged/count").body == "1");
}

BOOST_AUTO_TEST_SUITE_END()
