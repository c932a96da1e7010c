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

BOOST_AUTO_TEST_CASE(json_keeps_the_sentence_whatever_the_fields_are) {
    for (const char* line_own : {"time", "level", "event", "project", "message"}) {
        event odd = sample();
        odd.fields = {{line_own, "other"}};
        const auto object = boost::json::parse(to_line(odd, moment, log_format::json)).as_object();
        BOOST_TEST(object.at("message").as_string() == odd.sentence, line_own);
        BOOST_TEST(object.at("event").as_string() == "batch_sent", line_own);
        BOOST_TEST(object.at(std::string(line_own) + "_").as_string() == "other", line_own);
    }
}

/// A log with a journal that takes entries while `taking`.
struct journalled {
    explicit journalled(std::optional<log_format> format, bool is_stderr = true, bool there = true)
        : log(
              {severity::info, format}, time, [this](std::string_view line) { written += line; },
              made(is_stderr, there)) {}

    journal made(bool is_stderr, bool there) {
        journal entries;
        entries.is_stderr = is_stderr;
        if (there) {
            entries.send = [this](const std::vector<std::string>& fields) {
                if (taking) {
                    sent.push_back(fields.front());
                }
                return taking;
            };
        }
        return entries;
    }

    fixed_clock time;
    std::string written;
    std::vector<std::string> sent;
    bool taking = true;
    report::log_writer log;
};

BOOST_AUTO_TEST_CASE(the_journal_is_the_default_where_stderr_is_it) {
    journalled daemon(std::nullopt);
    daemon.log.emit(sample());
    BOOST_TEST(daemon.sent.size() == 1U);
    BOOST_TEST(daemon.written.empty());
    journalled shell(std::nullopt, false);
    shell.log.emit(sample());
    BOOST_TEST(shell.sent.empty());
    BOOST_TEST(shell.written == to_line(sample(), moment, log_format::text) + "\n");
}

BOOST_AUTO_TEST_CASE(what_is_written_in_the_configuration_counts_more) {
    journalled text(log_format::text);
    text.log.emit(sample());
    BOOST_TEST(text.sent.empty());
    journalled entries(log_format::journal, false);
    entries.log.emit(sample());
    BOOST_TEST(entries.sent.size() == 1U);
    event quiet = sample();
    quiet.level = severity::debug;
    entries.log.emit(quiet);
    BOOST_TEST(entries.sent.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_entry_that_nobody_takes_is_a_line) {
    journalled full(log_format::journal);
    full.taking = false;
    full.log.emit(sample());
    BOOST_TEST(full.written == to_line(sample(), moment, log_format::text) + "\n");
}

BOOST_AUTO_TEST_CASE(without_a_journal_the_log_is_text_and_says_so) {
    journalled bare(log_format::journal, false, false);
    BOOST_TEST(bare.written.find("configuration_warning") != std::string::npos);
    BOOST_TEST(bare.written.find("key=log.format") != std::string::npos);
    bare.log.emit(sample());
    BOOST_TEST(bare.written.ends_with(to_line(sample(), moment, log_format::text) + "\n"));
}

BOOST_AUTO_TEST_CASE(other_options_hold_from_the_next_event_on) {
    journalled changing(log_format::journal);
    changing.log.change({severity::info, log_format::json});
    changing.log.emit(sample());
    BOOST_TEST(changing.sent.empty());
    BOOST_TEST(changing.written == to_line(sample(), moment, log_format::json) + "\n");
    changing.log.change({severity::error, std::nullopt});
    changing.log.emit(sample());
    BOOST_TEST(changing.sent.empty());
    event loud = sample();
    loud.level = severity::error;
    changing.log.emit(loud);
    BOOST_TEST(changing.sent.size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_event_has_one_name_of_its_own) {
    for (std::size_t at = 0; at < event_names.size(); ++at) {
        BOOST_TEST(static_cast<std::size_t>(event_names.at(at).first) == at);
        BOOST_TEST(to_string(event_names.at(at).first) == event_names.at(at).second);
    }
}

BOOST_AUTO_TEST_SUITE_END()
