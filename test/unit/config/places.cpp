#include <boost/test/unit_test.hpp>

#include "helpers.hpp"

using namespace retraind::testing;

BOOST_AUTO_TEST_SUITE(places)

BOOST_AUTO_TEST_CASE(folders_that_lie_in_one_another_are_refused) {
    const std::string done_inside = with_watch("{path: /d, after_upload: {move_to: /d/done}}");
    BOOST_TEST(messages(done_inside)
                       .find("after_upload: /d/done lies in /d "
                             "(projects[0].watch[0].path)") != std::string::npos,
               messages(done_inside));
    for (const char* rejected : {"/d/x", "/d", "/d/../d/x/", "/"}) {
        const std::string yaml = with_watch("{path: /d, rejected: " + std::string(rejected) + "}");
        BOOST_TEST(!messages(yaml).empty(), rejected);
    }
    BOOST_TEST(!messages(with_watch("{path: /d}\n  - {path: /d/e}")).empty());
    BOOST_TEST(!messages(with_watch("{path: /d}") + "state: /d/state\n").empty());
    BOOST_TEST(!messages(with_watch("{path: /var/lib}")).empty()); // state's default lies in it
}

BOOST_AUTO_TEST_CASE(folders_beside_one_another_are_fine) {
    BOOST_TEST(
        messages(with_watch("{path: /d, rejected: /dd}\n"
                            "  - {path: /e, rejected: /dd, after_upload: {move_to: /dd}}")) == "");
}

BOOST_AUTO_TEST_CASE(no_picture_is_kept_in_state) {
    const std::string inside = "{path: /d, rejected: /var/lib/retraind/rejected}";
    BOOST_TEST(!messages(with_watch(inside)).empty());
    BOOST_TEST(messages(with_watch(inside) + "state: /elsewhere\n").empty());
    BOOST_TEST(!messages(with_watch("{path: /d, after_upload: {move_to: /s/done}}") + "state: /s\n")
                    .empty());
}

BOOST_AUTO_TEST_CASE(one_folder_in_two_projects_is_refused) {
    const std::string said =
        messages("service: {endpoint: \"https://x.example\"}\nprojects:\n"
                 "- {name: a, watch: [{path: /d}]}\n- {name: b, watch: [{path: /d/}]}\n");
    BOOST_TEST(said.find("projects[1].watch[0].path: /d is projects[0].watch[0].path already") !=
                   std::string::npos,
               said);
}

BOOST_AUTO_TEST_CASE(one_project_twice_is_refused) {
    BOOST_TEST(messages("service: {endpoint: \"https://x.example\"}\nprojects:\n"
                        "- {name: a, watch: [{path: /d}]}\n- {name: a, watch: [{path: /e}]}\n")
                   .find("is the second project \"a\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
