#pragma once

#include <set>

#include "conformance.hpp"

namespace retraind::testing {

template <class Backend>
void ledger_conformance<Backend>::remembered_files_come_in_parts_and_each_once() {
    std::vector<ledger::file_outcome> files;
    for (int number = 1; number <= 5; ++number) {
        // Bytes that no text has, in an order that is only theirs.
        files.push_back(
            confirmed_file(std::string("cat/") + static_cast<char>(250 - number), number));
    }
    record(files);
    const auto all = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(all.size() == 5U);
    for (const std::size_t most : {1U, 2U, 4U, 5U, 6U}) {
        std::set<file_fingerprint> met;
        std::size_t rows = 0;
        std::optional<std::string> after = "";
        while (after) {
            const auto part = get(memory().remembered_files(ours_, "/drop", *after, most));
            BOOST_TEST(part.files.size() <= most);
            for (const ledger::remembered_file& each : part.files) {
                met.insert(each.print);
            }
            rows += part.files.size();
            BOOST_TEST_REQUIRE(rows <= 5U);
            after = part.next;
        }
        BOOST_TEST(rows == 5U);
        BOOST_TEST(met.size() == 5U);
    }
}

template <class Backend>
void ledger_conformance<Backend>::a_mount_is_remembered_for_its_project_and_folder() {
    const ledger::mount_record first{"//nas/photo drop", "cifs"};
    const ledger::mount_record second{"/dev/sda1", "ext4"};
    BOOST_TEST(!get(memory().mount_of(ours_, "/drop")).has_value());
    get(memory().accept_mount(ours_, "/drop", first, at_second(1)));
    get(memory().accept_mount(theirs_, "/drop", second, at_second(1)));
    backend_.reopen();
    BOOST_TEST((get(memory().mount_of(ours_, "/drop")) == first));
    BOOST_TEST((get(memory().mount_of(theirs_, "/drop")) == second));
    BOOST_TEST(!get(memory().mount_of(ours_, "/elsewhere")).has_value());
    get(memory().accept_mount(ours_, "/drop", second, at_second(2)));
    BOOST_TEST((get(memory().mount_of(ours_, "/drop")) == second));
}

template <class Backend>
void ledger_conformance<Backend>::a_retry_lets_go_of_rejected_files_at_its_place_alone() {
    std::vector<ledger::file_outcome> files{confirmed_file("cat/kept.jpg", 1)};
    int number = 2;
    for (const char* path : {"cat", "cat/a.jpg", "cat/b/c.jpg", "cat.jpg", "cat0", "dog/a.jpg"}) {
        ledger::file_outcome each = rejected_file(path, number++);
        files.push_back(std::move(each));
    }
    record(files);
    BOOST_TEST(remembered(ours_, "/drop").size() == 7U);
    BOOST_TEST(get(memory().retry({{}, "/elsewhere", "", false, at_second(2)})).prints.empty());
    BOOST_TEST(get(memory().retry({{}, "/drop", "ca", false, at_second(2)})).prints.empty());
    BOOST_TEST(get(memory().retry({theirs_, "/drop", "", false, at_second(2)})).prints.empty());
    const auto one = get(memory().retry({ours_, "/drop", "dog/a.jpg", false, at_second(2)}));
    BOOST_TEST(one.prints.size() == 1U);
    BOOST_TEST(get(memory().count(ours_)).rejected == 5U);
    const auto folder = get(memory().retry({{}, "/drop", "cat", false, at_second(3)}));
    BOOST_TEST(folder.prints.size() == 3U); // the file of that name, and the two in the folder
    const auto left = remembered(ours_, "/drop");
    BOOST_TEST(left.size() == 3U);
    const auto rest = get(memory().retry({{}, "/drop", "", false, at_second(4)}));
    BOOST_TEST(rest.prints.size() == 2U);
    const auto kept = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(kept.size() == 1U);
    BOOST_TEST((kept[0].result == outcome::confirmed));
    BOOST_TEST(get(memory().count(ours_)).rejected == 0U);
    BOOST_TEST(get(memory().count(ours_)).confirmed == 1U);
}

template <class Backend>
void ledger_conformance<Backend>::a_retry_of_a_folder_lets_go_of_its_mount_when_told_to() {
    get(memory().accept_mount(ours_, "/drop", {"a", "nfs"}, at_second(1)));
    get(memory().accept_mount(ours_, "/other", {"b", "nfs"}, at_second(1)));
    get(memory().retry({{}, "/drop", "", false, at_second(2)}));
    BOOST_TEST(get(memory().mount_of(ours_, "/drop")).has_value());
    get(memory().retry({{}, "/drop", "", true, at_second(3)}));
    BOOST_TEST(!get(memory().mount_of(ours_, "/drop")).has_value());
    BOOST_TEST(get(memory().mount_of(ours_, "/other")).has_value());
}

} // namespace retraind::testing
