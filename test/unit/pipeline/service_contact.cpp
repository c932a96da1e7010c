#include "retraind/pipeline/service_contact.hpp"

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;

namespace {

using customvision::verdict;
using std::chrono::minutes;

constexpr mono_time start{std::chrono::hours(1000)};

customvision::failure failed(verdict meaning, unsigned status, std::string words) {
    customvision::failure why;
    why.meaning = meaning;
    why.status = status;
    why.cause.message = std::move(words);
    return why;
}

struct fixture {
    pipeline::service_contact contact;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(service_contact, fixture)

BOOST_AUTO_TEST_CASE(is_not_silent_while_nothing_is_asked) {
    BOOST_TEST((contact.silent_for(start + minutes(60)) == minutes(0)));
    BOOST_TEST(contact.last_failure().empty());
    BOOST_TEST(!contact.key_refused().has_value());
}

BOOST_AUTO_TEST_CASE(counts_from_the_first_failure_until_an_answer) {
    contact.on_failure(failed(verdict::retry, 0, "refused to connect"), start);
    contact.on_failure(failed(verdict::retry, 0, "refused to connect"), start + minutes(2));
    BOOST_TEST((contact.silent_for(start + minutes(3)) == minutes(3)));
    contact.on_answer();
    BOOST_TEST((contact.silent_for(start + minutes(4)) == minutes(0)));
}

BOOST_AUTO_TEST_CASE(our_own_doing_is_no_silence) {
    contact.on_failure(failed(verdict::abandoned, 0, "stopping"), start);
    BOOST_TEST((contact.silent_for(start + minutes(3)) == minutes(0)));
}

BOOST_AUTO_TEST_CASE(a_failure_with_a_status_is_an_answer_and_one_without_is_none) {
    contact.on_failure(failed(verdict::retry, 0, "refused to connect"), start + minutes(2));
    BOOST_TEST((contact.silent_for(start + minutes(4)) == minutes(2)));
    BOOST_TEST(contact.last_failure() == "refused to connect");
    contact.on_failure(failed(verdict::retry, 503, "busy"), start + minutes(3));
    BOOST_TEST((contact.silent_for(start + minutes(5)) == minutes(0)));
    BOOST_TEST(contact.last_failure() == "busy");
}

BOOST_AUTO_TEST_CASE(too_many_requests_for_ever_is_as_good_as_silence) {
    contact.on_failure(failed(verdict::throttled, 429, "too many"), start);
    contact.on_failure(failed(verdict::throttled, 429, "too many"), start + minutes(5));
    contact.on_failure(failed(verdict::retry, 0, "timed out"), start + minutes(6));
    BOOST_TEST((contact.silent_for(start + minutes(11)) == minutes(11)));
    contact.on_answer();
    contact.on_failure(failed(verdict::throttled, 429, "too many"), start + minutes(12));
    contact.on_failure(failed(verdict::retry, 500, "broken"), start + minutes(13));
    BOOST_TEST((contact.silent_for(start + minutes(14)) == minutes(0)));
}

BOOST_AUTO_TEST_CASE(a_refused_key_is_remembered_until_something_goes_through) {
    contact.on_failure(failed(verdict::unauthorised, 401, "access denied"), start);
    BOOST_TEST(contact.key_refused().value() == "access denied");
    contact.on_failure(failed(verdict::retry, 503, "busy"), start);
    BOOST_TEST(contact.key_refused().value() == "access denied");
    contact.on_answer();
    BOOST_TEST(!contact.key_refused().has_value());
}

BOOST_AUTO_TEST_CASE(hears_a_call_and_hands_it_on) {
    const customvision::answer<int> good = 7;
    BOOST_TEST(&contact.heard(good, start + minutes(1)) == &good);
    BOOST_TEST((contact.silent_for(start + minutes(1)) == minutes(0)));

    const customvision::answer<int> bad =
        tl::unexpected(failed(verdict::unauthorised, 403, "no such key"));
    BOOST_TEST(&contact.heard(bad, start + minutes(2)) == &bad);
    BOOST_TEST(contact.key_refused().value() == "no such key");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
