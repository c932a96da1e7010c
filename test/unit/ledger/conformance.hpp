#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "retraind/ledger/ledger.hpp"
#include "samples.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

/// What every ledger must do, whatever it is made of. `Backend` is default-constructed with an
/// empty ledger and has `boost::asio::io_context& loop()`, `ledger::ledger& memory()` and
/// `void reopen()`, after which `memory()` is the same ledger, read back from where it lies.
template <class Backend>
class ledger_conformance {
public:
    void what_was_recorded_is_found_after_reopening();
    void a_duplicate_keeps_the_first_path_and_image();
    void a_duplicate_under_further_labels_grows_the_contents_labels();
    void what_was_sent_stands_beside_the_content();
    void a_rejected_file_is_remembered_but_is_no_content();
    void sizes_are_those_of_contents_the_project_has();
    void projects_share_nothing();
    void a_new_state_of_a_path_replaces_the_old_one();
    void forgotten_files_are_not_remembered();
    void totals_count_every_outcome();
    void paths_are_raw_bytes();
    void a_training_sees_what_was_confirmed_before_it();
    void a_content_that_was_there_already_counts_for_training_once();
    void a_clock_that_is_set_back_moves_no_picture();
    void a_training_is_found_as_it_was_changed();
    void an_unknown_training_is_refused();
    void trainings_that_took_time_are_found_by_when_they_began();
    void an_address_keeps_its_outcome();
    void a_duplicate_of_an_address_changes_its_labels_only();
    void a_finished_list_counts_its_lines_and_lets_its_addresses_go();
    void addresses_count_for_training();
    void remembered_files_come_in_parts_and_each_once();
    void a_mount_is_remembered_for_its_project_and_folder();
    void a_retry_lets_go_of_rejected_files_at_its_place_alone();
    void a_retry_of_a_folder_lets_go_of_its_mount_when_told_to();

private:
    const project_id ours_ = id_number<project_id>(1);
    const project_id theirs_ = id_number<project_id>(2);

    template <class T>
    T await(task<T> work) {
        return run_task(backend_.loop(), std::move(work));
    }
    /// The value, or the end of the test with the error's sentence.
    template <class T>
    T get(task<result<T>> work) {
        result<T> done = await(std::move(work));
        BOOST_TEST_REQUIRE(done.has_value(), (done ? "" : done.error().message));
        if constexpr (!std::is_void_v<T>) {
            return std::move(*done);
        }
    }
    ledger::ledger& memory() { return backend_.memory(); }
    std::vector<ledger::remembered_file> remembered(const project_id& project,
                                                    const std::string& folder) {
        return get(memory().remembered_files(project, folder, "", 1000)).files;
    }
    void record(std::vector<ledger::file_outcome> files, int second = 1) {
        get(memory().record(ours_, batch_of(std::move(files), second)));
    }
    std::vector<ledger::content_record> contents(std::vector<sha256> digests) {
        return get(memory().find_contents(ours_, std::move(digests)));
    }
    std::int64_t intend(int second) {
        return get(
            memory().intend_training(ours_, {id_number<iteration_id>(9)}, at_second(second)));
    }
    void update(std::int64_t number, ledger::training_state state) {
        ledger::training_record changed;
        changed.number = number;
        changed.state = state;
        changed.changed_at = at_second(50);
        get(memory().update_training(ours_, changed));
    }

    static ledger::url_outcome address(const std::string& url, outcome result, int number) {
        ledger::url_outcome each;
        each.url = url;
        each.result = result;
        each.labels = {"cat"};
        each.list = file_fingerprint{7, static_cast<std::uint64_t>(number)};
        if (result == outcome::rejected) {
            each.reason.emplace();
            each.reason->code = "ErrorSource";
            each.reason->sentence = "cannot be fetched";
            each.reason->mend = "make it reachable";
        } else {
            each.image = id_number<image_id>(static_cast<std::uint8_t>(number));
        }
        return each;
    }
    void record_urls(std::vector<ledger::url_outcome> urls, int second = 1) {
        get(memory().record_urls(ours_, {at_second(second), "request-2", 100, std::move(urls)}));
    }

    Backend backend_;
};

template <class Backend>
void ledger_conformance<Backend>::what_was_recorded_is_found_after_reopening() {
    record({confirmed_file("cat/a.jpg", 1), confirmed_file("cat/b.jpg", 2)});
    backend_.reopen();
    const auto found = contents({digest_number(2), digest_number(3)});
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found[0].digest == digest_number(2)));
    BOOST_TEST(found[0].bytes == 1002U);
    BOOST_TEST((found[0].result == outcome::confirmed));
    BOOST_TEST((found[0].image == id_number<image_id>(2)));
    BOOST_TEST(found[0].labels == std::vector<std::string>{"cat"});
    BOOST_TEST(found[0].path == "/drop/cat/b.jpg");
    BOOST_TEST((found[0].at == at_second(1)));
}

template <class Backend>
void ledger_conformance<Backend>::a_duplicate_keeps_the_first_path_and_image() {
    record({confirmed_file("cat/a.jpg", 1)});
    ledger::file_outcome again = confirmed_file("cat/copy.jpg", 1);
    again.result = outcome::duplicate;
    again.image = id_number<image_id>(77);
    record({again}, 2);
    const auto found = contents({digest_number(1)});
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].path == "/drop/cat/a.jpg");
    BOOST_TEST((found[0].result == outcome::confirmed));
    BOOST_TEST((found[0].image == id_number<image_id>(1)));
    BOOST_TEST(get(memory().training(ours_)).confirmed_since_training == 1U);
    BOOST_TEST(remembered(ours_, "/drop").size() == 2U);
}

template <class Backend>
void ledger_conformance<Backend>::a_duplicate_under_further_labels_grows_the_contents_labels() {
    record({confirmed_file("cat/a.jpg", 1)});
    ledger::file_outcome again = confirmed_file("dog/copy.jpg", 1);
    again.result = outcome::duplicate;
    again.labels = {"ape", "dog"};
    record({again}, 2);
    backend_.reopen();
    const auto found = contents({digest_number(1)});
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].labels == (std::vector<std::string>{"ape", "cat", "dog"}),
               boost::test_tools::per_element());
    BOOST_TEST((found[0].image == id_number<image_id>(1)));
    // A new image of the content, because the old one was taken out of the project.
    ledger::file_outcome anew = confirmed_file("dog/copy.jpg", 1);
    anew.labels = {"dog"};
    anew.image = id_number<image_id>(9);
    record({anew}, 3);
    const auto after = contents({digest_number(1)});
    BOOST_TEST_REQUIRE(after.size() == 1U);
    BOOST_TEST(after[0].labels == std::vector<std::string>{"dog"});
    BOOST_TEST((after[0].image == id_number<image_id>(9)));
}

template <class Backend>
void ledger_conformance<Backend>::what_was_sent_stands_beside_the_content() {
    ledger::file_outcome smaller = confirmed_file("cat/a.jpg", 1);
    smaller.sent = digest_number(99);
    record({smaller, confirmed_file("cat/b.jpg", 2)});
    ledger::file_outcome again = confirmed_file("cat/copy.jpg", 1);
    again.result = outcome::duplicate;
    record({again}, 2);
    backend_.reopen();
    const auto found = contents({digest_number(1), digest_number(2)});
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST((found[0].sent == digest_number(99)));
    BOOST_TEST(found[0].bytes == 1001U);
    BOOST_TEST(!found[1].sent.has_value());
    BOOST_TEST(contents({digest_number(99)}).empty());
}

template <class Backend>
void ledger_conformance<Backend>::a_rejected_file_is_remembered_but_is_no_content() {
    record({rejected_file("cat/big.jpg", 5)});
    backend_.reopen();
    BOOST_TEST(contents({digest_number(5)}).empty());
    BOOST_TEST(get(memory().known_sizes(ours_, {1005})).empty());
    const auto files = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(files.size() == 1U);
    BOOST_TEST((files[0].result == outcome::rejected));
    const ledger::file_outcome same = rejected_file("cat/big.jpg", 5);
    BOOST_TEST((files[0].print == fingerprint(same.folder, same.path, same.identity)));
}

template <class Backend>
void ledger_conformance<Backend>::sizes_are_those_of_contents_the_project_has() {
    std::vector<ledger::file_outcome> files;
    const std::vector<outcome> all{outcome::confirmed, outcome::duplicate, outcome::held_out,
                                   outcome::removed, outcome::rejected};
    for (std::size_t number = 0; number < all.size(); ++number) {
        files.push_back(confirmed_file(std::to_string(number), number));
        files.back().result = all[number];
    }
    record(files);
    auto known = get(memory().known_sizes(ours_, {1004, 1003, 1002, 1001, 1000, 999}));
    std::sort(known.begin(), known.end());
    BOOST_TEST(known == (std::vector<std::uint64_t>{1000, 1001, 1002, 1003}),
               boost::test_tools::per_element());
}

template <class Backend>
void ledger_conformance<Backend>::projects_share_nothing() {
    record({confirmed_file("a.jpg", 1)});
    intend(2);
    BOOST_TEST(get(memory().find_contents(theirs_, {digest_number(1)})).empty());
    BOOST_TEST(get(memory().known_sizes(theirs_, {1001})).empty());
    BOOST_TEST(remembered(theirs_, "/drop").empty());
    BOOST_TEST(get(memory().count(theirs_)).confirmed == 0U);
    BOOST_TEST(get(memory().training(theirs_)).confirmed_since_training == 0U);
    BOOST_TEST(!get(memory().training(theirs_)).last.has_value());
    const auto print = remembered(ours_, "/drop").at(0).print;
    get(memory().record(theirs_, batch_of({confirmed_file("b.jpg", 2)})));
    get(memory().forget_files(theirs_, {print}));
    BOOST_TEST(remembered(ours_, "/drop").size() == 1U);
}

template <class Backend>
void ledger_conformance<Backend>::a_new_state_of_a_path_replaces_the_old_one() {
    record({rejected_file("a.jpg", 1)});
    record({confirmed_file("a.jpg", 2)}, 2);
    const auto files = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(files.size() == 1U);
    BOOST_TEST((files[0].result == outcome::confirmed));
}

template <class Backend>
void ledger_conformance<Backend>::forgotten_files_are_not_remembered() {
    record({confirmed_file("a.jpg", 1), confirmed_file("b.jpg", 2)});
    const ledger::file_outcome gone = confirmed_file("a.jpg", 1);
    get(memory().forget_files(ours_, {fingerprint(gone.folder, gone.path, gone.identity)}));
    const auto files = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(files.size() == 1U);
    const ledger::file_outcome stays = confirmed_file("b.jpg", 2);
    BOOST_TEST((files[0].print == fingerprint(stays.folder, stays.path, stays.identity)));
    BOOST_TEST(contents({digest_number(1)}).size() == 1U);
    BOOST_TEST(remembered(ours_, "/elsewhere").empty());
}

template <class Backend>
void ledger_conformance<Backend>::totals_count_every_outcome() {
    ledger::file_outcome again = confirmed_file("copy.jpg", 1);
    again.result = outcome::duplicate;
    ledger::file_outcome held = confirmed_file("held.jpg", 3);
    held.result = outcome::held_out;
    ledger::file_outcome removed = confirmed_file("removed.jpg", 4);
    removed.result = outcome::removed;
    record({confirmed_file("a.jpg", 1), confirmed_file("b.jpg", 2), again, held, removed,
            rejected_file("c.jpg", 5)});
    backend_.reopen();
    record({rejected_file("d.jpg", 6)}, 2);
    const ledger::totals sum = get(memory().count(ours_));
    BOOST_TEST(sum.confirmed == 2U);
    BOOST_TEST(sum.duplicate == 1U);
    BOOST_TEST(sum.held_out == 1U);
    BOOST_TEST(sum.removed == 1U);
    BOOST_TEST(sum.rejected == 2U);
}

template <class Backend>
void ledger_conformance<Backend>::paths_are_raw_bytes() {
    const std::string wild = "caf\xe9/new\nline '\"; DROP TABLE x;--.jpg";
    record({confirmed_file(wild, 1), confirmed_file(std::string(255, 'n'), 2)});
    backend_.reopen();
    BOOST_TEST(contents({digest_number(1)}).at(0).path == "/drop/" + wild);
    BOOST_TEST(remembered(ours_, "/drop").size() == 2U);
}

template <class Backend>
void ledger_conformance<Backend>::a_content_that_was_there_already_counts_for_training_once() {
    ledger::file_outcome found = confirmed_file("a.jpg", 1);
    found.result = outcome::duplicate;
    record({found}, 1);
    record({found}, 2);
    const ledger::training_facts facts = get(memory().training(ours_));
    BOOST_TEST(facts.confirmed_since_training == 1U);
    BOOST_TEST(facts.last_confirmed.has_value());
}

template <class Backend>
void ledger_conformance<Backend>::a_training_sees_what_was_confirmed_before_it() {
    record({confirmed_file("a.jpg", 1), confirmed_file("b.jpg", 2)}, 1);
    const std::int64_t number = intend(2);
    record({confirmed_file("c.jpg", 3)}, 3);
    record({confirmed_file("d.jpg", 4)}, 4);
    for (const auto open : {ledger::training_state::intended, ledger::training_state::running,
                            ledger::training_state::failed, ledger::training_state::timed_out}) {
        update(number, open);
        BOOST_TEST(get(memory().training(ours_)).confirmed_since_training == 4U);
    }
    for (const auto done : {ledger::training_state::completed, ledger::training_state::published,
                            ledger::training_state::not_needed}) {
        update(number, done);
        const ledger::training_facts facts = get(memory().training(ours_));
        BOOST_TEST(facts.confirmed_since_training == 2U);
        BOOST_TEST((facts.first_confirmed_since == at_second(3)));
        BOOST_TEST((facts.last_confirmed == at_second(4)));
    }
    update(intend(5), ledger::training_state::completed);
    const ledger::training_facts facts = get(memory().training(ours_));
    BOOST_TEST(facts.confirmed_since_training == 0U);
    BOOST_TEST(!facts.first_confirmed_since.has_value());
    BOOST_TEST((facts.last_confirmed == at_second(4)));
}

template <class Backend>
void ledger_conformance<Backend>::a_clock_that_is_set_back_moves_no_picture() {
    record({confirmed_file("a.jpg", 1)}, 100);
    update(intend(101), ledger::training_state::completed);
    record({confirmed_file("b.jpg", 2)}, 50);
    BOOST_TEST(get(memory().training(ours_)).confirmed_since_training == 1U);
    BOOST_TEST((get(memory().training(ours_)).last_confirmed == at_second(50)));
}

template <class Backend>
void ledger_conformance<Backend>::a_training_is_found_as_it_was_changed() {
    BOOST_TEST(!get(memory().training(ours_)).last.has_value());
    const std::int64_t first = intend(10);
    const std::int64_t second = intend(20);
    BOOST_TEST(second > first);
    ledger::training_record changed;
    changed.number = second;
    changed.state = ledger::training_state::published;
    changed.iteration = id_number<iteration_id>(4);
    changed.precision = 0.96875;
    changed.detail = "said so";
    changed.changed_at = at_second(30);
    get(memory().update_training(ours_, changed));
    backend_.reopen();
    const auto last = get(memory().training(ours_)).last;
    BOOST_TEST_REQUIRE(last.has_value());
    BOOST_TEST(last->number == second);
    BOOST_TEST((last->state == ledger::training_state::published));
    BOOST_TEST((last->intended_at == at_second(20)));
    BOOST_TEST((last->known == std::vector{id_number<iteration_id>(9)}));
    BOOST_TEST((last->iteration == id_number<iteration_id>(4)));
    BOOST_TEST((last->precision == 0.96875));
    BOOST_TEST(!last->recall.has_value());
    BOOST_TEST(last->detail == "said so");
    BOOST_TEST((last->changed_at == at_second(30)));
}

template <class Backend>
void ledger_conformance<Backend>::an_unknown_training_is_refused() {
    const std::int64_t number = intend(1);
    ledger::training_record changed;
    changed.number = number + 1;
    const auto refused = await(memory().update_training(ours_, changed));
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::invalid));
    changed.number = number;
    BOOST_TEST(!await(memory().update_training(theirs_, changed)).has_value());
}

template <class Backend>
void ledger_conformance<Backend>::trainings_that_took_time_are_found_by_when_they_began() {
    using namespace std::chrono_literals;
    const auto take = [this](int second, std::optional<std::chrono::seconds> used) {
        ledger::training_record changed;
        changed.number = intend(second);
        changed.state = ledger::training_state::completed;
        changed.used = used;
        get(memory().update_training(ours_, changed));
    };
    BOOST_TEST(get(memory().training_uses(ours_, wall_time())).empty());
    take(10, 60s);
    take(20, std::nullopt);
    take(30, 0s);
    take(40, 7200s);
    backend_.reopen();
    const std::vector<ledger::training_use> late{{at_second(30), 0s}, {at_second(40), 7200s}};
    BOOST_TEST((get(memory().training_uses(ours_, at_second(11))) == late));
    BOOST_TEST(get(memory().training_uses(ours_, at_second(10))).size() == 3U);
    BOOST_TEST((get(memory().training(ours_)).last->used == 7200s));
    BOOST_TEST(get(memory().training_uses(theirs_, wall_time())).empty());
}

} // namespace retraind::testing

#include "conformance_addresses.hpp"
