#include "retraind/pipeline/service_recovery.hpp"

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string read = "GET ";

customvision::failure failed(customvision::verdict meaning, std::string code = {}) {
    customvision::failure why;
    why.meaning = meaning;
    why.cause = {errc::refused, "said by the service"};
    why.code = std::move(code);
    return why;
}

customvision::answer<void> refused(customvision::verdict meaning) {
    return tl::unexpected(failed(meaning));
}

struct recovery_fixture : project_fixture {
    void after(customvision::failure why) { run(recovery.after(std::move(why))); }

    service_recovery recovery{state, "upload", patience(duration::zero(), duration::zero())};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(service_recovery, recovery_fixture)

BOOST_AUTO_TEST_CASE(what_stops_a_project_is_waited_for_with_a_read) {
    using customvision::verdict;
    for (const verdict meaning :
         {verdict::unauthorised, verdict::missing_project, verdict::needs_operator}) {
        recovery_fixture fresh;
        fresh.service.expect(read, 401, refusal_json("Unauthorized"));
        fresh.service.expect(read, 200, R"({"id":")" + to_string(fresh.project.id) + R"("})");
        fresh.after(failed(meaning));
        fresh.check_journal({read, read});
        BOOST_TEST(fresh.key_reads == 2U);
        // Whether it takes what is sent, only sending tells.
        BOOST_TEST(!fresh.health.ready());
        fresh.recovery.heard(customvision::answer<void>());
        BOOST_TEST(fresh.health.ready());
    }
}

BOOST_AUTO_TEST_CASE(what_passes_needs_no_read) {
    after(failed(customvision::verdict::retry));
    check_journal({});
    BOOST_TEST(events.count(event_name::batch_failed) == 1U);
}

BOOST_AUTO_TEST_CASE(a_second_failure_in_a_row_is_an_obstacle_until_the_service_judges) {
    using customvision::verdict;
    after(failed(verdict::retry));
    BOOST_TEST(health.ready());
    after(failed(verdict::retry));
    BOOST_TEST(!health.ready());
    recovery.heard(refused(verdict::retry));
    BOOST_TEST(!health.ready());
    recovery.heard(refused(verdict::refused_batch));
    BOOST_TEST(health.ready());
    after(failed(verdict::retry));
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(to_be_throttled_is_no_obstacle) {
    for (int each = 0; each < 3; ++each) {
        after(failed(customvision::verdict::throttled));
    }
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(a_read_only_project_is_the_capacitys_to_wait_for) {
    unsigned asked = 0;
    state.ask_capacity = [&asked] {
        ++asked;
    };
    after(failed(customvision::verdict::unauthorised, "ForbiddenDRModeEnabled"));
    BOOST_TEST(state.capacity.read_only());
    BOOST_TEST(asked == 1U);
    BOOST_TEST(events.count(event_name::batch_failed) == 0U);
    check_journal({});
}

BOOST_AUTO_TEST_CASE(our_own_doing_is_no_failure) {
    after(failed(customvision::verdict::abandoned));
    BOOST_TEST(events.all.empty());
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait_without_a_read) {
    stop.request();
    after(failed(customvision::verdict::unauthorised));
    check_journal({});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
