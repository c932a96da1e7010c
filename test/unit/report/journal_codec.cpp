#include "retraind/report/journal_codec.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::report;

namespace {

event failed_batch() {
    return {event_name::batch_failed,
            severity::warning,
            "wildlife",
            "refused",
            {{"images", 64},
             {"path", "a b\n\xff.jpg"},
             {"share", 0.25},
             {"last", false},
             {"request_id", "d05eb92c"}}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(journal_codec)

BOOST_AUTO_TEST_CASE(an_entry_has_a_field_for_each_of_the_events) {
    const std::vector<std::string> expected{
        "MESSAGE=[wildlife] refused images=64 path=\"a b\\x0a\\xff.jpg\" share=0.25 last=false "
        "request_id=d05eb92c",
        "PRIORITY=4",
        "SYSLOG_IDENTIFIER=retraind",
        "RETRAIND_EVENT=batch_failed",
        "RETRAIND_PROJECT=wildlife",
        "RETRAIND_IMAGES=64",
        "RETRAIND_PATH=a b\\x0a\\xff.jpg",
        "RETRAIND_SHARE=0.25",
        "RETRAIND_LAST=false",
        "RETRAIND_REQUEST_ID=d05eb92c"};
    BOOST_TEST(journal_fields(failed_batch()) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_daemons_own_events_have_no_project) {
    event own = failed_batch();
    own.project.clear();
    const auto fields = journal_fields(own);
    BOOST_TEST(fields.front().starts_with("MESSAGE=refused "));
    BOOST_TEST(std::none_of(fields.begin(), fields.end(), [](const std::string& field) {
        return field.starts_with("RETRAIND_PROJECT=");
    }));
}

BOOST_AUTO_TEST_CASE(priorities_are_syslogs) {
    const auto priority_of = [](severity level) {
        event each = failed_batch();
        each.level = level;
        return journal_fields(each).at(1);
    };
    BOOST_TEST(priority_of(severity::error) == "PRIORITY=3");
    BOOST_TEST(priority_of(severity::warning) == "PRIORITY=4");
    BOOST_TEST(priority_of(severity::info) == "PRIORITY=6");
    BOOST_TEST(priority_of(severity::debug) == "PRIORITY=7");
}

BOOST_AUTO_TEST_CASE(names_are_such_as_journald_keeps) {
    static const std::string long_name(100, 'x');
    event odd = failed_batch();
    odd.fields = {{"weird name-\xc3\xa4", 1}, {long_name, 2}};
    const auto fields = journal_fields(odd);
    BOOST_TEST(fields.at(5) == "RETRAIND_WEIRD_NAME___=1");
    BOOST_TEST(fields.at(6) == "RETRAIND_" + std::string(55, 'X') + "=2");
}

BOOST_AUTO_TEST_CASE(the_stream_is_named_by_device_and_inode) {
    BOOST_TEST(names_stream("9:12345", 9, 12345));
    for (const char* other : {"", "9", "9:", "9:12346", "8:12345", "9:12345 ", "09:12345"}) {
        BOOST_TEST(!names_stream(other, 9, 12345), other);
    }
}

BOOST_AUTO_TEST_SUITE_END()
