#include <boost/test/unit_test.hpp>

#include "helpers.hpp"
#include "retraind/base/api_version.hpp"

using namespace retraind::testing;

namespace {

struct refusal {
    std::string yaml;
    std::string expected; ///< stands in the messages
};

} // namespace

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(the_message_names_place_key_and_mend) {
    BOOST_TEST(messages(with_watch("{path: /d, settle: 2sec}")) ==
               "r.yaml:5:24: projects[0].watch[0].settle: \"2sec\" is not a duration; write 2s\n");
}

BOOST_AUTO_TEST_CASE(each_wrong_value_is_said_with_its_mend) {
    const std::vector<refusal> cases{
        {"", "r.yaml:1:1: is empty"},
        {"a: [", "is not YAML"},
        {"- a", "is not a block of keys"},
        {"service: {endpoint: https://x.example}", "lacks \"projects\""},
        {"projects: []", "lacks \"service\""},
        {with_service("api_version: v2.2"), "service.api_version: \"v2.2\" is not one of v3.0"},
        {with_service("requests_per_second: fast"), "is not a number from 0.01 to 100"},
        {with_service("requests_per_second: 0"), "is not a number from 0.01 to 100"},
        {with_service("requests_in_flight: -1"), "is not a whole number from 1 to 16"},
        {with_service("requests_in_flight: [2]"), "is a list; it takes whole number from 1 to 16"},
        {with_service("ca_file:"), "service.ca_file: has no value; it takes path"},
        {with_service("tier: s0"), "did you mean S0?"},
        {with_service("training_key_file: /a, training_key_env: B"), "keep one"},
        {with_service("media_type: application/yaml"), "is not one of application/json"},
        {with_service("accept: application/x-www-form-urlencoded"),
         "is not one of application/json, application/xml, text/xml"},
        {with_service("accepts: text/xml"), "is not a key; did you mean \"accept\"?"},
        {with_watch("{path: /d, setle: 2s}"), "setle: is not a key; did you mean \"settle\"?"},
        {with_watch("{settle: 2s}"), "projects[0].watch[0]: lacks \"path\""},
        {with_watch("{path: /d, path: /e}"), "path: stands here twice; keep one"},
        {with_watch("{path: /d, include: '*.jpg'}"), "include: is not a list"},
        {with_watch("{path: /d, include: ['']}"), "include[0]: is empty"},
        {with_watch("{path: /d, create_tags: yes}"), "\"yes\" is neither true nor false"},
        {with_watch("{path: /d, unlabelled: keep}"), "is not one of hold, untagged"},
        {with_watch("{path: /d, tags: {from: file}}"), "tags.from: \"file\" is not one of folder"},
        {with_watch("{path: /d, tags: {from: folder, fixed: [a]}}"), "keep one"},
        {with_watch("{path: /d, tags: {pattern: '('}}"), "tags.pattern: "},
        {with_watch("{path: /d, tags: {pattern: '[a-z]+'}}"), "tag"},
        {with_watch("{path: /d, tags: {fixed: []}}"), "tags.fixed: "},
        {with_watch("{path: /d, tags: {fixed: [' ']}}"), "tags.fixed: "},
        {with_watch("{path: /d, sidecars: yolo}"), "sidecars: is not a list"},
        {with_watch("{path: /d, sidecars: [yolo, pascal]}"),
         "sidecars[1]: \"pascal\" is not one of yolo, voc, coco, json"},
        {with_watch("{path: /d, sidecars: [yolo, yolo]}"), "sidecars[1]: stands here twice"},
        {with_watch("{path: /d, sidecar_wait: soon}"), "sidecar_wait: \"soon\""},
        {with_watch("{path: /d, negative_tag: a/b}"), "negative_tag: is no folder's name"},
        {with_watch("{path: /d, tags: {fixed: [_negative]}}"), "stands for the negative tag"},
        {with_watch("{path: /d, oversize: crop}"), "is not one of reject, shrink"},
        {with_watch("{path: /d, metadata: plant-7}"), "metadata: is not a block of text; write {"},
        {with_watch("{path: /d, metadata: {site: [a]}}"), "metadata.site: is no text"},
        {with_watch("{path: /d, metadata: {site: }}"), "metadata.site: is no text"},
        {with_watch("{path: /d, metadata: {'': a}}"), "metadata.?: the key is empty"},
        {with_watch("{path: /d, metadata: {site: a, site: b}}"),
         "metadata.site: stands here twice"},
        {with_watch("{path: /d, metadata: {site: \"a\\nb\"}}"), "is not plain text"},
        {with_watch("{path: /d, metadata: {" + std::string(129, 'k') + ": a}}"),
         "the key has 129 characters; the service takes at most 128"},
        {with_watch("{path: /d, metadata: {site: " + std::string(257, 'v') + "}}"),
         "metadata.site: the text has 257 characters; the service takes at most 256"},
        {with_watch("{path: /d, metadata: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, "
                    "j: 10, k: 11}}"),
         "metadata: has 11 keys; the service takes at most 10"},
        {with_watch("{path: /d, after_upload: burn}"), "is not one of keep, delete"},
        {with_watch("{path: /d, after_upload: {keep_days: 3}}"), "keep_days: is not a key"},
        {with_project("batch: {max_images: 65}"), "\"65\" is not a whole number from 1 to 64"},
        {with_project("batch: {max_bytes: 12 apples}"), "is not a number of bytes; write 24MiB"},
        {with_project("batch: {max_bytes: 1}"), "is not from 64KiB to 4GiB"},
        {with_project("retrain: {training: {type: Advanced}}"), "needs budget_hours"},
        {with_project("retrain: {training: {budget_hours: 1}}"), "goes with type: Advanced"},
        {with_project("retrain: {deadline: 0}"), "too short; at least 1s"},
        {with_project("retrain: {after_images: 0}"), "is not a whole number from 1"},
        {with_project("publish: {name: a, prediction_resource_id: /subscriptions/x}, retrain: {}"),
         "is not a prediction resource's whole id; copy Resource ID"},
        {with_project("id: 12"), "projects[0].id: \"12\" is not a GUID"},
        {"service: {endpoint: https://x.example}\nprojects: [{watch: [{path: /d}]}]",
         "lacks \"name\" (or \"id\")"},
        {"service: {endpoint: https://x.example}\nprojects: []", "is not a list of projects"},
        {"service: {endpoint: http://x.example}\nprojects: [{name: p, watch: [{path: /d}]}]",
         "service.endpoint: "},
        {with_service("requests_in_flight: 2") + "admin: {listen: '0.0.0.0:9464'}",
         "admin.listen: can be reached from other machines, so it needs admin.token_file"},
        {with_service("requests_in_flight: 2") + "admin: {listen: '[::]:9464'}",
         "admin.listen: can be reached from other machines, so it needs admin.token_file"},
        {with_service("requests_in_flight: 2") + "admin: {listen: '192.168.1.5:9464'}",
         "admin.listen: can be reached from other machines, so it needs admin.token_file"},
        {with_service("requests_in_flight: 2") + "admin: {listen: 'edge.example:9464'}",
         "admin.listen: \"edge.example:9464\" is neither a Unix socket nor an IP address with a"},
        {with_service("requests_in_flight: 2") + "admin: {listen: '127.0.0.1:70000'}",
         "admin.listen: \"127.0.0.1:70000\" is neither"},
        {with_service("requests_in_flight: 2") + "admin: {listen: '127.0.0.1'}", "is neither"},
        {with_service("requests_in_flight: 2") + "admin: {listen: '::1:9464'}", "is neither"},
        {with_service("requests_in_flight: 2") + "admin: {listen: ':9464'}", "is neither"},
        {with_service("requests_in_flight: 2") + "admin: {listen: 'unix:'}", "is neither"},
        {with_service("requests_in_flight: 2") + "admin: {token_file: /t}",
         "admin.token_file: has no use without an address in admin.listen"},
        {with_service("requests_in_flight: 2") + "admin: {listen: 'unix:/a', token_file: /t}",
         "admin.token_file: has no use without an address in admin.listen"},
        {with_service("requests_in_flight: 2") + "admin: {listen: 'unix:/" + std::string(120, 'a') +
             "'}",
         "admin.listen: /aaa"},
        {with_service("requests_in_flight: 2") + "log: {level: loud}", "is not one of debug, info"},
    };
    for (const refusal& tried : cases) {
        BOOST_TEST_CONTEXT(tried.yaml) {
            const std::string said = messages(tried.yaml);
            BOOST_TEST(said.find(tried.expected) != std::string::npos, said);
        }
    }
}

BOOST_AUTO_TEST_CASE(metadata_needs_a_version_that_has_it_wherever_that_stands) {
    const auto said_with = [](const std::string& version) {
        return messages("projects:\n- name: p\n  watch:\n  - {path: /d, metadata: {site: a}}\n"
                        "service: {endpoint: \"https://x.example\", api_version: " +
                        version + "}\n");
    };
    for (const retraind::api_version& each : retraind::api_versions) {
        BOOST_TEST(said_with(std::string(each.name)).empty() == each.metadata, each.name);
    }
    for (const char* version : {"v3.0", "v3.1", "v3.2"}) {
        BOOST_TEST(said_with(version) ==
                   "r.yaml:4:26: projects[0].watch[0].metadata: service.api_version " +
                       std::string(version) +
                       " has no metadata; take v3.3 or a later one, or take it out\n");
    }
    BOOST_TEST(said_with("v3.3").empty());
    BOOST_TEST(said_with("v3.4-preview").empty());
}

BOOST_AUTO_TEST_CASE(a_key_written_by_mistake_is_not_repeated) {
    const std::string key = "0123456789abcdef0123456789abcdef";
    for (const char* name : {"training_key", "training_key_env"}) {
        const std::string said = messages(with_service(std::string(name) + ": " + key));
        BOOST_TEST(!said.empty());
        BOOST_TEST(said.find(key) == std::string::npos, said);
    }
}

BOOST_AUTO_TEST_CASE(everything_that_is_wrong_is_said_at_once_in_the_files_order) {
    const std::string said = messages("service: {endpoint: \"https://x.example\", tier: S1}\n"
                                      "projects:\n- {name: p, watch: [{path: /d, settle: x}]}\n"
                                      "log: {level: x}\n");
    const auto tier = said.find("service.tier");
    const auto settle = said.find("settle");
    const auto level = said.find("log.level");
    BOOST_TEST(tier < settle);
    BOOST_TEST(settle < level);
    BOOST_TEST(level != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
