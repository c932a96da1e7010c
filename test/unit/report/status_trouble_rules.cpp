#include "retraind/report/status_trouble_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::report;

namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(status_trouble_rules)

BOOST_AUTO_TEST_CASE(a_daemon_that_does_not_run_is_named_by_its_sockets) {
    for (const errc code : {errc::not_found, errc::refused}) {
        const std::string said = status_trouble({code, "x"}, {"/run/a.sock", "/var/b.sock"});
        BOOST_TEST(said.starts_with("not running: "));
        BOOST_TEST(has(said, "unix:/run/a.sock or unix:/var/b.sock"));
        BOOST_TEST(has(said, "systemctl status retraind"));
    }
}

BOOST_AUTO_TEST_CASE(a_socket_that_may_not_be_opened_names_the_group) {
    const std::string said =
        status_trouble({errc::denied, "/run/a.sock: Permission denied"}, {"/run/a.sock"});
    BOOST_TEST(has(said, "/run/a.sock: Permission denied"));
    BOOST_TEST(has(said, "group retraind"));
}

BOOST_AUTO_TEST_CASE(one_that_hangs_is_not_called_absent) {
    const std::string said = status_trouble({errc::timed_out, "timed out"}, {"/run/a.sock"});
    BOOST_TEST(!has(said, "not running"));
    BOOST_TEST(has(said, "unix:/run/a.sock"));
    BOOST_TEST(has(said, "does not answer"));
}

BOOST_AUTO_TEST_CASE(what_a_stranger_answers_is_escaped) {
    const std::string said = status_trouble({errc::protocol, "\x1b[2J"}, {"/run/\x1b.sock"});
    BOOST_TEST(!has(said, "\x1b"));
}

BOOST_AUTO_TEST_CASE(a_refusal_says_more_than_an_absence) {
    const error absent{errc::not_found, ""};
    const error left_behind{errc::refused, ""};
    const error denied{errc::denied, ""};
    BOOST_TEST(says_more(denied, absent));
    BOOST_TEST(says_more(denied, left_behind));
    BOOST_TEST(!says_more(absent, denied));
    BOOST_TEST(!says_more(left_behind, absent));
    BOOST_TEST(!says_more(denied, denied));
}

BOOST_AUTO_TEST_SUITE_END()
