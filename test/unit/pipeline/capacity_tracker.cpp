#include "retraind/pipeline/capacity_tracker.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace std::chrono_literals;

namespace {

constexpr mono_time start{1h};

pipeline::capacity_tracker tracker(std::uint64_t images = 100) {
    return pipeline::capacity_tracker(capacity_status{{0, images}, {0, 50}, {0, 20}});
}

bool has(const std::optional<std::string>& text, std::string_view part) {
    return text && text->find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(capacity_tracker)

BOOST_AUTO_TEST_CASE(before_the_first_count_nothing_is_closed) {
    const auto fresh = tracker();
    BOOST_TEST(!fresh.room(0).has_value());
    BOOST_TEST(!fresh.full());
    BOOST_TEST(!fresh.closed());
    BOOST_TEST(!fresh.why_full().has_value());
    BOOST_TEST(fresh.status().images.limit == 100U);
}

BOOST_AUTO_TEST_CASE(room_is_what_the_count_the_confirmed_and_those_on_their_way_leave) {
    auto now = tracker();
    now.on_images(90, start);
    BOOST_TEST(now.room(0).value() == 10U);
    BOOST_TEST(now.room(4).value() == 6U);
    BOOST_TEST(now.room(12).value() == 0U);
    now.on_confirmed(4);
    BOOST_TEST(now.room(0).value() == 6U);
    BOOST_TEST(now.status().images.used == 94U);
    BOOST_TEST(!now.full());
    now.on_images(80, start + 1min);
    BOOST_TEST(now.room(0).value() == 20U);
}

BOOST_AUTO_TEST_CASE(a_full_quota_names_itself_and_its_mend_and_is_looked_at_every_minute) {
    auto now = tracker();
    now.on_images(99, start);
    BOOST_TEST((now.look_again_in() == 15min));
    now.on_confirmed(1);
    BOOST_TEST(now.full());
    BOOST_TEST(now.closed());
    for (const char* part : {"100 images", "takes 100", "deleted in the portal", "service.tier"}) {
        BOOST_TEST(has(now.why_full(), part), part);
    }
    BOOST_TEST((now.look_again_in() == 1min));
    now.on_images(101, start);
    BOOST_TEST(now.full());
    now.on_images(99, start);
    BOOST_TEST(!now.full());
}

BOOST_AUTO_TEST_CASE(a_refusal_closes_until_fewer_are_counted) {
    auto now = tracker();
    now.on_images(40, start);
    now.on_refused();
    BOOST_TEST(now.full());
    now.on_images(50, start);
    BOOST_TEST(now.full());
    BOOST_TEST(has(now.why_full(), "takes no more images"));
    BOOST_TEST(has(now.why_full(), "has 50"));
    now.on_images(50, start + 14min);
    BOOST_TEST(now.full());
    now.on_images(48, start + 14min);
    BOOST_TEST(now.room(0).value() == 2U);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_not_believed_for_ever) {
    auto now = tracker();
    now.on_images(50, start);
    now.on_refused();
    now.on_images(50, start);
    now.on_images(50, start + 15min);
    BOOST_TEST(now.room(0).value() == 50U);
    now.on_refused();
    BOOST_TEST(now.full());
}

BOOST_AUTO_TEST_CASE(a_read_only_project_is_closed_and_not_full) {
    auto now = tracker();
    now.on_images(5, start);
    now.on_read_only(true, start);
    BOOST_TEST(now.closed());
    BOOST_TEST(!now.full());
    BOOST_TEST(!now.why_full().has_value());
    BOOST_TEST((now.look_again_in() == 1min));
    now.on_read_only(false, start + 1min);
    BOOST_TEST(!now.closed());
}

BOOST_AUTO_TEST_CASE(a_refusal_for_the_mode_is_believed_though_the_project_denies_it) {
    auto now = tracker();
    now.on_images(5, start);
    now.on_read_only_refusal();
    BOOST_TEST(now.closed());
    now.on_read_only(false, start);
    BOOST_TEST(now.closed(), "or it is asked, opened and refused again without a pause");
    now.on_read_only(false, start + now.look_again_in());
    BOOST_TEST(!now.closed());
}

BOOST_AUTO_TEST_CASE(iterations_are_those_of_the_list) {
    auto now = tracker();
    now.on_iterations(7);
    BOOST_TEST(now.status().iterations.used == 7U);
    BOOST_TEST(now.status().iterations.limit == 20U);
}

BOOST_AUTO_TEST_SUITE_END()
