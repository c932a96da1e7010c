// What the daemon answers about itself.
#include <array>
#include <csignal>
#include <cstdio>
#include <map>
#include <regex>

#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;

namespace {

const std::string source_tree = std::string(RETRAIND_TEST_DATA) + "/../..";

/// What promtool has against these metrics; empty: nothing.
std::string complaints_about(const stage& world, const std::string& metrics) {
    write_file(world.folder() / "metrics", metrics);
    const std::string command =
        "promtool check metrics < " + (world.folder() / "metrics").string() + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    BOOST_TEST_REQUIRE(pipe != nullptr);
    std::string said;
    std::array<char, 1024> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        said.append(buffer.data(), count);
    }
    const int ended = ::pclose(pipe);
    return ended == 0 ? said : said + "promtool failed";
}

/// Family by family, its type.
std::map<std::string, std::string> families_of(const std::string& metrics) {
    std::map<std::string, std::string> types;
    const std::regex type_line("# TYPE (\\S+) (\\S+)\n");
    for (auto at = std::sregex_iterator(metrics.begin(), metrics.end(), type_line);
         at != std::sregex_iterator(); ++at) {
        types.emplace((*at)[1], (*at)[2]);
    }
    return types;
}

/// The same as the manual has it.
std::map<std::string, std::string> documented_families() {
    std::map<std::string, std::string> types;
    const std::string page = read_file(source_tree + "/docs/metrics.md");
    const std::regex row("\n\\| `(retraind_\\w+)` \\| (\\w+) \\|");
    for (auto at = std::sregex_iterator(page.begin(), page.end(), row);
         at != std::sregex_iterator(); ++at) {
        types.emplace((*at)[1], (*at)[2]);
    }
    return types;
}

bool not_ready_for(stage& world, const std::string& reason) {
    return eventually([&] { return world.admin("/readyz").find(reason) != std::string::npos; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin)

BOOST_AUTO_TEST_CASE(metrics_are_clean_from_the_first_scrape_and_as_the_manual_has_them) {
    stage world;
    world.configure({"",
                     "retrain: {after_images: 20, quiet_for: 500ms, cooldown: 0}\n"
                     "  publish: {name: production, prediction_resource_id: /subscriptions/0}",
                     ""});
    const auto daemon = world.start("daemon");
    std::string first;
    BOOST_TEST_REQUIRE(eventually([&] { return !(first = world.admin("/metrics")).empty(); }),
                       daemon->log());
    BOOST_TEST(complaints_about(world, first).empty(), complaints_about(world, first));
    BOOST_TEST(families_of(first).contains("retraind_files_total"));
    BOOST_TEST(!families_of(first).contains("retraind_trainings_total"));
    drop_pictures(world.drop(), 10);
    std::string later;
    const auto published = [&] {
        later = world.admin("/metrics");
        return later.find("retraind_published_info{project=\"shapes\"") != std::string::npos;
    };
    BOOST_TEST(eventually(published, std::chrono::seconds(120)), daemon->log() + later);
    BOOST_TEST(complaints_about(world, later).empty(), complaints_about(world, later));
    BOOST_TEST(later.find("retraind_files_total{project=\"shapes\",outcome=\"confirmed\","
                          "reason=\"\"} 20\n") != std::string::npos,
               later);
    BOOST_TEST(later.find("retraind_ledger_commit_seconds_count{project=\"shapes\"} 0\n") ==
               std::string::npos);
    BOOST_TEST(later.find("retraind_scan_seconds_count{project=\"shapes\"} 0\n") ==
               std::string::npos);
    const auto served = families_of(later);
    const auto documented = documented_families();
    for (const auto& [name, type] : served) {
        BOOST_TEST(documented.contains(name), name + " is not in docs/metrics.md");
    }
    for (const auto& [name, type] : documented) {
        BOOST_TEST_REQUIRE(served.contains(name), name + " is in docs/metrics.md only");
        BOOST_TEST(served.at(name) == type, name);
    }
}

BOOST_AUTO_TEST_CASE(the_examples_for_prometheus_are_right) {
    const std::string command =
        "promtool check config " + source_tree + "/config/prometheus.yml > /dev/null 2>&1";
    BOOST_TEST(std::system(command.c_str()) == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_key_a_missing_folder_and_a_full_quota_are_said) {
    stage world(R"({"rules":[{"operation":"GetImageCount","status":200,"body":"100000"}]})");
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    const auto full = world.start("full");
    BOOST_TEST(not_ready_for(world, "shapes: the project has 100000 images and its tier takes"),
               world.admin("/readyz"));
    std::filesystem::rename(world.drop(), world.folder() / "elsewhere");
    BOOST_TEST(not_ready_for(world, world.drop().string() + " is not there"),
               world.admin("/readyz"));
    std::filesystem::rename(world.folder() / "elsewhere", world.drop());
    full->signal(SIGTERM);
    BOOST_TEST(full->wait(std::chrono::seconds(30)).value_or(-1) == 0);
    world.set_faults(R"({"rules":[{"operation":"*","status":401,
        "body":{"error":{"code":"401","message":"Access denied due to invalid key"}}}]})");
    const auto refused = world.start("refused");
    BOOST_TEST(not_ready_for(world, "401"), world.admin("/readyz"));
    BOOST_TEST(world.admin("/healthz") == "ok\n");
}

BOOST_AUTO_TEST_SUITE_END()
