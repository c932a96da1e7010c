#include "ledger/sqlite_ledger.hpp"

#include <array>
#include <csignal>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/resource.h>

#include "backend.hpp"
#include "conformance.hpp"
#include "conformance_folders.hpp"

using namespace retraind;
using namespace retraind::testing;

namespace {

using conformance = ledger_conformance<sqlite_backend>;

/// A second connection, as a person's shell would be.
void run_sql(const std::string& database, const std::string& sql) {
    auto other = ledger::sqlite::database::open(database);
    BOOST_TEST_REQUIRE(other.has_value());
    const result<void> done = other->execute(sql);
    BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
}

std::int64_t ask_sql(const std::string& database, const std::string& sql) {
    auto other = ledger::sqlite::database::open(database);
    BOOST_TEST_REQUIRE(other.has_value());
    const result<std::int64_t> answer = other->integer(sql);
    BOOST_TEST_REQUIRE(answer.has_value(), (answer ? "" : answer.error().message));
    return *answer;
}

/// While it lives no file of this process grows past `bytes`.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        BOOST_TEST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

struct fixture {
    sqlite_backend backend;
    const project_id project = id_number<project_id>(1);

    result<ledger::recorded_batch> record(ledger::batch_record batch) {
        return run_task(backend.loop(), backend.memory().record(project, std::move(batch)));
    }
    std::size_t known(std::uint64_t number) {
        return run_task(backend.loop(),
                        backend.memory().find_contents(project, {digest_number(number)}))
            .value()
            .size();
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(sqlite_ledger)

BOOST_AUTO_TEST_CASE(what_was_recorded_is_found_after_reopening) {
    conformance().what_was_recorded_is_found_after_reopening();
}
BOOST_AUTO_TEST_CASE(a_duplicate_under_further_labels_grows_the_contents_labels) {
    conformance().a_duplicate_under_further_labels_grows_the_contents_labels();
}
BOOST_AUTO_TEST_CASE(what_was_sent_stands_beside_the_content) {
    conformance().what_was_sent_stands_beside_the_content();
}

BOOST_AUTO_TEST_CASE(a_duplicate_keeps_the_first_path_and_image) {
    conformance().a_duplicate_keeps_the_first_path_and_image();
}
BOOST_AUTO_TEST_CASE(a_rejected_file_is_remembered_but_is_no_content) {
    conformance().a_rejected_file_is_remembered_but_is_no_content();
}
BOOST_AUTO_TEST_CASE(sizes_are_those_of_contents_the_project_has) {
    conformance().sizes_are_those_of_contents_the_project_has();
}
BOOST_AUTO_TEST_CASE(projects_share_nothing) {
    conformance().projects_share_nothing();
}
BOOST_AUTO_TEST_CASE(a_new_state_of_a_path_replaces_the_old_one) {
    conformance().a_new_state_of_a_path_replaces_the_old_one();
}
BOOST_AUTO_TEST_CASE(forgotten_files_are_not_remembered) {
    conformance().forgotten_files_are_not_remembered();
}
BOOST_AUTO_TEST_CASE(totals_count_every_outcome) {
    conformance().totals_count_every_outcome();
}
BOOST_AUTO_TEST_CASE(paths_are_raw_bytes) {
    conformance().paths_are_raw_bytes();
}
BOOST_AUTO_TEST_CASE(a_content_that_was_there_already_counts_for_training_once) {
    conformance().a_content_that_was_there_already_counts_for_training_once();
}

BOOST_AUTO_TEST_CASE(a_training_sees_what_was_confirmed_before_it) {
    conformance().a_training_sees_what_was_confirmed_before_it();
}
BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_moves_no_picture) {
    conformance().a_clock_that_is_set_back_moves_no_picture();
}
BOOST_AUTO_TEST_CASE(a_training_is_found_as_it_was_changed) {
    conformance().a_training_is_found_as_it_was_changed();
}
BOOST_AUTO_TEST_CASE(an_unknown_training_is_refused) {
    conformance().an_unknown_training_is_refused();
}
BOOST_AUTO_TEST_CASE(trainings_that_took_time_are_found_by_when_they_began) {
    conformance().trainings_that_took_time_are_found_by_when_they_began();
}
BOOST_AUTO_TEST_CASE(an_address_keeps_its_outcome) {
    conformance().an_address_keeps_its_outcome();
}
BOOST_AUTO_TEST_CASE(a_duplicate_of_an_address_changes_its_labels_only) {
    conformance().a_duplicate_of_an_address_changes_its_labels_only();
}
BOOST_AUTO_TEST_CASE(a_finished_list_counts_its_lines_and_lets_its_addresses_go) {
    conformance().a_finished_list_counts_its_lines_and_lets_its_addresses_go();
}
BOOST_AUTO_TEST_CASE(addresses_count_for_training) {
    conformance().addresses_count_for_training();
}

BOOST_AUTO_TEST_CASE(remembered_files_come_in_parts_and_each_once) {
    conformance().remembered_files_come_in_parts_and_each_once();
}
BOOST_AUTO_TEST_CASE(a_mount_is_remembered_for_its_project_and_folder) {
    conformance().a_mount_is_remembered_for_its_project_and_folder();
}
BOOST_AUTO_TEST_CASE(a_retry_lets_go_of_rejected_files_at_its_place_alone) {
    conformance().a_retry_lets_go_of_rejected_files_at_its_place_alone();
}
BOOST_AUTO_TEST_CASE(a_retry_of_a_folder_lets_go_of_its_mount_when_told_to) {
    conformance().a_retry_of_a_folder_lets_go_of_its_mount_when_told_to();
}

BOOST_AUTO_TEST_CASE(a_batch_is_all_or_nothing_wherever_it_fails) {
    fixture test;
    const auto batch = batch_of({confirmed_file("a.jpg", 1), rejected_file("b.jpg", 2)});
    for (const std::string table : {"projects", "folders", "batches", "history", "project_facts",
                                    "contents", "files", "rejections"}) {
        BOOST_TEST_CONTEXT(table) {
            run_sql(test.backend.database(),
                    "CREATE TRIGGER stop BEFORE INSERT ON " + table +
                        " BEGIN SELECT RAISE(ABORT, 'injected failure'); END");
            const auto failed = test.record(batch);
            BOOST_TEST_REQUIRE(!failed.has_value());
            BOOST_TEST((failed.error().code == errc::database));
            BOOST_TEST(failed.error().message.find("injected failure") != std::string::npos);
            BOOST_TEST(failed.error().message.find("ledger.db") != std::string::npos);
            run_sql(test.backend.database(), "DROP TRIGGER stop");
            for (const std::string each : {"projects", "folders", "batches", "history",
                                           "project_facts", "contents", "files", "rejections"}) {
                BOOST_TEST(ask_sql(test.backend.database(), "SELECT count(*) FROM " + each) == 0);
            }
        }
    }
    BOOST_TEST(test.record(batch).has_value());
    BOOST_TEST(test.known(1) == 1U);
}

BOOST_AUTO_TEST_CASE(each_outcome_has_its_row_of_history) {
    fixture test;
    BOOST_TEST(
        test.record(batch_of({confirmed_file("a.jpg", 1), rejected_file("b.jpg", 2)})).has_value());
    const std::string& file = test.backend.database();
    BOOST_TEST(ask_sql(file, "SELECT count(*) FROM history JOIN batches ON number = batch "
                             "WHERE request_id = 'request-1' AND body_bytes = 4096") == 2);
    BOOST_TEST(ask_sql(file,
                       "SELECT count(*) FROM history WHERE event = 'rejected' AND "
                       "detail = 'ErrorImageSize: too big' AND path = CAST('b.jpg' AS BLOB)") == 1);
    BOOST_TEST(ask_sql(file, "SELECT attempts FROM rejections WHERE service_status = 400") == 2);
}

BOOST_AUTO_TEST_CASE(outcomes_without_a_request_have_no_batch) {
    fixture test;
    BOOST_TEST(test.record({at_second(1), "", 0, {confirmed_file("a.jpg", 1)}}).has_value());
    BOOST_TEST(ask_sql(test.backend.database(), "SELECT count(*) FROM batches") == 0);
    BOOST_TEST(ask_sql(test.backend.database(), "SELECT count(*) FROM history") == 1);
}

BOOST_AUTO_TEST_CASE(a_later_confirmation_ends_a_rejection) {
    fixture test;
    BOOST_TEST(test.record(batch_of({rejected_file("a.jpg", 1)})).has_value());
    BOOST_TEST(test.record(batch_of({confirmed_file("a.jpg", 2)})).has_value());
    BOOST_TEST(ask_sql(test.backend.database(), "SELECT count(*) FROM rejections") == 0);
}

BOOST_AUTO_TEST_CASE(a_rejected_file_that_is_judged_anew_counts_once) {
    fixture test;
    const auto rejected = [&test] {
        return run_task(test.backend.loop(), test.backend.memory().count(test.project))->rejected;
    };
    const auto both = batch_of({rejected_file("a.jpg", 1), rejected_file("b.jpg", 2)});
    BOOST_TEST(test.record(both)->judged_anew == 0U);
    BOOST_TEST(test.record(both)->judged_anew == 2U);
    BOOST_TEST(rejected() == 2U);
    // Of another project's files of the same name nothing is known.
    BOOST_TEST(
        run_task(test.backend.loop(), test.backend.memory().record(id_number<project_id>(2), both))
            ->judged_anew == 0U);
    BOOST_TEST(test.record(batch_of({confirmed_file("a.jpg", 1)}))->judged_anew == 1U);
    BOOST_TEST(rejected() == 1U);
    BOOST_TEST(test.record(batch_of({confirmed_file("a.jpg", 1)}))->judged_anew == 0U);
    BOOST_TEST(rejected() == 1U);
    BOOST_TEST(run_task(test.backend.loop(), test.backend.memory().count(id_number<project_id>(2)))
                   ->rejected == 2U);
}

BOOST_AUTO_TEST_CASE(a_write_that_fails_is_loud_and_costs_nothing_recorded) {
    fixture test;
    BOOST_TEST(test.record(batch_of({confirmed_file("a.jpg", 1)})).has_value());
    {
        const file_size_limit limit(64 * 1024);
        std::vector<ledger::file_outcome> many;
        for (std::uint64_t number = 100; number < 2000; ++number) {
            many.push_back(confirmed_file(std::to_string(number), number));
        }
        const auto failed = test.record(batch_of(many));
        BOOST_TEST_REQUIRE(!failed.has_value());
        BOOST_TEST((failed.error().code == errc::database || failed.error().code == errc::full));
    }
    BOOST_TEST(test.known(1) == 1U);
    BOOST_TEST(test.known(100) == 0U);
    BOOST_TEST(test.record(batch_of({confirmed_file("b.jpg", 2)})).has_value());
    test.backend.reopen();
    BOOST_TEST(test.known(2) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
