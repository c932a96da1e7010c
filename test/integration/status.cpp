// What a person asks the running daemon.
#include <csignal>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "support/command.hpp"
#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// `retraind status --watch`, with its output in a pipe or, through script(1), on a terminal.
std::unique_ptr<program> watch(const stage& world, bool on_a_terminal) {
    const std::string file = world.configuration().string();
    if (!on_a_terminal) {
        return std::make_unique<program>(world.folder(), "watch", RETRAIND,
                                         std::vector<std::string>{"status", "--watch", "-c", file});
    }
    const std::string line = fmt::format("echo $$ > {}; TERM=xterm exec {} status --watch -c {}",
                                         (world.folder() / "watch.pid").string(), RETRAIND, file);
    return std::make_unique<program>(
        world.folder(), "watch", "/usr/bin/script",
        std::vector<std::string>{"--quiet", "--return", "--flush", "--command", line, "/dev/null"});
}

} // namespace

BOOST_AUTO_TEST_SUITE(status)

BOOST_AUTO_TEST_CASE(a_running_daemon_is_shown) {
    stage world;
    drop_pictures(world.drop(), 3);
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return has(world.admin("/status"), "\"confirmed\":6"); }),
                       daemon->log());
    const spoken person = run_command(world, {"status"});
    BOOST_TEST(person.code == 0, person.errors);
    BOOST_TEST(has(person.out, "shapes  ready\n"), person.out);
    BOOST_TEST(has(person.out, "so far     6 confirmed\n"), person.out);
    BOOST_TEST(has(person.out, "images 6 of 100,000"), person.out);
    BOOST_TEST(!has(person.out, "\x1b"));
    const spoken machine = run_command(world, {"status", "--json"});
    BOOST_TEST(machine.code == 0, machine.errors);
    const auto document = boost::json::parse(machine.out);
    BOOST_TEST(document.at_pointer("/projects/0/totals/confirmed").as_int64() == 6);
}

BOOST_AUTO_TEST_CASE(an_iteration_is_counted_as_soon_as_it_is_trained) {
    stage world;
    world.configure({"", "retrain: {after_images: 10, quiet_for: 300ms, cooldown: 0}", ""});
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return world.admin("/readyz") == "ready\n"; }),
                       daemon->log());
    BOOST_TEST(has(world.admin("/status"), "\"iterations\":{\"used\":0,"));
    drop_pictures(world.drop(), 5);
    BOOST_TEST(
        eventually([&] { return has(world.admin("/status"), "\"iterations\":{\"used\":1,"); }),
        daemon->log());
    BOOST_TEST(has(daemon->log(), "training_completed"), daemon->log());
}

BOOST_AUTO_TEST_CASE(a_project_that_is_not_ready_is_an_answer_too) {
    stage world;
    std::filesystem::remove_all(world.drop());
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return has(world.admin("/readyz"), "drop"); }),
                       daemon->log());
    const spoken said = run_command(world, {"status"});
    BOOST_TEST(said.code == 0, said.errors);
    BOOST_TEST(has(said.out, "shapes  not ready\n  reason     "), said.out);
}

BOOST_AUTO_TEST_CASE(without_a_daemon_the_socket_and_the_mend_are_named) {
    stage world;
    const spoken said = run_command(world, {"status"});
    BOOST_TEST(said.code == 1);
    BOOST_TEST(said.out == "");
    BOOST_TEST(has(said.errors, "not running"), said.errors);
    BOOST_TEST(has(said.errors, (world.folder() / "admin.sock").string()), said.errors);
    BOOST_TEST(has(said.errors, "systemctl status retraind"), said.errors);
}

BOOST_AUTO_TEST_CASE(a_wrong_file_is_said_and_the_daemon_that_refused_it_is_asked) {
    stage world;
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return world.admin("/readyz") == "ready\n"; }),
                       daemon->log());
    edit_configuration(world, "scan_every: 300ms", "scan_every: often");
    const spoken said = run_command(world, {"status"});
    BOOST_TEST(said.code == 0, said.errors);
    BOOST_TEST(has(said.out, "shapes  ready\n"), said.out);
    BOOST_TEST(has(said.errors, "scan_every: \"often\" is not a duration"), said.errors);
    BOOST_TEST(has(said.errors, "works on with the configuration it has"), said.errors);
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(25s).value_or(-1) == 0);
    const spoken nobody = run_command(world, {"status"});
    BOOST_TEST(nobody.code == 1);
    BOOST_TEST(has(nobody.errors, "is not a duration"), nobody.errors);
    BOOST_TEST(has(nobody.errors, "not running"), nobody.errors);
}

BOOST_AUTO_TEST_CASE(watching_outlives_the_daemon) {
    stage world;
    const auto watcher = watch(world, false);
    BOOST_TEST(eventually([&] { return has(watcher->out(), "not running"); }), watcher->log());
    auto daemon = world.start("first");
    BOOST_TEST(eventually([&] { return has(watcher->out(), "shapes: ready; "); }), watcher->out());
    drop_pictures(world.drop(), 1);
    BOOST_TEST(eventually([&] { return has(watcher->out(), "; 2 confirmed"); }), watcher->out());
    const auto lost = [&] {
        const std::string seen = watcher->out();
        return has(seen.substr(seen.find("2 confirmed")), "not running");
    };
    daemon->signal(SIGTERM);
    BOOST_TEST(daemon->wait(25s).value_or(-1) == 0, daemon->log());
    BOOST_TEST(eventually(lost), watcher->out());
    BOOST_TEST(!has(watcher->out(), "\x1b"));
    watcher->signal(SIGINT);
    BOOST_TEST(watcher->wait(10s).value_or(-1) == 0);
}

BOOST_AUTO_TEST_CASE(a_terminal_is_drawn_on_in_place_and_given_back) {
    stage world;
    const auto daemon = world.start("daemon");
    BOOST_TEST_REQUIRE(eventually([&] { return world.admin("/readyz") == "ready\n"; }),
                       daemon->log());
    const auto watcher = watch(world, true);
    const auto drawn_twice = [&] {
        const std::string seen = watcher->out();
        return has(seen.substr(std::min(seen.size(), seen.find("\x1b[32mready") + 1)),
                   "\x1b[32mready");
    };
    BOOST_TEST(eventually(drawn_twice), watcher->out());
    BOOST_TEST(watcher->out().starts_with("\x1b[?1049h"));
    BOOST_TEST(::kill(std::stoi(read_file(world.folder() / "watch.pid")), SIGINT) == 0);
    BOOST_TEST(watcher->wait(10s).value_or(-1) == 0);
    BOOST_TEST(watcher->out().ends_with("\x1b[?1049l"), watcher->out());
}

BOOST_AUTO_TEST_SUITE_END()
