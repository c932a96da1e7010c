#include "ledger/column_codec.hpp"

#include <boost/test/unit_test.hpp>

#include "samples.hpp"

using namespace retraind;
using namespace retraind::ledger;
using namespace retraind::testing;

BOOST_AUTO_TEST_SUITE(column_codec)

BOOST_AUTO_TEST_CASE(labels_survive_whatever_letters_they_hold) {
    for (const std::vector<std::string>& labels :
         {std::vector<std::string>{}, {"cat"}, {"a\"b", "c,d", "\n", "Ã©", ""}}) {
        BOOST_TEST(column::to_labels(column::from_labels(labels)) == labels,
                   boost::test_tools::per_element());
    }
    for (const char* wrong : {"", "{}", "[1,", "[1, null]", "nonsense"}) {
        BOOST_TEST(column::to_labels(wrong).empty(), wrong);
    }
}

BOOST_AUTO_TEST_CASE(iterations_survive) {
    const std::vector ids{id_number<iteration_id>(1), id_number<iteration_id>(255)};
    BOOST_TEST((column::to_iterations(column::from_iterations(ids)) == ids));
    BOOST_TEST(column::to_iterations("[\"no guid\"]").empty());
}

BOOST_AUTO_TEST_CASE(fingerprints_keep_their_order_as_bytes) {
    const file_fingerprint small{0x01020304'05060708, 0xfffefdfc'fbfaf9f8};
    const file_fingerprint large{0xff000000'00000000, 0};
    const auto bytes = column::from_print(small);
    BOOST_TEST((bytes[0] == std::byte{1} && bytes[8] == std::byte{0xff}));
    BOOST_TEST((bytes < column::from_print(large)));
    for (const file_fingerprint& print : {small, large, file_fingerprint{}}) {
        const auto text = column::from_print(print);
        const auto back =
            column::to_print({reinterpret_cast<const char*>(text.data()), text.size()});
        BOOST_TEST((back == print));
    }
    BOOST_TEST(!column::to_print("short").has_value());
}

BOOST_AUTO_TEST_CASE(words_of_outcomes_and_states_are_read_back) {
    for (const auto each : {outcome::confirmed, outcome::duplicate, outcome::held_out,
                            outcome::removed, outcome::rejected}) {
        BOOST_TEST((column::to_outcome(to_string(each)) == each));
    }
    using enum training_state;
    for (const auto each :
         {intended, running, completed, published, not_needed, failed, timed_out}) {
        BOOST_TEST((column::to_state(column::from_state(each)) == each));
    }
    BOOST_TEST(!column::to_outcome("lost").has_value());
    BOOST_TEST(!column::to_state("lost").has_value());
}

BOOST_AUTO_TEST_CASE(digests_and_times_are_read_back) {
    const sha256 digest = digest_number(12345);
    BOOST_TEST(
        (column::to_digest({reinterpret_cast<const char*>(digest.bytes.data()), 32}) == digest));
    BOOST_TEST(!column::to_digest("short").has_value());
    BOOST_TEST((column::to_time(column::from_time(at_second(3))) == at_second(3)));
}

BOOST_AUTO_TEST_SUITE_END()
