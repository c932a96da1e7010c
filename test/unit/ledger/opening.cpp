#include "retraind/ledger/open_ledger.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "backend.hpp"
#include "ledger/sqlite.hpp"

using namespace retraind;
using namespace retraind::testing;

namespace {

unsigned mode_of(const std::string& path) {
    struct stat found {};
    BOOST_TEST_REQUIRE(::lstat(path.c_str(), &found) == 0, path);
    return found.st_mode & 07777U;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct fixture {
    temporary_folder folder;
    boost::asio::io_context loop{1};
    std::string state = folder / "deep/state";

    result<ledger::opened_ledger> open() { return open_at(loop, state); }
    void begin_with(const std::string& database_bytes) {
        std::filesystem::create_directories(state);
        write_file(state + "/ledger.db", database_bytes);
    }
    result<std::vector<ledger::content_record>> contents(ledger::opened_ledger& opened) {
        return run_task(loop,
                        opened.memory->find_contents(id_number<project_id>(1), {digest_number(1)}));
    }
    void record(ledger::opened_ledger& opened) {
        BOOST_TEST_REQUIRE(
            run_task(loop, opened.memory->record(id_number<project_id>(1),
                                                 batch_of({confirmed_file("a.jpg", 1)})))
                .has_value());
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(opening)

BOOST_AUTO_TEST_CASE(a_new_ledger_is_ours_alone) {
    fixture test;
    const mode_t before = ::umask(0);
    auto opened = test.open();
    ::umask(before);
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->report.created);
    BOOST_TEST(!opened->report.set_aside.has_value());
    test.record(*opened);
    BOOST_TEST(mode_of(test.state) == 0700U);
    for (const char* name : {"/ledger.db", "/ledger.db-wal", "/ledger.db-shm", "/lock"}) {
        BOOST_TEST(mode_of(test.state + name) == 0600U, name);
    }
}

BOOST_AUTO_TEST_CASE(an_old_one_is_not_called_new) {
    fixture test;
    BOOST_TEST(test.open().has_value());
    auto again = test.open();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(!again->report.created);
}

BOOST_AUTO_TEST_CASE(a_second_daemon_is_refused_and_named) {
    fixture test;
    auto first = test.open();
    BOOST_TEST_REQUIRE(first.has_value());
    const auto second = test.open();
    BOOST_TEST_REQUIRE(!second.has_value());
    BOOST_TEST((second.error().code == errc::refused));
    BOOST_TEST(second.error().message.find(std::to_string(::getpid())) != std::string::npos,
               second.error().message);
    first->memory.reset();
    BOOST_TEST(test.open().has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_database_is_set_aside) {
    fixture test;
    const std::string junk(4096, 'x');
    test.begin_with(junk);
    write_file(test.state + "/ledger.db-wal", "old log");
    auto opened = test.open();
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->report.created);
    BOOST_TEST_REQUIRE(opened->report.set_aside.has_value());
    BOOST_TEST(opened->report.set_aside->rfind(test.state + "/ledger.db.damaged-20", 0) == 0U);
    BOOST_TEST(read_file(*opened->report.set_aside) == junk);
    BOOST_TEST(!opened->report.damage.empty());
    test.record(*opened);
    BOOST_TEST(test.contents(*opened)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_damaged_page_is_noticed_and_kept) {
    fixture test;
    {
        auto opened = test.open();
        BOOST_TEST_REQUIRE(opened.has_value());
        test.record(*opened);
    }
    std::string bytes = read_file(test.state + "/ledger.db");
    BOOST_TEST_REQUIRE(bytes.size() > 8192U);
    std::fill(bytes.begin() + 4096, bytes.begin() + 8192, '\x5a');
    test.begin_with(bytes);
    auto opened = test.open();
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST_REQUIRE(opened->report.set_aside.has_value());
    BOOST_TEST(read_file(*opened->report.set_aside) == bytes);
    BOOST_TEST(test.contents(*opened)->empty());
    // Twice within a second: the first one that was set aside stays.
    opened->memory.reset();
    test.begin_with("not a database at all, but long enough to be looked at as one: "
                    "0123456789012345678901234567890123456789");
    auto again = test.open();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((again->report.set_aside != opened->report.set_aside));
    BOOST_TEST(read_file(*opened->report.set_aside) == bytes);
}

BOOST_AUTO_TEST_CASE(a_newer_ledger_is_refused_and_left_alone) {
    fixture test;
    BOOST_TEST(test.open().has_value());
    {
        auto other = ledger::sqlite::database::open(test.state + "/ledger.db");
        BOOST_TEST_REQUIRE(other->execute("PRAGMA user_version = 99").has_value());
    }
    const auto refused = test.open();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::refused));
    BOOST_TEST(refused.error().message.find("version 99") != std::string::npos,
               refused.error().message);
    auto other = ledger::sqlite::database::open(test.state + "/ledger.db");
    BOOST_TEST(other->integer("PRAGMA user_version").value() == 99);
}

BOOST_AUTO_TEST_CASE(a_state_that_cannot_be_made_is_an_error) {
    fixture test;
    write_file(test.folder / "deep", "a file stands here");
    const auto refused = test.open();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().message.find("deep") != std::string::npos, refused.error().message);
}

BOOST_AUTO_TEST_CASE(a_folder_in_the_place_of_the_database_is_no_damage) {
    fixture test;
    std::filesystem::create_directories(test.state + "/ledger.db");
    const auto refused = test.open();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(std::filesystem::is_directory(test.state + "/ledger.db"));
}

BOOST_AUTO_TEST_CASE(commits_are_flushed_to_a_log) {
    fixture test;
    auto opened = test.open();
    BOOST_TEST_REQUIRE(opened.has_value());
    auto other = ledger::sqlite::database::open(test.state + "/ledger.db");
    std::string mode;
    ledger::sqlite::statement ask(*other, "PRAGMA journal_mode");
    BOOST_TEST(
        ask.each([&mode](const ledger::sqlite::row& row) { mode = row.text(0); }).has_value());
    BOOST_TEST(mode == "wal");
}

BOOST_AUTO_TEST_SUITE_END()
