#include "retraind/report/event_fan.hpp"

#include <boost/test/unit_test.hpp>

#include "retraind/report/log_writer.hpp"
#include "retraind/report/metrics_store.hpp"

using namespace retraind;
using namespace retraind::report;

BOOST_AUTO_TEST_SUITE(event_fan)

BOOST_AUTO_TEST_CASE(what_is_too_small_for_the_log_is_counted_all_the_same) {
    std::string lines;
    log_writer log({severity::error, log_format::text}, system_clock(),
                   [&lines](std::string_view line) { lines += line; });
    metrics_store metrics;
    report::event_fan fan({&log, &metrics});
    fan.emit({event_name::throttled, severity::debug, "", "slower", {{"ms", 1500}}});
    fan.emit({event_name::internal_error, severity::error, "", "a bug", {}});
    BOOST_TEST(lines.find("slower") == std::string::npos);
    BOOST_TEST(lines.find("a bug") != std::string::npos);
    const std::string text = metrics.scrape({});
    BOOST_TEST(text.find("\nretraind_throttled_seconds_total 1.5\n") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
