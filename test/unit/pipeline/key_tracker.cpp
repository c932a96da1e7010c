#include "retraind/pipeline/key_tracker.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

namespace retraind::testing {

using namespace pipeline;
using namespace std::chrono_literals;
using rules = pipeline::key_tracker;
using step = rules::step;

namespace {

const mono_time start{1000h};
const secret old_key("old-key");
const secret new_key("new-key");

key_stamp stamp(std::uint64_t size) {
    key_stamp made;
    made.size = size;
    return made;
}

result<secret> unreadable(std::string why) {
    return fail(errc::denied, std::move(why));
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_tracker)

BOOST_AUTO_TEST_CASE(a_file_is_read_once_it_stands_still) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    // It is being written.
    BOOST_TEST(!tracker.on_look(stamp(0), start));
    BOOST_TEST(!tracker.on_look(stamp(2), start));
    BOOST_TEST(tracker.on_look(stamp(2), start));
    BOOST_TEST(!tracker.on_look(stamp(2), start));
}

BOOST_AUTO_TEST_CASE(a_file_that_goes_and_comes_back_is_looked_at) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST(!tracker.on_look({}, start));
    BOOST_TEST(tracker.on_look({}, start));
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
}

BOOST_AUTO_TEST_CASE(the_first_key_is_taken_and_a_missing_one_is_nobody_s_news) {
    rules tracker;
    BOOST_TEST((tracker.on_read(unreadable("no file"), secret(), start) == step::none));
    BOOST_TEST((tracker.on_read(new_key, secret(), start) == step::take));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_file_is_said_once) {
    rules tracker;
    BOOST_TEST((tracker.on_read(unreadable("empty"), old_key, start) == step::say));
    BOOST_TEST((tracker.on_read(unreadable("empty"), old_key, start + 1min) == step::none));
    BOOST_TEST((tracker.on_read(unreadable("for all"), old_key, start + 2min) == step::say));
    BOOST_TEST((tracker.on_read(old_key, old_key, start + 3min) == step::none));
    BOOST_TEST((tracker.on_read(unreadable("for all"), old_key, start + 4min) == step::say));
}

BOOST_AUTO_TEST_CASE(a_file_that_could_not_be_read_is_tried_again) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST((tracker.on_read(unreadable("denied"), old_key, start) == step::say));
    BOOST_TEST(!tracker.on_look(stamp(1), start + 59s));
    BOOST_TEST(tracker.on_look(stamp(1), start + 60s));
}

BOOST_AUTO_TEST_CASE(a_new_key_is_tried_before_it_is_taken) {
    rules tracker;
    BOOST_TEST((tracker.on_read(new_key, old_key, start) == step::probe));
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::accepted, start));
    BOOST_TEST((tracker.on_read(new_key, new_key, start + 1s) == step::none));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_said_once_a_content_and_tried_again_later) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST((tracker.on_read(new_key, old_key, start) == step::probe));
    BOOST_TEST(tracker.on_trial(new_key, key_trial::refused, start));
    // Who asks in between, because the old one was refused too, does not ask the service.
    BOOST_TEST((tracker.on_read(new_key, old_key, start + 59s) == step::none));
    BOOST_TEST(!tracker.on_look(stamp(1), start + 59s));
    BOOST_TEST(tracker.on_look(stamp(1), start + 60s));
    BOOST_TEST((tracker.on_read(new_key, old_key, start + 60s) == step::probe));
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::refused, start + 60s));
    // Another content is another refusal, at once.
    BOOST_TEST((tracker.on_read(secret("third"), old_key, start + 61s) == step::probe));
    BOOST_TEST(tracker.on_trial(secret("third"), key_trial::refused, start + 61s));
}

BOOST_AUTO_TEST_CASE(a_service_that_cannot_be_asked_is_asked_again_soon) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::undecided, start));
    BOOST_TEST(!tracker.on_look(stamp(1), start + 14s));
    BOOST_TEST(tracker.on_look(stamp(1), start + 15s));
    BOOST_TEST((tracker.on_read(new_key, old_key, start + 15s) == step::probe));
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_compared_is_said_once_and_asked_again_soon) {
    rules tracker;
    BOOST_TEST(!tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_look(stamp(1), start));
    BOOST_TEST(tracker.on_trial(new_key, key_trial::unproven, start));
    BOOST_TEST(!tracker.on_look(stamp(1), start + 14s));
    BOOST_TEST(tracker.on_look(stamp(1), start + 15s));
    BOOST_TEST((tracker.on_read(new_key, old_key, start + 15s) == step::probe));
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::unproven, start + 15s));
    // What comes in between does not make it news.
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::undecided, start + 30s));
    BOOST_TEST(!tracker.on_trial(new_key, key_trial::unproven, start + 45s));
    BOOST_TEST(tracker.on_trial(secret("third"), key_trial::unproven, start + 1min));
    // That it is refused after all is news.
    BOOST_TEST(tracker.on_trial(secret("third"), key_trial::refused, start + 2min));
}

BOOST_AUTO_TEST_CASE(the_old_key_put_back_is_no_trial) {
    rules tracker;
    BOOST_TEST(tracker.on_trial(new_key, key_trial::refused, start));
    BOOST_TEST((tracker.on_read(old_key, old_key, start + 1s) == step::none));
    BOOST_TEST(!tracker.on_look(stamp(1), start + 2min));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
