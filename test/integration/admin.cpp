// What the daemon answers about itself.
#include <array>
#include <csignal>
#include <cstdio>
#include <map>
#include <regex>
#include <set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

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

void replace(const stage& world, const std::string& what, const std::string& by) {
    std::string text = read_file(world.configuration());
    const std::size_t at = text.find(what);
    BOOST_TEST_REQUIRE(at != std::string::npos, "the configuration has no " + what);
    write_file(world.configuration(), text.replace(at, what.size(), by));
}

void listen_at(const stage& world, const std::string& admin) {
    const std::string socket = (world.folder() / "admin.sock").string();
    replace(world, "admin: {listen: \"unix:" + socket + "\"}", "admin: {" + admin + "}");
}

/// The port that the log names.
std::optional<std::uint16_t> port_in(const std::string& log) {
    std::smatch found;
    if (!std::regex_search(log, found, std::regex("at http://[^ ]*:(\\d+)"))) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(std::stoul(found[1]));
}

std::string ask(std::uint16_t port, const std::string& path, const std::string& fields,
                const std::string& method = "GET ") {
    using boost::asio::ip::tcp;
    boost::asio::io_context context;
    tcp::socket socket(context);
    socket.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
    boost::system::error_code ended;
    boost::asio::write(socket,
                       boost::asio::buffer(method + path + " HTTP/1.1\r\n" + fields + "\r\n"));
    std::string answer;
    boost::asio::read(socket, boost::asio::dynamic_buffer(answer), ended);
    return answer;
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
                     "  publish: {name: production, prediction_resource_id: "
                     "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/"
                     "accounts/a}",
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
    BOOST_TEST(later.find("retraind_training_used_seconds{project=\"shapes\"} 60\n") !=
                   std::string::npos,
               later); // the sandbox bills a minute
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
    stage world(R"({"rules":[{"operation":"GetImageCount","status":200,"body":100000}]})");
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

BOOST_AUTO_TEST_CASE(by_tcp_a_token_is_asked_for_and_no_answer_holds_it_or_the_key) {
    stage world;
    const std::string token = "a-token-for-this-test";
    write_file(world.folder() / "token", token + "\n");
    std::filesystem::permissions(world.folder() / "token", std::filesystem::perms::owner_read);
    listen_at(world, "listen: \"0.0.0.0:0\", token_file: " + (world.folder() / "token").string());
    write_file(world.drop() / "upright" / "a.bmp", striped_picture(true, 1));
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return port_in(daemon->log()).has_value(); }),
                       daemon->log());
    const std::uint16_t port = *port_in(daemon->log());
    BOOST_TEST(world.has_images(1));
    const std::string right = "Host: edge\r\nAuthorization: Bearer " + token + "\r\n";
    std::string all;
    for (const char* path : {"/healthz", "/readyz", "/status", "/metrics", "/", "/nothing"}) {
        const std::string without = ask(port, path, "Host: edge\r\n");
        const bool free = path == std::string("/healthz");
        BOOST_TEST(without.starts_with(free ? "HTTP/1.1 200 " : "HTTP/1.1 401 "), without);
        const std::string with = ask(port, path, right);
        BOOST_TEST(!with.starts_with("HTTP/1.1 401 "), with);
        all += without + with;
    }
    all += ask(port, "/" + token, right) + ask(port, "/status?key=" + world.key(), right);
    all += ask(port, "/status", "Authorization: Bearer " + world.key() + "\r\n");
    all += ask(port, "not-a-target", "broken\r\n");
    BOOST_TEST(all.find("retraind_files_total{") != std::string::npos);
    BOOST_TEST(all.find("\"confirmed\":1") != std::string::npos);
    BOOST_TEST(all.find(token) == std::string::npos);
    BOOST_TEST(all.find(world.key()) == std::string::npos);
    BOOST_TEST(daemon->log().find(token) == std::string::npos);
    // Our own commands need no token.
    BOOST_TEST(std::filesystem::is_socket(world.folder() / "state" / "admin.sock"));
}

BOOST_AUTO_TEST_CASE(on_loopback_no_other_name_is_answered) {
    stage world;
    listen_at(world, "listen: \"localhost:0\"");
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return port_in(daemon->log()).has_value(); }),
                       daemon->log());
    const std::uint16_t port = *port_in(daemon->log());
    BOOST_TEST(ask(port, "/metrics", "Host: 127.0.0.1\r\n").starts_with("HTTP/1.1 200 "));
    BOOST_TEST(ask(port, "/metrics", "Host: evil.example\r\n").starts_with("HTTP/1.1 403 "));
    const std::string retried = ask(port, "/retry", "Host: 127.0.0.1\r\n", "POST ");
    BOOST_TEST(retried.starts_with("HTTP/1.1 403 "), retried);
}

BOOST_AUTO_TEST_CASE(an_address_that_others_reach_is_wrong_without_a_token) {
    stage world;
    listen_at(world, "listen: \"0.0.0.0:0\"");
    const auto daemon = world.start("daemon");
    BOOST_TEST(daemon->wait(std::chrono::seconds(30)).value_or(-1) == 78, daemon->log());
    BOOST_TEST(daemon->log().find("admin.token_file") != std::string::npos, daemon->log());
}

BOOST_AUTO_TEST_SUITE_END()
