#include "retraind/pipeline/retry_rules.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

config::watch_block watching(const std::string& path) {
    config::watch_block folder;
    folder.watch.path = path;
    return folder;
}

config::configuration two_projects() {
    config::configuration wanted;
    wanted.projects.resize(2);
    wanted.projects[0].watch = {watching("/srv/a"), watching("/srv/b")};
    wanted.projects[0].watch[1].disposal.rejected = "/srv/rejected";
    wanted.projects[1].watch = {watching("/srv/a")};
    return wanted;
}

using targets = std::vector<retry_target>;

std::string refusal(const std::string& path) {
    const auto resolved = resolve_retry(two_projects(), path);
    return resolved ? "" : resolved.error().message;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(retry_rules)

BOOST_AUTO_TEST_CASE(no_path_means_every_folder_and_no_other_mount) {
    const targets every{{0, 0, "", false}, {0, 1, "", false}, {1, 0, "", false}};
    BOOST_TEST((resolve_retry(two_projects(), {}).value() == every));
}

BOOST_AUTO_TEST_CASE(a_path_is_found_in_every_project_that_watches_it) {
    const targets whole{{0, 0, "", true}, {1, 0, "", true}};
    BOOST_TEST((resolve_retry(two_projects(), "/srv/a").value() == whole));
    const targets file{{0, 0, "cat/x.jpg", false}, {1, 0, "cat/x.jpg", false}};
    BOOST_TEST((resolve_retry(two_projects(), "/srv/a/cat/x.jpg").value() == file));
}

BOOST_AUTO_TEST_CASE(what_lies_elsewhere_is_refused_with_the_mend) {
    for (const char* path : {"/", "/srv", "/srv/ab", "/srv/ab/x.jpg", "/etc/passwd"}) {
        BOOST_TEST(has(refusal(path), "lies in no watched folder"), path);
    }
    BOOST_TEST(has(refusal("/srv/rejected/cat/x.jpg"), "move it back into /srv/b"));
}

BOOST_AUTO_TEST_CASE(every_byte_of_a_path_gets_through) {
    std::string path = "/srv/";
    for (int byte = 1; byte < 256; ++byte) {
        path += static_cast<char>(byte);
    }
    const std::string target = encode_retry(path);
    BOOST_TEST(is_retry(target));
    BOOST_TEST((target.find_first_of(" \t\r\n#?", 8) == std::string::npos));
    const auto back = decode_retry(target);
    BOOST_TEST_REQUIRE(back.has_value());
    BOOST_TEST(back->path.value() == path);
    BOOST_TEST(encode_retry({}) == "/retry");
    BOOST_TEST(!decode_retry("/retry").value().path.has_value());
}

BOOST_AUTO_TEST_CASE(other_targets_are_none_or_are_refused) {
    for (const char* other : {"/", "/retrying", "/status", "/retry/", ""}) {
        BOOST_TEST(!is_retry(other), other);
    }
    for (const char* wrong :
         {"/retry?", "/retry?path", "/retry?path=", "/retry?path=relative", "/retry?path=/a%",
          "/retry?path=/a%4", "/retry?path=/a%zz", "/retry?path=/a%00b", "/retry?paths=/a"}) {
        BOOST_TEST(is_retry(wrong), wrong);
        BOOST_TEST(!decode_retry(wrong).has_value(), wrong);
    }
}

BOOST_AUTO_TEST_CASE(the_sentence_counts) {
    BOOST_TEST(has(retried_sentence(0), "0 rejected files are"));
    BOOST_TEST(has(retried_sentence(1), "1 rejected file is"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
