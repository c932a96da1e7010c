#pragma once

// What every ledger must do with addresses of lists; included by conformance.hpp.

#include "conformance.hpp"

namespace retraind::testing {

template <class Backend>
void ledger_conformance<Backend>::an_address_keeps_its_outcome() {
    const std::string good = "https://pictures.example/a.jpg?sig=\xc3\xa9";
    record_urls({address(good, outcome::confirmed, 1),
                 address("http://pictures.example/b.jpg", outcome::rejected, 2)});
    backend_.reopen();
    const auto found = get(memory().find_urls(
        ours_, {"http://pictures.example/b.jpg", "https://pictures.example/A.jpg", good}));
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST((found[0].result == outcome::rejected));
    BOOST_TEST(!found[0].image.has_value());
    BOOST_TEST_REQUIRE(found[0].reason.has_value());
    BOOST_TEST(found[0].reason->code == "ErrorSource");
    BOOST_TEST(found[0].reason->sentence == "cannot be fetched");
    BOOST_TEST(found[0].reason->mend == "make it reachable");
    BOOST_TEST(found[1].url == good);
    BOOST_TEST((found[1].result == outcome::confirmed));
    BOOST_TEST((found[1].image == id_number<image_id>(1)));
    BOOST_TEST(found[1].labels == std::vector<std::string>{"cat"});
    BOOST_TEST((found[1].list == file_fingerprint{7, 1}));
    BOOST_TEST((found[1].at == at_second(1)));
    BOOST_TEST(get(memory().find_urls(theirs_, {good})).empty());
}

template <class Backend>
void ledger_conformance<Backend>::a_duplicate_of_an_address_changes_its_labels_only() {
    record_urls({address("https://x.example/a", outcome::confirmed, 1)});
    ledger::url_outcome again = address("https://x.example/a", outcome::duplicate, 2);
    again.labels = {"cat", "dog"};
    record_urls({again}, 9);
    const auto found = get(memory().find_urls(ours_, {"https://x.example/a"}));
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found[0].result == outcome::confirmed));
    BOOST_TEST((found[0].image == id_number<image_id>(1)));
    BOOST_TEST((found[0].list == file_fingerprint{7, 1}));
    BOOST_TEST((found[0].at == at_second(1)));
    BOOST_TEST((found[0].labels == std::vector<std::string>{"cat", "dog"}));
}

template <class Backend>
void ledger_conformance<Backend>::a_finished_list_counts_its_lines_and_lets_its_addresses_go() {
    record_urls({address("https://x.example/a", outcome::confirmed, 1),
                 address("https://x.example/b", outcome::confirmed, 2)});
    ledger::finished_list list;
    list.list = {7, 1};
    list.lines.confirmed = 1;
    list.lines.rejected = 3;
    list.at = at_second(2);
    list.stays = ledger::finished_list::place{"/drop", "cat/new.urls", {1, 2, 3, 4, 5}};
    BOOST_TEST(get(memory().count(ours_)).confirmed == 0U);
    get(memory().finish_list(ours_, list));
    backend_.reopen();
    const ledger::totals sum = get(memory().count(ours_));
    BOOST_TEST(sum.confirmed == 1U);
    BOOST_TEST(sum.rejected == 3U);
    BOOST_TEST(sum.duplicate == 0U);
    const auto found =
        get(memory().find_urls(ours_, {"https://x.example/a", "https://x.example/b"}));
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(!found[0].list.has_value());
    BOOST_TEST(found[1].list.has_value());
    const auto files = remembered(ours_, "/drop");
    BOOST_TEST_REQUIRE(files.size() == 1U);
    BOOST_TEST((files[0].print == fingerprint("/drop", "cat/new.urls", {1, 2, 3, 4, 5})));
    get(memory().finish_list(ours_, list));
    BOOST_TEST(get(memory().count(ours_)).confirmed == 2U);
}

template <class Backend>
void ledger_conformance<Backend>::addresses_count_for_training() {
    record({confirmed_file("a.jpg", 1)}, 1);
    record_urls({address("https://x.example/a", outcome::confirmed, 1),
                 address("https://x.example/b", outcome::duplicate, 2),
                 address("https://x.example/c", outcome::rejected, 3)},
                2);
    ledger::training_facts facts = get(memory().training(ours_));
    BOOST_TEST(facts.confirmed_since_training == 3U);
    BOOST_TEST((facts.first_confirmed_since == at_second(1)));
    BOOST_TEST((facts.last_confirmed == at_second(2)));
    update(intend(3), ledger::training_state::completed);
    record_urls({address("https://x.example/a", outcome::duplicate, 9)}, 4);
    BOOST_TEST(get(memory().training(ours_)).confirmed_since_training == 0U);
    record_urls({address("https://x.example/d", outcome::confirmed, 4)}, 5);
    facts = get(memory().training(ours_));
    BOOST_TEST(facts.confirmed_since_training == 1U);
    BOOST_TEST((facts.first_confirmed_since == at_second(5)));
}

} // namespace retraind::testing
