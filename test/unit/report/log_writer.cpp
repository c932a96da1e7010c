#include "retraind/report/log_writer.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::report;

namespace {

constexpr wall_time moment{std::chrono::milliseconds(1'795'000'000'123)};

event sample() {
    return {event_name::batch_sent,
            severity::info,
            "wildlife",
            "64 pictures are confirmed",
            {{"images", 64}, {"path", "a b/\"c\"\n.jpg"}, {"ratio", 0.5}, {"ok", true}}};
}

class fixed_clock final : public clock {
public:
    mono_time now() const noexcept override { return {}; }
    wall_time wall() const noexcept override { return moment; }
};

} // namespace

BOOST_AUTO_TEST_SUITE(log_writer)

BOOST_AUTO_TEST_CASE(a_text_line_is_for_people_and_grep) {
    BOOST_TEST(to_line(sample(), moment, log_format::text) ==
               "2026-11-18T11:06:40.123Z info    batch_sent [wildlife] 64 pictures are confirmed "
               "images=64 path=\"a b/\\\"c\\\"\\x0a.jpg\" ratio=0.5 ok=true");
}

BOOST_AUTO_TEST_CASE(a_json_line_is_one_object_with_typed_fields) {
    const std::string line = to_line(sample(), moment, log_format::json);
    BOOST_TEST(line.find('\n') == std::string::npos);
    const boost::json::object object = boost::json::parse(line).as_object();
    BOOST_TEST(object.at("event").as_string() == "batch_sent");
    BOOST_TEST(object.at("project").as_string() == "wildlife");
    BOOST_TEST(object.at("images").as_int64() == 64);
    BOOST_TEST(object.at("ok").as_bool());
    BOOST_TEST(object.at("time").as_string() == "2026-11-18T11:06:40.123Z");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_cannot_break_a_line) {
    event odd = sample();
    odd.fields = {{"path", std::string("\xff\x1b[2J")}};
    for (const log_format format : {log_format::text, log_format::json}) {
        const std::string line = to_line(odd, moment, format);
        BOOST_TEST(line.find('\x1b') == std::string::npos);
        BOOST_TEST(line.find("xff") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(only_the_wanted_levels_are_written) {
    const fixed_clock time;
    std::string written;
    report::log_writer log({severity::warning, log_format::text}, time,
                           [&written](std::string_view line) { written += line; });
    event each = sample();
    log.emit(each);
    BOOST_TEST(written.empty());
    each.level = severity::error;
    log.emit(each);
    BOOST_TEST(written.ends_with("ok=true\n"));
}

BOOST_AUTO_TEST_CASE(every_event_has_one_name_of_its_own) {
    for (std::size_t at = 0; at < event_names.size(); ++at) {
        BOOST_TEST(static_cast<std::size_t>(event_names.at(at).first) == at);
        BOOST_TEST(to_string(event_names.at(at).first) == event_names.at(at).second);
    }
}

BOOST_AUTO_TEST_SUITE_END()
