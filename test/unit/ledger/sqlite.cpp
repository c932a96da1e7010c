#include "ledger/sqlite.hpp"

#include <limits>

#include <boost/test/unit_test.hpp>

#include "samples.hpp"

using namespace retraind;
namespace db = retraind::ledger::sqlite;

namespace {

struct fixture {
    retraind::testing::temporary_folder folder;
    std::string path = folder / "a.db";
    db::database source = db::database::open(path).value();

    fixture() { BOOST_TEST_REQUIRE(source.execute("CREATE TABLE t (a, b, c)").has_value()); }
    std::int64_t rows() { return source.integer("SELECT count(*) FROM t").value(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(sqlite)

BOOST_AUTO_TEST_CASE(values_come_back_as_they_went_in) {
    fixture test;
    db::statement add(test.source, "INSERT INTO t VALUES (?1, ?2, ?3)");
    const std::string bytes("a\0b", 3);
    const auto largest = std::numeric_limits<std::int64_t>::max();
    BOOST_TEST(add.run(largest, 0.1, db::blob(bytes)).has_value());
    BOOST_TEST(add.run(std::optional<int>(), bytes, std::string_view()).has_value());
    std::size_t seen = 0;
    db::statement ask(test.source, "SELECT a, b, c, typeof(c) FROM t ORDER BY rowid");
    const auto look = [&](const db::row& row) {
        if (seen++ == 0) {
            BOOST_TEST(row.integer(0) == largest);
            BOOST_TEST(row.real(1) == 0.1);
            BOOST_TEST(row.bytes(2) == bytes);
            BOOST_TEST(row.text(3) == "blob");
        } else {
            BOOST_TEST(row.is_null(0));
            BOOST_TEST(row.bytes(1) == bytes);
            BOOST_TEST(!row.is_null(2));
            BOOST_TEST(row.text(3) == "text");
        }
    };
    BOOST_TEST(ask.each(look).has_value());
    BOOST_TEST(seen == 2U);
}

BOOST_AUTO_TEST_CASE(errors_name_the_file_and_the_reason) {
    fixture test;
    db::statement wrong(test.source, "SELECT x FROM nowhere");
    const result<void> failed = wrong.run();
    BOOST_TEST_REQUIRE(!failed.has_value());
    BOOST_TEST((failed.error().code == errc::database));
    BOOST_TEST(failed.error().message.find(test.path + ": ") == 0U, failed.error().message);
    BOOST_TEST(failed.error().message.find("nowhere") != std::string::npos, failed.error().message);
    BOOST_TEST(!test.source.says_damaged());
}

BOOST_AUTO_TEST_CASE(a_value_without_its_place_is_an_error) {
    fixture test;
    db::statement add(test.source, "INSERT INTO t VALUES (?1, 0, 0)");
    BOOST_TEST(!add.run(1, 2).has_value());
    BOOST_TEST(test.rows() == 0);
    BOOST_TEST(add.run(1).has_value());
    BOOST_TEST(test.rows() == 1);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_called_full) {
    fixture test;
    BOOST_TEST_REQUIRE(test.source.execute("PRAGMA max_page_count = 3").has_value());
    db::statement add(test.source, "INSERT INTO t VALUES (zeroblob(100000), 0, 0)");
    const result<void> failed = add.run();
    BOOST_TEST_REQUIRE(!failed.has_value());
    BOOST_TEST((failed.error().code == errc::full));
}

BOOST_AUTO_TEST_CASE(only_a_commit_makes_it_last) {
    fixture test;
    {
        const auto dropped = db::transaction::begin(test.source);
        BOOST_TEST_REQUIRE(dropped.has_value());
        BOOST_TEST(test.source.execute("INSERT INTO t VALUES (1, 1, 1)").has_value());
        BOOST_TEST(test.rows() == 1);
    }
    BOOST_TEST(test.rows() == 0);
    {
        auto kept = db::transaction::begin(test.source);
        BOOST_TEST(test.source.execute("INSERT INTO t VALUES (1, 1, 1)").has_value());
        BOOST_TEST(kept->commit().has_value());
    }
    BOOST_TEST(test.rows() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_database_says_so) {
    retraind::testing::temporary_folder folder;
    const std::string path = folder / "junk.db";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    BOOST_TEST_REQUIRE(file != nullptr);
    const std::string junk(8192, 'j');
    BOOST_TEST(std::fwrite(junk.data(), 1, junk.size(), file) == junk.size());
    std::fclose(file);
    auto source = db::database::open(path);
    BOOST_TEST_REQUIRE(source.has_value());
    BOOST_TEST(!source->execute("SELECT count(*) FROM sqlite_schema").has_value());
    BOOST_TEST(source->says_damaged());
}

BOOST_AUTO_TEST_SUITE_END()
