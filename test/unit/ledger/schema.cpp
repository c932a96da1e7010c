#include "ledger/schema.hpp"

#include <array>

#include <boost/test/unit_test.hpp>

#include "backend.hpp"

using namespace retraind;
using namespace retraind::ledger;
using namespace retraind::testing;

namespace {

sqlite::database in_memory() {
    auto opened = sqlite::database::open(":memory:");
    BOOST_TEST_REQUIRE(opened.has_value());
    return std::move(*opened);
}

constexpr std::array<const char*, 3> three_steps{
    "CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (1)", "INSERT INTO a SELECT x + 1 FROM a"};

} // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(every_older_version_is_brought_up_step_by_step) {
    for (std::size_t start = 0; start <= three_steps.size(); ++start) {
        sqlite::database target = in_memory();
        BOOST_TEST_REQUIRE(migrate(target, std::span(three_steps).first(start)).has_value());
        BOOST_TEST_REQUIRE(migrate(target, three_steps).has_value());
        BOOST_TEST(target.integer("SELECT count(*) FROM a").value() == 2);
        BOOST_TEST(target.integer("PRAGMA user_version").value() == 3);
    }
}

BOOST_AUTO_TEST_CASE(a_step_that_fails_leaves_the_version_before_it) {
    sqlite::database target = in_memory();
    constexpr std::array<const char*, 2> broken{
        "CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (1); INSERT INTO none VALUES (1)"};
    BOOST_TEST(!migrate(target, broken).has_value());
    BOOST_TEST(target.integer("PRAGMA user_version").value() == 1);
    BOOST_TEST(target.integer("SELECT count(*) FROM a").value() == 0);
}

BOOST_AUTO_TEST_CASE(a_newer_version_is_refused) {
    sqlite::database target = in_memory();
    BOOST_TEST_REQUIRE(migrate(target, three_steps).has_value());
    const result<void> refused = migrate(target, std::span(three_steps).first(2));
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::refused));
}

BOOST_AUTO_TEST_CASE(the_ledgers_own_steps_make_a_sound_database) {
    sqlite::database target = in_memory();
    BOOST_TEST_REQUIRE(migrate(target, schema_steps()).has_value());
    BOOST_TEST(target.integer("SELECT count(*) FROM pragma_foreign_key_check").value() == 0);
    BOOST_TEST(target
                   .integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
                            "('projects', 'project_facts', 'folders', 'batches', 'history', "
                            "'contents', 'files', 'rejections', 'trainings', 'addresses', "
                            "'mounts')")
                   .value() == 11);
}

BOOST_AUTO_TEST_CASE(a_ledger_of_the_first_version_keeps_what_it_knows) {
    temporary_folder folder;
    const project_id project = id_number<project_id>(1);
    std::filesystem::create_directories(folder / "state");
    {
        auto old = sqlite::database::open(folder / "state/ledger.db");
        BOOST_TEST_REQUIRE(old.has_value());
        BOOST_TEST_REQUIRE(migrate(*old, schema_steps().first(1)).has_value());
        const std::string rows =
            "INSERT INTO projects VALUES (1, '" + to_string(project) +
            "', 1700000000000);"
            "INSERT INTO project_facts VALUES (1, 'recorded.confirmed', 1);"
            "INSERT INTO folders VALUES (1, 1, CAST('/drop' AS BLOB));"
            "INSERT INTO history VALUES (1, 1, NULL, 1, CAST('a.jpg' AS BLOB), zeroblob(32), "
            "'confirmed', '', 1700000001000);"
            "INSERT INTO contents VALUES (1, zeroblob(32), 1001, 'confirmed', NULL, '[\"cat\"]', "
            "CAST('/drop/a.jpg' AS BLOB), 1700000001000, 1);"
            "INSERT INTO files VALUES (1, CAST('a.jpg' AS BLOB), zeroblob(16), 1001, 1, 2, "
            "zeroblob(32), 'confirmed', 1700000001000);";
        const result<void> written = old->execute(rows);
        BOOST_TEST_REQUIRE(written.has_value(), (written ? "" : written.error().message));
    }
    boost::asio::io_context loop{1};
    auto opened = open_at(loop, folder / "state");
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(!opened->report.set_aside.has_value());
    const auto facts = run_task(loop, opened->memory->training(project));
    BOOST_TEST(facts->confirmed_since_training == 1U);
    BOOST_TEST(run_task(loop, opened->memory->count(project))->confirmed == 1U);
    BOOST_TEST(run_task(loop, opened->memory->find_contents(project, {sha256()}))->size() == 1U);
    BOOST_TEST(
        run_task(loop, opened->memory->remembered_files(project, "/drop", "", 9))->files.size() ==
        1U);
    BOOST_TEST(!run_task(loop, opened->memory->mount_of(project, "/drop"))->has_value());
    const mount_record share{"//nas/drop", "cifs"};
    BOOST_TEST_REQUIRE(
        run_task(loop, opened->memory->accept_mount(project, "/drop", share, at_second(5)))
            .has_value());
    BOOST_TEST((run_task(loop, opened->memory->mount_of(project, "/drop")).value() == share));
    BOOST_TEST(run_task(loop, opened->memory->find_urls(project, {"https://x.example"}))->empty());
    url_outcome each;
    each.url = "https://x.example";
    BOOST_TEST_REQUIRE(
        run_task(loop, opened->memory->record_urls(project, {at_second(5), "", 0, {each}}))
            .has_value());
    BOOST_TEST(run_task(loop, opened->memory->find_urls(project, {each.url}))->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_content_of_the_first_version_was_sent_as_it_lay_there) {
    sqlite::database target = in_memory();
    BOOST_TEST_REQUIRE(migrate(target, schema_steps().first(1)).has_value());
    BOOST_TEST_REQUIRE(
        target
            .execute("INSERT INTO projects VALUES (1, 'g', 0); INSERT INTO contents VALUES (1, "
                     "zeroblob(32), 5, 'confirmed', NULL, '[]', x'2f', 0, 1)")
            .has_value());
    BOOST_TEST_REQUIRE(migrate(target, schema_steps()).has_value());
    BOOST_TEST(target.integer("SELECT count(*) FROM contents WHERE sent IS NULL").value() == 1);
    BOOST_TEST(!target.execute("UPDATE contents SET sent = x'00'").has_value());
    BOOST_TEST(target.execute("UPDATE contents SET sent = zeroblob(32)").has_value());
}

BOOST_AUTO_TEST_CASE(what_a_training_of_an_older_version_took_is_not_known) {
    sqlite::database target = in_memory();
    BOOST_TEST_REQUIRE(migrate(target, schema_steps().first(4)).has_value());
    BOOST_TEST_REQUIRE(
        target
            .execute("INSERT INTO projects VALUES (1, 'g', 0); INSERT INTO trainings (project, "
                     "state, intended_at, seen_step, known, detail, changed_at) VALUES (1, "
                     "'completed', 5, 0, '[]', '', 6)")
            .has_value());
    BOOST_TEST_REQUIRE(migrate(target, schema_steps()).has_value());
    BOOST_TEST(
        target.integer("SELECT count(*) FROM trainings WHERE used_seconds IS NULL").value() == 1);
    BOOST_TEST(!target.execute("UPDATE trainings SET used_seconds = -1").has_value());
    BOOST_TEST(target.execute("UPDATE trainings SET used_seconds = 90").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
