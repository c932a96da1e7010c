#include "retraind/config/parse.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "helpers.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::parse;
using retraind::testing::variables;
using retraind::testing::with_project;
using retraind::testing::with_service;
using retraind::testing::with_watch;

BOOST_AUTO_TEST_SUITE(parsing)

BOOST_AUTO_TEST_CASE(the_least_that_works_has_every_default) {
    const auto parsed = parse("service: {endpoint: https://x.example}\n"
                              "projects:\n- name: wildlife\n  watch: [{path: /srv/drop}]\n");
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->service.client.server.host == "x.example");
    BOOST_TEST(parsed->service.client.server.port == "443");
    BOOST_TEST(parsed->service.api_version == "v3.3");
    BOOST_TEST(parsed->service.media_type == "application/json");
    BOOST_TEST(parsed->service.accept == "application/json");
    BOOST_TEST(parsed->service.key.file == "/etc/retraind/training-key");
    BOOST_TEST(parsed->service.rate.requests_per_second == 8);
    BOOST_TEST(parsed->service.rate.requests_in_flight == 2U);
    BOOST_TEST(parsed->state == "/var/lib/retraind");
    BOOST_TEST(parsed->admin.unix_path == "/var/lib/retraind/admin.sock");
    BOOST_REQUIRE(parsed->projects.size() == 1U);
    const config::project_block& project = parsed->projects[0];
    BOOST_TEST(project.label() == "wildlife");
    BOOST_TEST(!project.create);
    BOOST_TEST(!project.retrain);
    BOOST_TEST(!project.publish);
    BOOST_TEST(project.batch.max_images == 64U);
    BOOST_TEST(project.batch.max_bytes == std::uint64_t{24} << 20);
    const config::watch_block& folder = project.watch.at(0);
    BOOST_TEST((folder.watch.settle == 2s));
    BOOST_TEST((folder.intake.truncated_after == 1h));
    BOOST_TEST(folder.watch.include.size() == 5U);
    BOOST_TEST(std::holds_alternative<intake::tags_from_folder>(folder.intake.tags));
    BOOST_TEST(std::holds_alternative<disposal::keep>(folder.disposal.uploaded));
    BOOST_TEST(!folder.disposal.rejected);
    BOOST_TEST(!folder.intake.negative_folder);
    BOOST_TEST(folder.intake.metadata.empty());
    BOOST_TEST((folder.intake.too_large == intake::oversize::reject));
}

BOOST_AUTO_TEST_CASE(metadata_and_oversize_are_taken) {
    const auto parsed = parse(with_watch("{path: /d, oversize: shrink, metadata: {site: plant-7, "
                                         "line: 12, Größe: \"" +
                                         std::string(256, 'x') + "\"}}"));
    BOOST_REQUIRE(parsed);
    const intake::options& folder = parsed->projects.at(0).watch.at(0).intake;
    BOOST_TEST((folder.too_large == intake::oversize::shrink));
    BOOST_TEST(folder.metadata.size() == 3U);
    BOOST_TEST(folder.metadata.at("site") == "plant-7");
    BOOST_TEST(folder.metadata.at("line") == "12");
    BOOST_TEST(folder.metadata.at("Größe").size() == 256U);
}

BOOST_AUTO_TEST_CASE(every_key_is_taken) {
    const auto parsed = parse(R"(
service:
  endpoint: https://westus.api.cognitive.microsoft.com/
  api_version: v3.4-preview
  media_type: application/x-www-form-urlencoded
  accept: text/xml
  training_key_env: CV_KEY
  tier: F0
  requests_per_second: 1.5
  requests_in_flight: 3
  ca_file: ca.pem
state: state
projects:
  - id: 391fc408-69ec-4ec3-ac42-6f14bf71ed33
    name: wildlife
    create: {type: Classification, domain: Food, classification: Multilabel}
    watch:
      - path: drop
        scan_every: 1m
        settle: 500ms
        truncated_after: 2h
        include: ["*.jpg"]
        exclude: ["old"]
        tags: {from: folders}
        unlabelled: untagged
        create_tags: false
        negative_tag: _none
        after_upload: {move_to: done}
        rejected: /srv/rejected
    batch: {max_images: 10, max_tags: 5, max_bytes: 1MiB, linger: 0}
    retrain:
      after_images: 5
      quiet_for: 3s
      quiet_at_most: 1h
      cooldown: 0
      training: {type: Advanced, budget_hours: 2}
      deadline: 2h
    publish:
      name: production
      prediction_resource_id: /subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a
admin: {listen: "unix:run/a.sock"}
log: {level: debug, format: json}
)");
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->service.media_type == "application/x-www-form-urlencoded");
    BOOST_TEST(parsed->service.accept == "text/xml");
    BOOST_TEST(parsed->service.key.environment == "CV_KEY");
    BOOST_TEST(parsed->service.key.file.empty());
    BOOST_TEST(parsed->service.rate.requests_per_second == 1.5);
    BOOST_TEST(parsed->service.client.ca_file.value() == "/etc/retraind/ca.pem");
    BOOST_TEST(parsed->state == "/etc/retraind/state");
    const config::project_block& project = parsed->projects.at(0);
    BOOST_TEST(to_string(*project.id) == "391fc408-69ec-4ec3-ac42-6f14bf71ed33");
    BOOST_TEST(project.create->multilabel);
    const config::watch_block& folder = project.watch.at(0);
    BOOST_TEST(folder.watch.path == "/etc/retraind/drop");
    BOOST_TEST((folder.watch.scan_every == 1min));
    BOOST_TEST((folder.watch.settle == 500ms));
    BOOST_TEST(folder.watch.include == std::vector<std::string>{"*.jpg"});
    BOOST_TEST(folder.watch.exclude.size() == 10U); // added to the nine there are
    BOOST_TEST(std::holds_alternative<intake::tags_from_folders>(folder.intake.tags));
    BOOST_TEST((folder.intake.without_label == intake::unlabelled::untagged));
    BOOST_TEST(!folder.intake.create_tags);
    BOOST_TEST(folder.intake.negative_folder.value() == "_none");
    BOOST_TEST(std::get<disposal::move_to>(folder.disposal.uploaded).folder ==
               "/etc/retraind/done");
    BOOST_TEST((project.batch.linger == 0s));
    BOOST_TEST(project.retrain->advanced);
    BOOST_TEST(project.retrain->budget_hours == 2U);
    BOOST_TEST((project.retrain->cooldown == 0s));
    BOOST_TEST(project.publish->name == "production");
    BOOST_TEST(parsed->admin.unix_path == "/etc/retraind/run/a.sock");
    BOOST_TEST((parsed->log.format == report::log_format::json));
}

BOOST_AUTO_TEST_CASE(every_form_of_tags_is_taken) {
    const auto tags = [](std::string_view form) {
        const auto parsed = parse(with_watch("{path: /d, tags: " + std::string(form) + "}"));
        BOOST_REQUIRE(parsed);
        return parsed->projects[0].watch[0].intake.tags;
    };
    BOOST_TEST(std::holds_alternative<intake::tags_from_folder>(tags("{from: folder}")));
    BOOST_TEST(std::holds_alternative<intake::tags_from_folders>(tags("{from: folders}")));
    BOOST_TEST(std::holds_alternative<intake::tags_none>(tags("none")));
    BOOST_TEST(std::get<intake::tags_fixed>(tags("{fixed: [a, b]}")).names ==
               (std::vector<std::string>{"a", "b"}));
    BOOST_TEST(
        std::get<intake::tags_from_pattern>(tags("{pattern: '(?<tag>[a-z]+)_.*'}")).pattern ==
        "(?<tag>[a-z]+)_.*");
}

BOOST_AUTO_TEST_CASE(the_free_tier_has_its_own_rate) {
    const auto parsed = parse(with_service("tier: F0"));
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->service.rate.requests_per_second == 2);
}

BOOST_AUTO_TEST_CASE(systemd_gives_its_directories) {
    const auto parsed = parse("service: {endpoint: https://x.example}\n"
                              "projects: [{name: p, watch: [{path: /d}]}]\n",
                              variables({{"STATE_DIRECTORY", "/s"},
                                         {"RUNTIME_DIRECTORY", "/r"},
                                         {"CREDENTIALS_DIRECTORY", "/c"}}));
    BOOST_REQUIRE(parsed);
    BOOST_TEST(parsed->state == "/s");
    BOOST_TEST(parsed->admin.unix_path == "/r/admin.sock");
    BOOST_TEST(parsed->service.key.file == "/c/training-key");
}

BOOST_AUTO_TEST_CASE(an_address_stands_beside_the_socket) {
    const auto admin = [](const std::string& block) {
        const auto parsed = parse(with_service("requests_in_flight: 2") + "admin: {" + block + "}");
        BOOST_REQUIRE(parsed);
        return parsed->admin;
    };
    const auto local = admin("listen: '127.0.0.1:9464'");
    BOOST_TEST((local.tcp == report::tcp_place{"127.0.0.1", 9464, true}));
    BOOST_TEST(!local.token_file);
    BOOST_TEST(local.unix_path == "/var/lib/retraind/admin.sock");
    BOOST_TEST((admin("listen: 'localhost:0'").tcp == report::tcp_place{"127.0.0.1", 0, true}));
    BOOST_TEST((admin("listen: '127.8.9.10:1'").tcp == report::tcp_place{"127.8.9.10", 1, true}));
    BOOST_TEST((admin("listen: '[::1]:9464'").tcp == report::tcp_place{"::1", 9464, true}));
    const auto wide = admin("listen: '0.0.0.0:65535', token_file: token");
    BOOST_TEST((wide.tcp == report::tcp_place{"0.0.0.0", 65535, false}));
    BOOST_TEST(wide.token_file.value() == "/etc/retraind/token");
    BOOST_TEST(
        (admin("listen: '[::]:1', token_file: /t").tcp == report::tcp_place{"::", 1, false}));
    // A token on loopback keeps the machine's other users out.
    BOOST_TEST(admin("listen: '127.0.0.1:1', token_file: /t").token_file.value() == "/t");
    BOOST_TEST(!admin("listen: 'unix:/a'").tcp);
}

BOOST_AUTO_TEST_CASE(a_written_block_keeps_the_defaults_of_its_other_keys) {
    const auto parsed = parse(with_project("retrain: {after_images: 5}"));
    BOOST_REQUIRE(parsed);
    BOOST_TEST((parsed->projects[0].retrain->quiet_for == 10min));
    BOOST_TEST((parsed->projects[0].retrain->cooldown == 6h));
}

BOOST_AUTO_TEST_CASE(sidecars_are_a_list_in_its_order_and_no_pictures) {
    const auto off = parse(with_watch("{path: /d}"));
    BOOST_REQUIRE(off);
    BOOST_TEST(off->projects[0].watch[0].intake.sidecars.empty());
    BOOST_TEST((off->projects[0].watch[0].intake.sidecar_wait == 30s));
    const auto parsed =
        parse(with_watch("{path: /d, sidecars: [json, yolo, voc, coco], sidecar_wait: 2m}"));
    BOOST_REQUIRE(parsed);
    const config::watch_block& folder = parsed->projects[0].watch[0];
    using format = intake::sidecar_format;
    BOOST_TEST((folder.intake.sidecars ==
                std::vector<format>{format::json, format::yolo, format::voc, format::coco}));
    BOOST_TEST((folder.intake.sidecar_wait == 2min));
    const auto& out = folder.watch.exclude;
    for (const char* pattern : {"*.txt", "*.xml", "*.json"}) {
        BOOST_TEST((std::find(out.begin(), out.end(), pattern) != out.end()), pattern);
    }
}

BOOST_AUTO_TEST_SUITE_END()
