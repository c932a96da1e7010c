#include "retraind/pipeline/journey.hpp"

#include <vector>

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

watch::found_file sized(std::uint64_t bytes) {
    watch::found_file file;
    file.path = "cats/a.jpg";
    file.identity.size = bytes;
    return file;
}

sha256 digest_of(unsigned char first) {
    sha256 digest;
    digest.bytes[0] = std::byte{first};
    return digest;
}

using numbers = std::vector<journey_number>;

} // namespace

BOOST_AUTO_TEST_SUITE(slot_table)

BOOST_AUTO_TEST_CASE(has_room_until_it_is_full_and_again_after_an_end) {
    pipeline::slot_table slots(2);
    BOOST_TEST(slots.room() == 2U);
    const journey_number first = slots.start(0, sized(1)).number;
    slots.start(0, sized(2));
    BOOST_TEST(slots.room() == 0U);
    slots.end(first);
    BOOST_TEST(slots.room() == 1U);
    BOOST_TEST(slots.size() == 1U);
}

BOOST_AUTO_TEST_CASE(has_no_room_rather_than_a_wrapped_number_of_it_when_overfull) {
    pipeline::slot_table slots(1);
    slots.start(0, sized(1));
    slots.start(0, sized(2));
    BOOST_TEST(slots.room() == 0U);
}

BOOST_AUTO_TEST_CASE(a_journey_begins_as_arrived_with_its_folder_and_file) {
    pipeline::slot_table slots(2);
    const journey& started = slots.start(3, sized(77));
    BOOST_TEST((started.at == journey::stage::arrived));
    BOOST_TEST(started.folder == 3U);
    BOOST_TEST(started.file.identity.size == 77U);
    BOOST_TEST(started.attempts == 0U);
    BOOST_TEST(slots.find(started.number) == &started);
}

BOOST_AUTO_TEST_CASE(a_number_is_never_used_again) {
    pipeline::slot_table slots(1);
    const journey_number first = slots.start(0, sized(1)).number;
    slots.end(first);
    const journey_number second = slots.start(0, sized(1)).number;
    BOOST_TEST(second != first);
    BOOST_TEST(slots.find(first) == nullptr);
}

BOOST_AUTO_TEST_CASE(journeys_stay_where_they_are_while_others_come_and_go) {
    pipeline::slot_table slots(100);
    journey& kept = slots.start(0, sized(1));
    const journey_number number = kept.number;
    for (int each = 0; each < 50; ++each) {
        slots.end(slots.start(0, sized(2)).number);
    }
    BOOST_TEST(slots.find(number) == &kept);
}

BOOST_AUTO_TEST_CASE(counts_those_in_flight_and_no_others) {
    pipeline::slot_table slots(3);
    slots.start(0, sized(1));
    slots.start(0, sized(1)).at = journey::stage::planned;
    slots.start(0, sized(1)).at = journey::stage::in_flight;
    BOOST_TEST(slots.in_flight() == 1U);
}

BOOST_AUTO_TEST_CASE(accepted_of_a_size_are_planned_or_in_flight_and_oldest_first) {
    pipeline::slot_table slots(5);
    const journey_number flying = slots.start(0, sized(10)).number;
    slots.start(0, sized(10)); // has arrived only
    const journey_number planned = slots.start(0, sized(10)).number;
    slots.start(0, sized(11)).at = journey::stage::planned; // another size
    slots.find(flying)->at = journey::stage::in_flight;
    slots.find(planned)->at = journey::stage::planned;

    numbers found;
    for (const journey* each : slots.accepted_of_size(10)) {
        found.push_back(each->number);
    }
    BOOST_TEST(found == (numbers{flying, planned}), boost::test_tools::per_element());
    BOOST_TEST(slots.accepted_of_size(12).empty());
}

BOOST_AUTO_TEST_CASE(the_accepted_one_with_a_content_has_its_size_and_its_digest) {
    pipeline::slot_table slots(3);
    journey& other = slots.start(0, sized(10));
    other.at = journey::stage::planned;
    other.digest = digest_of(1);
    journey& wanted = slots.start(0, sized(10));
    wanted.at = journey::stage::in_flight;
    wanted.digest = digest_of(2);
    journey& unhashed = slots.start(0, sized(10));
    unhashed.at = journey::stage::planned;

    BOOST_TEST(slots.accepted_with(digest_of(2), 10) == &wanted);
    BOOST_TEST(slots.accepted_with(digest_of(2), 11) == nullptr);
    BOOST_TEST(slots.accepted_with(digest_of(3), 10) == nullptr);
}

BOOST_AUTO_TEST_CASE(an_arrived_one_is_not_accepted_whatever_its_content) {
    pipeline::slot_table slots(1);
    slots.start(0, sized(10)).digest = digest_of(1);
    BOOST_TEST(slots.accepted_with(digest_of(1), 10) == nullptr);
}

BOOST_AUTO_TEST_CASE(an_end_releases_those_that_waited_for_it_oldest_first_and_once) {
    pipeline::slot_table slots(9);
    const journey_number ahead = slots.start(0, sized(1)).number;
    const journey_number elsewhere = slots.start(0, sized(1)).number;
    const journey_number third = slots.start(0, sized(1)).number;
    const journey_number fourth = slots.start(0, sized(1)).number;
    const journey_number fifth = slots.start(0, sized(1)).number;
    const journey_number sixth = slots.start(0, sized(1)).number;
    slots.park(fourth, ahead);
    slots.park(sixth, ahead);
    slots.park(third, ahead);
    slots.park(fifth, elsewhere);

    BOOST_TEST(slots.end(ahead) == (numbers{third, fourth, sixth}),
               boost::test_tools::per_element());
    BOOST_TEST(slots.end(ahead).empty());
    BOOST_TEST(slots.end(elsewhere) == numbers{fifth}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_end_of_nobody_changes_nothing) {
    pipeline::slot_table slots(2);
    slots.start(0, sized(1));
    BOOST_TEST(slots.end(99).empty());
    BOOST_TEST(slots.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
