#include "sandbox/service/timestamps.hpp"

#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

// 2020-11-06T17:40:45Z
constexpr ticks second = 1'604'684'445 * ticks_per_second;

} // namespace

BOOST_AUTO_TEST_SUITE(timestamps)

BOOST_AUTO_TEST_CASE(milliseconds_always_have_three_digits) {
    BOOST_TEST(milliseconds_text(second) == "2020-11-06T17:40:45.000Z");
    BOOST_TEST(milliseconds_text(second + 8'830'000) == "2020-11-06T17:40:45.883Z");
    BOOST_TEST(milliseconds_text(second + 9'999'999) == "2020-11-06T17:40:45.999Z");
}

BOOST_AUTO_TEST_CASE(image_times_lose_their_trailing_zeros) {
    BOOST_TEST(trimmed_text(second + 4'936'770) == "2020-11-06T17:40:45.493677");
    BOOST_TEST(trimmed_text(second + 4'976'586) == "2020-11-06T17:40:45.4976586");
    BOOST_TEST(trimmed_text(second + 1) == "2020-11-06T17:40:45.0000001");
    BOOST_TEST(trimmed_text(second + 5'000'000) == "2020-11-06T17:40:45.5");
    BOOST_TEST(trimmed_text(second) == "2020-11-06T17:40:45");
}

BOOST_AUTO_TEST_CASE(prediction_times_have_seven_digits) {
    BOOST_TEST(seven_digit_text(second + 1) == "2020-11-06T17:40:45.0000001Z");
    BOOST_TEST(seven_digit_text(second) == "2020-11-06T17:40:45.0000000Z");
}

BOOST_AUTO_TEST_CASE(link_times_have_none) {
    BOOST_TEST(seconds_text(second + ticks_per_day + 9'999'999) == "2020-11-07T17:40:45Z");
}

BOOST_AUTO_TEST_CASE(times_before_1970_are_right) {
    BOOST_TEST(milliseconds_text(-10'000) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(now_is_in_this_century) {
    BOOST_TEST(milliseconds_text(now()).substr(0, 2) == "20");
}

BOOST_AUTO_TEST_CASE(months_and_what_is_left_of_them) {
    using std::chrono::hours;
    using std::chrono::seconds;
    constexpr ticks last_of_february_2024 = ticks{1'709'164'800} * ticks_per_second;
    BOOST_TEST(month_text(last_of_february_2024) == "2024-02");
    BOOST_TEST((rest_of_month(last_of_february_2024) == hours(24)));
    const ticks at_the_end = last_of_february_2024 + ticks_per_day - 1;
    BOOST_TEST((rest_of_month(at_the_end) == seconds(1)));
    BOOST_TEST(month_text(at_the_end + 1) == "2024-03");
    BOOST_TEST((rest_of_month(at_the_end + 1) == hours(24 * 31)));
    constexpr ticks new_years_eve_2025 = ticks{1'767'139'200} * ticks_per_second;
    BOOST_TEST((rest_of_month(new_years_eve_2025) == hours(24)));
}

BOOST_AUTO_TEST_SUITE_END()
