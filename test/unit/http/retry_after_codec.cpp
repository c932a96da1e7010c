#include "retraind/http/retry_after_codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using retraind::duration;
using retraind::wall_time;
namespace http = retraind::http;

namespace {

/// Sun, 06 Nov 1994 08:49:37 GMT
const wall_time now{784111777s};

std::string shown(std::optional<duration> wait) {
    return wait ? std::to_string(wait->count()) : "nothing";
}

} // namespace

BOOST_AUTO_TEST_SUITE(retry_after_codec)

BOOST_AUTO_TEST_CASE(field_values) {
    const struct {
        std::string_view value;
        std::string wait;
    } cases[] = {{"0", "0"},
                 {"1", "1000"},
                 {" 120 ", "120000"},
                 {"999999999", "999999999000"},
                 {"9999999999", "nothing"},
                 {"-1", "nothing"},
                 {"1.5", "nothing"},
                 {"1s", "nothing"},
                 {"", "nothing"},
                 {"soon", "nothing"},
                 {"Sun, 06 Nov 1994 08:49:37 GMT", "0"},
                 {"Sun, 06 Nov 1994 08:50:07 GMT", "30000"},
                 {"Mon, 07 Nov 1994 08:49:37 GMT", "86400000"},
                 {"Sun, 06 Nov 1994 08:49:36 GMT", "0"},
                 {"Sun, 06 Nov 1994 08:50:07 GMT+1", "nothing"},
                 {"Sun, 06 Nov 1994 08:50:07", "nothing"},
                 {"Sun, 36 Nov 1994 08:50:07 GMT", "nothing"}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT("'" << each.value << "'") {
            BOOST_TEST(shown(http::parse_retry_after(each.value, now)) == each.wait);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_date_counts_from_the_millisecond) {
    const auto wait = http::parse_retry_after("Sun, 06 Nov 1994 08:49:38 GMT", now + 250ms);
    BOOST_TEST(shown(wait) == "750");
}

BOOST_AUTO_TEST_CASE(the_services_words) {
    const struct {
        std::string_view message;
        std::string wait;
    } cases[] = {
        {"Requests to the CreateImagesFromData Operation have exceeded rate limit of your current "
         "Custom_Vision.Training F0 pricing tier. Please retry after 1 second. To increase",
         "1000"},
        {"Rate limit is exceeded. Try again in 60 seconds.", "60000"},
        {"PLEASE RETRY AFTER 7 SECONDS", "7000"},
        {"try again in 2 minutes.", "120000"},
        {"retry after 12seconds", "12000"},
        {"retry after a while", "nothing"},
        {"retry after 12", "nothing"},
        {"retry after 12 images", "nothing"},
        {"retry after 99999999999 seconds", "nothing"},
        {"12 seconds", "nothing"},
        {"", "nothing"}};
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.message) {
            BOOST_TEST(shown(http::find_retry_words(each.message)) == each.wait);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_field_goes_before_the_words_where_it_can_be_read) {
    constexpr std::string_view words = "Please retry after 1 second.";
    BOOST_TEST(shown(http::requested_wait("5", words, now)) == "5000");
    BOOST_TEST(shown(http::requested_wait("0", words, now)) == "0");
    BOOST_TEST(shown(http::requested_wait("later", words, now)) == "1000");
    BOOST_TEST(shown(http::requested_wait({}, words, now)) == "1000");
    BOOST_TEST(shown(http::requested_wait({}, "no", now)) == "nothing");
}

BOOST_AUTO_TEST_SUITE_END()
