#include "retraind/pipeline/patience.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

using customvision::verdict;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// As near to 1 as a random number may come: the whole span but for a millisecond.
constexpr double almost_one = 0.9999999;

customvision::failure failed(verdict meaning, std::optional<duration> retry_after = {}) {
    customvision::failure why;
    why.meaning = meaning;
    why.retry_after = retry_after;
    return why;
}

bool near(duration wait, duration span) {
    return wait <= span && wait >= span - milliseconds(2);
}

struct passing {
    verdict meaning;
    bool by_itself;
};

constexpr passing every_verdict[] = {
    {verdict::retry, true},           {verdict::throttled, true},
    {verdict::shrink, true},          {verdict::unauthorised, true},
    {verdict::missing_project, true}, {verdict::abandoned, true},
    {verdict::refused_batch, false},  {verdict::state, false},
    {verdict::needs_data, false},     {verdict::needs_operator, false},
};

} // namespace

BOOST_AUTO_TEST_SUITE(patience)

BOOST_AUTO_TEST_CASE(waits_in_full_for_what_the_service_asked_for) {
    pipeline::patience waits;
    for (const double random : {0.0, 0.5, almost_one}) {
        BOOST_TEST((waits.after(failed(verdict::throttled, seconds(17)), random) == seconds(17)));
    }
    BOOST_TEST((waits.after(failed(verdict::retry, minutes(42)), 0) == minutes(42)));
}

BOOST_AUTO_TEST_CASE(jitters_over_a_span_that_doubles_to_five_minutes) {
    pipeline::patience waits;
    for (const int span : {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
        const duration wait = waits.after(failed(verdict::retry), almost_one);
        BOOST_TEST(near(wait, seconds(span)), wait.count() << " ms, expected " << span << " s");
    }
}

BOOST_AUTO_TEST_CASE(jitter_may_be_nothing_and_is_a_share_of_the_span) {
    pipeline::patience waits;
    BOOST_TEST((waits.after(failed(verdict::retry), 0) == milliseconds(0)));
    BOOST_TEST((waits.after(failed(verdict::shrink), 0.5) == seconds(1)));
    BOOST_TEST((waits.after(failed(verdict::retry), 0.25) == seconds(1)));
}

BOOST_AUTO_TEST_CASE(a_success_begins_anew) {
    pipeline::patience waits;
    for (int each = 0; each < 5; ++each) {
        static_cast<void>(waits.after(failed(verdict::retry), 0));
    }
    waits.success();
    BOOST_TEST(near(waits.after(failed(verdict::retry), almost_one), seconds(1)));
}

BOOST_AUTO_TEST_CASE(a_refused_key_and_a_missing_project_are_looked_at_every_minute) {
    for (const verdict each : {verdict::unauthorised, verdict::missing_project}) {
        pipeline::patience waits;
        BOOST_TEST((waits.after(failed(each), 0) == minutes(1)));
        BOOST_TEST((waits.after(failed(each, seconds(2)), 0) == minutes(1)));
        BOOST_TEST((waits.after(failed(each, minutes(3)), 0) == minutes(3)));
    }
}

BOOST_AUTO_TEST_CASE(what_a_person_must_mend_is_looked_at_every_five_minutes) {
    pipeline::patience waits;
    for (int each = 0; each < 12; ++each) {
        BOOST_TEST((waits.after(failed(verdict::needs_operator), almost_one) == minutes(5)));
    }
    BOOST_TEST((waits.after(failed(verdict::needs_operator, minutes(7)), 0) == minutes(7)));
}

BOOST_AUTO_TEST_CASE(says_of_every_verdict_whether_it_passes_without_a_person) {
    for (const passing& each : every_verdict) {
        BOOST_TEST(passes_by_itself(failed(each.meaning)) == each.by_itself,
                   "verdict " << static_cast<int>(each.meaning));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
