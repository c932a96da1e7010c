#include "retraind/watch/due_tracker.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;
using tracker = retraind::watch::due_tracker;
using names = std::vector<std::string>;

namespace {

const mono_time start = mono_time(100h);

} // namespace

BOOST_AUTO_TEST_SUITE(due_tracker)

BOOST_AUTO_TEST_CASE(names_come_when_they_are_due_the_longest_overdue_first) {
    tracker line(10);
    BOOST_TEST((line.next() == mono_time::max()));
    BOOST_TEST(line.add("a", start + 3s));
    BOOST_TEST(line.add("b", start + 1s));
    BOOST_TEST(line.add("c", start + 2s));
    BOOST_TEST((line.next() == start + 1s));
    BOOST_TEST((line.take(start + 999ms, 10) == names{}));
    BOOST_TEST(line.due(start + 2s) == 2U);
    BOOST_TEST((line.take(start + 2s, 10) == names{"b", "c"}));
    BOOST_TEST(line.due(start + 2s) == 0U);
    BOOST_TEST((line.take(start + 1h, 10) == names{"a"}));
    BOOST_TEST((line.next() == mono_time::max()));
}

BOOST_AUTO_TEST_CASE(no_more_are_taken_than_were_asked_for) {
    tracker line(10);
    for (const char* name : {"a", "b", "c"}) {
        BOOST_TEST(line.add(name, start));
    }
    BOOST_TEST((line.take(start, 0) == names{}));
    BOOST_TEST((line.take(start, 2) == names{"a", "b"}));
    BOOST_TEST((line.take(start, 2) == names{"c"}));
}

BOOST_AUTO_TEST_CASE(the_last_wish_for_a_name_counts) {
    tracker line(10);
    BOOST_TEST(line.add("a", start));
    BOOST_TEST(line.add("a", start + 5s));
    BOOST_TEST((line.take(start + 1s, 10) == names{}));
    BOOST_TEST((line.take(start + 5s, 10) == names{"a"}));
    BOOST_TEST((line.take(start + 1h, 10) == names{}));
}

BOOST_AUTO_TEST_CASE(a_full_line_refuses_new_names_only) {
    tracker line(2);
    BOOST_TEST(line.add("a", start));
    BOOST_TEST(!line.full());
    BOOST_TEST(line.add("b", start + 1s));
    BOOST_TEST(line.full());
    BOOST_TEST(!line.add("c", start));
    BOOST_TEST(line.add("a", start + 2s));
    BOOST_TEST((line.take(start + 2s, 10) == names{"b", "a"}));
    BOOST_TEST(!line.full());
    BOOST_TEST(line.add("c", start));
}

BOOST_AUTO_TEST_SUITE_END()
