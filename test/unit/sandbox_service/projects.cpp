#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
};

constexpr const char* detection_domain = "da2e3a8a-40a5-4171-82f4-58522f70fbc1";

} // namespace

BOOST_FIXTURE_TEST_SUITE(projects, fixture)

BOOST_AUTO_TEST_CASE(domains_are_those_recorded) {
    service.version = "v3.4-preview";
    const auto recorded = read_recording("domains.v3.4-preview.json");
    BOOST_TEST(service.get("/domains").body == recorded[0].body);
    BOOST_TEST(service.get("/domains/EE85A74C-405e-4adc-bb47-ffa8ca0c9f31").body ==
               recorded[1].body);
    const answer none = service.get("/domains/ffffffff-405e-4adc-bb47-ffa8ca0c9f31");
    BOOST_TEST(none.status == 404U);
    BOOST_TEST(none.code() == "NotFoundDomain");
}

BOOST_AUTO_TEST_CASE(domains_before_the_preview_say_less) {
    const auto domains = service.get("/domains").json();
    BOOST_TEST(domains.as_array().size() == 14U);
    BOOST_TEST(!domains.at(0).as_object().contains("exportablePlatforms"));
}

BOOST_AUTO_TEST_CASE(the_recorded_life_of_a_project) {
    service.version = "v3.4-preview";
    const auto recorded = read_recording("project-lifecycle.v3.4-preview.json");
    const answer made =
        service.post("/projects?name=Test%20Project&description=This%20is%20a%20test%20project");
    BOOST_TEST(masked(made.body) == masked(recorded[0].body));
    BOOST_TEST(made.whole.content_type == "application/json; charset=utf-8");
    const std::string place = "/projects/" + made.text("id");
    const answer changed = service.call("PATCH", place,
                                        "{\r\n  \"name\": \"Another Name\",\r\n  \"description\": "
                                        "\"Updated Project Description\"\r\n}");
    BOOST_TEST(masked(changed.body) == masked(recorded[1].body));
    BOOST_TEST(changed.text("created") == made.text("created"));
    BOOST_TEST(service.get(place).body == changed.body);
    const answer gone = service.call("DELETE", place);
    BOOST_TEST(gone.status == 204U);
    BOOST_TEST(gone.body.empty());
    BOOST_TEST(gone.whole.content_type.empty());
    const answer absent = service.get(place);
    BOOST_TEST(absent.status == 404U);
    BOOST_TEST(absent.code() == "NotFoundProject");
}

BOOST_AUTO_TEST_CASE(v3_0_has_fewer_members_in_another_order) {
    service.version = "v3.0";
    const auto recorded = read_recording("create-images-from-urls.v3.0.json");
    const answer made =
        service.post("/projects?name=Test%20Project&description=This%20is%20a%20test%20project&"
                     "domainId=c151d5b5-dd07-472a-acc8-15d29dea8518");
    BOOST_TEST(masked(made.body) == masked(recorded[0].body));
}

BOOST_AUTO_TEST_CASE(a_detection_project_has_no_classification) {
    const answer made = service.post(std::string("/projects?name=d&domainId=") + detection_domain);
    BOOST_TEST(made.json().at("settings").at("classificationType").is_null());
}

BOOST_AUTO_TEST_CASE(settings_are_checked) {
    const std::pair<const char*, const char*> wrong[] = {
        {"/projects", "BadRequestRequiredParamIsNull"},
        {"/projects?name=", "BadRequestProjectName"},
        {"/projects?name=a&domainId=ffffffff-405e-4adc-bb47-ffa8ca0c9f31",
         "BadRequestProjectUnknownDomain"},
        {"/projects?name=a&classificationType=Both", "BadRequestProjectUnknownClassification"},
        {"/projects?name=a&targetExportPlatforms=CoreML,Toaster",
         "BadRequestProjectUnsupportedExportPlatform"}};
    for (const auto& [target, code] : wrong) {
        BOOST_TEST_CONTEXT(target) {
            const answer refused = service.post(target);
            BOOST_TEST(refused.status == 400U);
            BOOST_TEST(refused.code() == code);
        }
    }
    BOOST_TEST(service.get("/projects").body == "[]");
}

BOOST_AUTO_TEST_CASE(words_of_enumerations_have_no_case) {
    const answer made =
        service.post("/projects?name=a&classificationType=MULTICLASS&targetExportPlatforms=onnx");
    const json::value settings = made.json().at("settings");
    BOOST_TEST(settings.at("classificationType").as_string() == "Multiclass");
    BOOST_TEST(settings.at("targetExportPlatforms").at(0).as_string() == "ONNX");
    const answer tag = service.post("/projects/" + made.text("id") + "/tags?name=t&type=negative");
    BOOST_TEST(tag.text("type") == "Negative");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_utf8_is_made_it) {
    BOOST_TEST(service.post("/projects?name=a%FFb%C3%BC%C3").text("name") == "a\xEF\xBF\xBD"
                                                                             "b\xC3\xBC"
                                                                             "\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(names_are_unique) {
    const std::string one = service.make_project("one");
    const std::string two = service.make_project("two");
    BOOST_TEST(service.post("/projects?name=one").code() == "BadRequestProjectNameNotUnique");
    const auto rename = [&](const std::string& name) {
        return service.call("PATCH", "/projects/" + two, "{\"name\":\"" + name + "\"}");
    };
    BOOST_TEST(rename("one").code() == "BadRequestProjectNameNotUnique");
    BOOST_TEST(rename("two").status == 200U);
    BOOST_TEST(service.get("/projects").json().as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_domain_keeps_its_type) {
    const std::string place = "/projects/" + service.make_project("p");
    const auto move_to = [&](const std::string& domain) {
        return service.call("PATCH", place, "{\"settings\":{\"domainId\":\"" + domain + "\"}}");
    };
    BOOST_TEST(move_to(detection_domain).code() == "BadRequestProjectUnsupportedDomainTypeChange");
    const answer moved = move_to("0732100f-1a38-4e49-a514-c9b44c697ab5");
    BOOST_TEST(moved.json().at("settings").at("domainId").as_string() ==
               "0732100f-1a38-4e49-a514-c9b44c697ab5");
}

BOOST_AUTO_TEST_CASE(the_tier_limits_projects) {
    temporary_folder other;
    client free(other.path(), "F0");
    free.make_project("one");
    free.make_project("two");
    BOOST_TEST(free.post("/projects?name=three").code() == "BadRequestExceedProjectLimit");
}

BOOST_AUTO_TEST_SUITE_END()
