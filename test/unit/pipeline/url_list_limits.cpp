// What the project's limits mean for lists.
#include <boost/test/unit_test.hpp>

#include "url_list_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = post_urls;
const std::string tag = "POST /images/tags";
const std::string a = "https://x.example/a";
const std::string b = "https://x.example/b";

} // namespace

BOOST_FIXTURE_TEST_SUITE(url_list_limits, list_fixture)

BOOST_AUTO_TEST_CASE(a_full_project_lets_lines_wait_and_says_why) {
    state.capacity = pipeline::capacity_tracker(capacity_status{{0, 100}, {0, 50}, {0, 20}});
    state.capacity.on_images(100, time.at);
    know(a, 5, {"cats"});
    drop_list("cats/new.urls", a + "\n" + b + "\n");
    send_until([this] { return lists.stopped(); });
    check_journal({});
    BOOST_TEST(lists.waiting() == 1U);
    BOOST_TEST(lists.held() == 0U);
    BOOST_TEST(has(events.sentence(event_name::file_waiting), "1 of its lines wait"));
    BOOST_TEST(has(events.sentence(event_name::file_waiting), "100 images"));
    // What needs no room had its outcome.
    BOOST_TEST(state.session.duplicate == 1U);
}

struct long_list_fixture : list_fixture {
    /// Seven addresses that nobody knows, more than are kept in hand, before two that the project
    /// has: one with its tag, one without.
    long_list_fixture() {
        options.batch.max_images = 2;
        state.capacity = pipeline::capacity_tracker(capacity_status{{0, 100}, {0, 50}, {0, 20}});
        know(a, 5, {"cats"});
        know(b, 6, {"birds"});
        std::string text = "no address\n";
        for (int each = 0; each < 7; ++each) {
            text += fresh(each) + "\n";
        }
        drop_list("cats/new.urls", text + a + "\n" + b + "\n");
    }
    [[nodiscard]] static std::string fresh(int number) {
        return "https://x.example/fresh" + std::to_string(number);
    }
    void expect_fresh() {
        for (int each = 0; each < 6; each += 2) {
            service.expect(
                post, 200,
                summary({said(fresh(each), "OK", static_cast<std::uint8_t>(10 + each)),
                         said(fresh(each + 1), "OK", static_cast<std::uint8_t>(11 + each))}));
        }
        service.expect(post, 200, summary({said(fresh(6), "OK", 16)}));
    }
};

BOOST_FIXTURE_TEST_CASE(in_a_full_project_known_lines_have_their_outcome_however_late_they_stand,
                        long_list_fixture) {
    state.capacity.on_images(100, time.at);
    service.expect(tag, 200, pairs_json({pair_json(6, 7)}));
    expect_fresh();
    bool stopped = false;
    send_until([&] {
        if (!stopped && lists.stopped()) {
            stopped = true;
            BOOST_TEST(service.left() == 4U); // all but the tag's
            BOOST_TEST(state.session.duplicate == 2U);
            BOOST_TEST(state.session.rejected == 1U);
            BOOST_TEST(lists.waiting() == 7U);
            BOOST_TEST(has(events.sentence(event_name::file_waiting), "7 of its lines wait"));
            state.capacity.on_images(0, time.at);
            lists.wake();
        }
        return lists.idle();
    });
    // Each once, and in their order, although the list was read twice.
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(state.session.confirmed == 7U);
    BOOST_TEST(state.session.rejected == 1U);
    BOOST_TEST(state.session.duplicate == 2U);
    for (int each = 0; each < 7; ++each) {
        BOOST_TEST(has(result("cats/new.urls"), std::to_string(each + 2) + "," + fresh(each) +
                                                    ",confirmed," +
                                                    id(static_cast<std::uint8_t>(10 + each))));
    }
    BOOST_TEST(has(result("cats/new.urls"), "10," + b + ",duplicate," + id(6)));
}

BOOST_FIXTURE_TEST_CASE(in_a_read_only_project_they_have_it_unless_they_lack_a_tag,
                        long_list_fixture) {
    state.capacity.on_read_only_refusal();
    send_until([this] { return lists.stopped(); });
    check_journal({});
    BOOST_TEST(state.session.duplicate == 1U);
    BOOST_TEST(state.session.rejected == 1U);
    BOOST_TEST(lists.waiting() == 8U);
}

BOOST_AUTO_TEST_CASE(when_there_is_room_again_they_go) {
    state.capacity = pipeline::capacity_tracker(capacity_status{{0, 100}, {0, 50}, {0, 20}});
    state.capacity.on_images(100, time.at);
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 200, summary({said(a, "OK", 5)}));
    send_until([this] {
        if (lists.stopped()) {
            state.capacity.on_images(99, time.at);
            lists.wake();
        }
        return lists.idle();
    });
    check_journal({post, "ledger: urls", "ledger: list"});
    BOOST_TEST(state.capacity.status().images.used == 100U);
}

BOOST_AUTO_TEST_CASE(no_more_is_sent_than_there_is_room_for_beside_what_is_on_its_way) {
    state.capacity = pipeline::capacity_tracker(capacity_status{{0, 100}, {0, 50}, {0, 20}});
    state.capacity.on_images(97, time.at);
    state.images_on_their_way = 2;
    drop_list("cats/new.urls", a + "\n" + b + "\n");
    service.expect(post, 200, summary({said(a, "OK", 5)}));
    send_until([this] { return state.session.confirmed == 1U; });
    BOOST_TEST(!has(service.bodies.at(0), b));
    BOOST_TEST(state.images_on_their_way == 2U);
}

BOOST_AUTO_TEST_CASE(an_address_that_is_one_too_many_waits_without_an_attempt) {
    unsigned asked = 0;
    state.ask_capacity = [&asked] {
        ++asked;
    };
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 207, summary({said(a, "ErrorLimitExceed")}));
    send_until([this] { return lists.stopped(); });
    check_journal({post});
    BOOST_TEST(asked == 1U);
    BOOST_TEST(lists.waiting() == 1U);
}

BOOST_AUTO_TEST_CASE(a_read_only_project_is_sent_nothing) {
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 403, refusal_json("ForbiddenDRModeEnabled"));
    send_until([this] { return lists.stopped(); });
    check_journal({post});
    BOOST_TEST(has(events.sentence(event_name::file_waiting), "read-only"));
}

BOOST_AUTO_TEST_CASE(a_line_whose_tag_a_read_only_project_lacks_waits_and_goes_later) {
    drop_list("new.urls", a + "\tbirds\n");
    service.expect("POST /tags", 403, refusal_json("ForbiddenDRModeEnabled"));
    service.expect("POST /tags", 200, tag_json(9, "birds"));
    service.expect(post, 200, summary({said(a, "OK", 5)}));
    unsigned stops = 0;
    send_until([&] {
        if (lists.stopped()) {
            ++stops;
            BOOST_TEST(lists.waiting() == 1U);
            BOOST_TEST(lists.held() == 0U);
            state.capacity.on_read_only(false, time.at);
            state.capacity.on_read_only(false, time.at + std::chrono::minutes(1));
            lists.wake();
        }
        return lists.idle();
    });
    BOOST_TEST(stops == 1U);
    BOOST_TEST(events.count(event_name::file_held) == 0U);
    BOOST_TEST(has(events.sentence(event_name::file_waiting), "1 of its lines wait"));
    check_journal({"POST /tags", "POST /tags", post, "ledger: urls", "ledger: list"});
}

BOOST_AUTO_TEST_CASE(read_only_that_comes_while_a_list_waits_stops_it_as_well) {
    know(a, 5, {"cats"});
    drop_list("cats/new.urls", a + "\tdogs\n");
    service.expect(tag, 403, refusal_json("ForbiddenDRModeEnabled"));
    send_until([this] { return lists.stopped(); });
    check_journal({tag});
    BOOST_TEST(lists.waiting() == 1U);
    BOOST_TEST(lists.held() == 0U);
}

BOOST_AUTO_TEST_CASE(a_list_that_changes_while_the_project_is_read_only_waits_for_its_tags) {
    state.capacity.on_read_only_refusal();
    // Longer than what is read at once, so that its end is read after its first lines were judged.
    std::string text = a + "\tdogs\n";
    know(a, 5, {"cats"});
    for (int each = 0; each < 400; ++each) {
        const std::string url = b + std::string(60, 'b') + std::to_string(each);
        know(url, 6, {"cats"});
        text += url + "\n";
    }
    drop_list("cats/new.urls", text);
    memory.urls_asked_for = [this] {
        folder.write("drop/cats/new.urls", a + "\n");
    };
    send_until([this] { return lists.stopped(); });
    check_journal({});
    BOOST_TEST(lists.waiting() > 0U);
    BOOST_TEST(lists.held() == 0U);
}

BOOST_AUTO_TEST_CASE(a_full_tag_quota_holds_only_what_needs_a_new_tag) {
    drop_list("new.urls", a + "\tcats\n" + b + "\tbirds\n");
    service.expect("POST /tags", 400, refusal_json("BadRequestExceedTagPerProjectLimit"));
    service.expect(post, 200, summary({said(a, "OK", 5)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(state.session.confirmed == 1U);
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(two_failures_in_a_row_are_an_obstacle_and_any_answer_ends_it) {
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 500, "");
    service.expect(post, 500, "");
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    send_all();
    BOOST_TEST(events.count(event_name::project_not_ready) == 1U);
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
