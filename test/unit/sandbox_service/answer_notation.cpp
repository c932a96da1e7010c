#include "sandbox/service/answer_notation.hpp"

#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;

BOOST_AUTO_TEST_SUITE(answer_notation)

BOOST_AUTO_TEST_CASE(the_highest_quality_wins_and_json_a_tie) {
    const std::pair<const char*, const char*> known[] = {
        {"", "application/json"},
        {"*/*", "application/json"},
        {"application/json", "application/json"},
        {"application/xml", "application/xml"},
        {"Text/XML", "text/xml"},
        {"text/*", "text/xml"},
        {"application/*", "application/json"},
        {"application/xml, application/json", "application/json"},
        {"application/xml;q=0.9, application/json;q=0.8", "application/xml"},
        {"application/json;q=0.5, */*", "application/xml"},
        {"application/json;q=0, */*;q=0.1", "application/xml"},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"},
        {"application/xml;charset=utf-8;q=0.2, text/xml ; Q = 0.3", "text/xml"},
        {"image/png", "application/json"},
        {"application/json;q=0", "application/json"},
        {"application/xml;q=0", "application/json"},
        {"application/xml;q=x", "application/json"},
        {",;,q=1,/,*", "application/json"}};
    for (const auto& [accept, type] : known) {
        BOOST_TEST_CONTEXT(accept) {
            BOOST_TEST(preferred_media_type(accept) == type);
        }
    }
}

BOOST_AUTO_TEST_CASE(answers_and_refusals_of_the_service_follow_accept) {
    temporary_folder folder;
    client service(folder.path());
    service.make_project("p");
    const auto ask = [&](const std::string& path, const std::string& accept) {
        return service.call_path("GET", "/customvision/v3.3/training" + path, {},
                                 {{"accept", "text/html"}, {"Accept", accept}});
    };
    const auto listed = ask("/projects", "application/xml");
    BOOST_TEST(listed.whole.content_type == "application/xml; charset=utf-8");
    BOOST_TEST(listed.body.starts_with("<ArrayOfProject><Project><id>"));
    BOOST_TEST(listed.body.find("<horizontal_x0020_flip>true</horizontal_x0020_flip>") !=
               std::string::npos);
    BOOST_TEST(listed.body.find("thumbnailUri") == std::string::npos);
    const auto missing = ask("/projects/x", "text/xml");
    BOOST_TEST(missing.status == 404U);
    BOOST_TEST(missing.whole.content_type == "text/xml; charset=utf-8");
    BOOST_TEST(missing.body ==
               "<CustomVisionError><code>NotFoundProject</code><message>Project not "
               "found</message></CustomVisionError>");
    BOOST_TEST(ask("/projects", "application/json").body.starts_with("["));
}

BOOST_AUTO_TEST_SUITE_END()
