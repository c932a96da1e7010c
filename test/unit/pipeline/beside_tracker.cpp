#include "retraind/pipeline/beside_tracker.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

BOOST_AUTO_TEST_SUITE(beside_tracker)

BOOST_AUTO_TEST_CASE(the_newest_word_of_a_picture_counts) {
    pipeline::beside_tracker tracker;
    BOOST_TEST(tracker.empty());
    tracker.add({"b.jpg", {1, 2}, 7});
    tracker.add({"a.jpg", {3, 4}, 8});
    tracker.add({"b.jpg", {1, 5}, 9});
    const std::vector<beside_file> wanted{{"a.jpg", {3, 4}, 8}, {"b.jpg", {1, 5}, 9}};
    BOOST_TEST((tracker.all() == wanted));
    tracker.forget("a.jpg");
    tracker.forget("never.jpg");
    BOOST_TEST(tracker.all().size() == 1U);
    tracker.forget("b.jpg");
    BOOST_TEST(tracker.empty());
}

BOOST_AUTO_TEST_CASE(it_does_not_grow_without_end) {
    pipeline::beside_tracker tracker;
    for (std::size_t each = 0; each < pipeline::beside_tracker::most + 5; ++each) {
        tracker.add({std::to_string(each), {}, 1});
    }
    BOOST_TEST(tracker.all().size() == pipeline::beside_tracker::most);
    tracker.add({"0", {}, 2}); // one that is there is still renewed
    BOOST_TEST(tracker.all().front().state == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
