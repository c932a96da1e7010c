#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(operations_that_there_are_not_say_so) {
    temporary_folder folder;
    client service(folder.path());
    const std::string project = service.make_project("p");
    for (const std::string& target :
         {"/projects/" + project + "/images/" + project + "/regionproposals",
          "/projects/" + project + "/tagsandregions/suggestions",
          std::string("/projects/import?token=x")}) {
        BOOST_TEST_CONTEXT(target) {
            const answer refused = service.post(target);
            BOOST_TEST(refused.status == 400U);
            BOOST_TEST(refused.code() == "BadRequestNotSupported");
            BOOST_TEST(refused.json().as_object().size() == 2U);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_operation_of_an_unknown_project_is_not_found) {
    temporary_folder folder;
    client service(folder.path());
    const std::string id = "11111111-2222-3333-4444-555555555555";
    const std::pair<const char*, const char*> calls[] = {{"GET", ""},
                                                         {"DELETE", ""},
                                                         {"PATCH", ""},
                                                         {"GET", "/tags"},
                                                         {"POST", "/tags?name=a"},
                                                         {"GET", "/images"},
                                                         {"GET", "/images/count"},
                                                         {"GET", "/images/id"},
                                                         {"DELETE", "/images?allImages=true"},
                                                         {"POST", "/images/files"},
                                                         {"POST", "/images/tags"},
                                                         {"DELETE", "/images/tags"},
                                                         {"POST", "/train"},
                                                         {"GET", "/iterations"}};
    for (const std::string& unknown : {id, std::string("no-guid")}) {
        for (const auto& [method, rest] : calls) {
            BOOST_TEST_CONTEXT(method << " " << rest) {
                const answer refused = service.call(method, "/projects/" + unknown + rest);
                BOOST_TEST(refused.status == 404U);
                BOOST_TEST(refused.code() == "NotFoundProject");
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
