#include "retraind/pipeline/url_list_loop.hpp"

#include <boost/test/unit_test.hpp>

#include "url_list_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = post_urls;

struct moving_fixture : list_fixture {
    moving_fixture() : list_fixture(becomes()) {}
    static disposal::options becomes() {
        disposal::options options;
        options.uploaded = disposal::remove{};
        return options;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(url_list_loop, list_fixture)

BOOST_AUTO_TEST_CASE(each_line_has_its_outcome_and_the_result_says_it) {
    drop_list("cats/new.urls", "# mine\nhttps://x.example/a\nhttps://x.example/b\tdogs\n\n"
                               "ftp://x.example/c\nhttps://x.example/d\nhttps://x.example/a\n");
    service.expect(post, 207,
                   summary({said("https://x.example/d", "ErrorImageFormat"),
                            said("https://x.example/b", "OKDuplicate", 6),
                            said("https://x.example/a", "OK", 5)}));
    service.expect("GET /images/id", 200, list_json({present_json(6, {7, 8})}));
    send_all();
    check_journal({post, "ledger: urls", "GET /images/id", "ledger: urls", "ledger: list"});
    const std::string text = result("cats/new.urls");
    BOOST_TEST(text.starts_with("line,url,outcome,image_id,reason\r\n2,https://x.example/a,"
                                "confirmed," +
                                id(5) + ",\r\n"),
               text);
    BOOST_TEST(has(text, "\r\n3,https://x.example/b,duplicate," + id(6) + ",\r\n"), text);
    BOOST_TEST(has(text, "\r\n5,ftp://x.example/c,rejected,,\"line 5, url: "), text);
    BOOST_TEST(has(text, "\r\n6,https://x.example/d,rejected,,"), text);
    BOOST_TEST(has(text, "ErrorImageFormat: "), text);
    BOOST_TEST(has(text, "\r\n7,https://x.example/a,duplicate," + id(5) + ",\r\n"), text);
    BOOST_TEST(state.session.confirmed == 1U);
    BOOST_TEST(state.session.duplicate == 2U);
    BOOST_TEST(state.session.rejected == 2U);
    BOOST_TEST(confirmed_heard == 2U);
    BOOST_TEST(is_there("cats/new.urls"));
    BOOST_TEST_REQUIRE(memory.lists.size() == 1U);
    BOOST_TEST(memory.lists[0].lines.rejected == 2U);
    BOOST_TEST(memory.lists[0].stays.has_value());
    // The folder's label is a tag of every line, beside its own.
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(7))));
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(8))));
}

BOOST_AUTO_TEST_CASE(a_list_dropped_twice_sends_nothing) {
    const std::string text = "https://x.example/a\nhttps://x.example/b\n";
    drop_list("cats/one.urls", text);
    drop_list("cats/two.urls", text);
    service.expect(post, 207,
                   summary({said("https://x.example/a", "OK", 5),
                            said("https://x.example/b", "ErrorImageSize")}));
    send_all();
    check_journal({post, "ledger: urls", "ledger: list", "ledger: list"});
    BOOST_TEST(has(result("cats/two.urls"), "1,https://x.example/a,duplicate," + id(5)));
    BOOST_TEST(has(result("cats/two.urls"), "2,https://x.example/b,rejected,,ErrorImageSize: "));
}

BOOST_AUTO_TEST_CASE(a_restart_goes_on_with_what_has_no_outcome) {
    ledger::url_outcome done;
    done.url = "https://x.example/a";
    done.image = numbered<image_id>(5);
    done.labels = {"cats"};
    done.list = drop_list("cats/new.urls", "https://x.example/a\nhttps://x.example/b\n");
    memory.urls.push_back(done);
    service.expect(post, 200, summary({said("https://x.example/b", "OK", 6)}));
    send_all();
    BOOST_TEST(!has(service.bodies.at(0), "x.example/a"));
    BOOST_TEST(has(result("cats/new.urls"), "1,https://x.example/a,confirmed," + id(5)));
    BOOST_TEST(has(result("cats/new.urls"), "2,https://x.example/b,confirmed," + id(6)));
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_fetched_is_tried_three_times) {
    drop_list("cats/new.urls", "https://x.example/a\n");
    for (int each = 0; each < 3; ++each) {
        service.expect(post, 207, summary({said("https://x.example/a", "ErrorSource")}));
    }
    send_all();
    check_journal({post, post, post, "ledger: urls", "ledger: list"});
    BOOST_TEST(has(result("cats/new.urls"), "rejected,,\"ErrorSource: "));
    BOOST_TEST_REQUIRE(memory.urls.at(0).reason.has_value());
    BOOST_TEST(memory.urls[0].reason->attempts == 3U);
}

BOOST_AUTO_TEST_CASE(a_batch_refused_as_a_whole_loses_its_culprit_only) {
    drop_list("cats/new.urls", "https://x.example/a\nhttps://x.example/b\n");
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    service.expect(post, 400, refusal_json("BadRequestImageBatch"));
    service.expect(post, 200, summary({said("https://x.example/b", "OK", 6)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(result("cats/new.urls"), "1,https://x.example/a,rejected,,"));
    BOOST_TEST(has(result("cats/new.urls"), "BadRequestImageBatch"));
    BOOST_TEST(has(result("cats/new.urls"), "2,https://x.example/b,confirmed," + id(6)));
}

BOOST_AUTO_TEST_CASE(after_an_unclear_answer_all_is_sent_again) {
    drop_list("cats/new.urls", "https://x.example/a\n");
    service.expect(post, 503, "");
    service.expect(post, 200, summary({said("https://x.example/a", "OKDuplicate", 5)}));
    service.expect("GET /images/id", 200, list_json({present_json(5, {7})}));
    send_all();
    check_journal({post, post, "GET /images/id", "ledger: urls", "ledger: list"});
}

BOOST_AUTO_TEST_CASE(a_request_that_takes_too_long_is_halved) {
    drop_list("cats/new.urls", "https://x.example/a\nhttps://x.example/b\n");
    service.expect(post, 408, "");
    service.expect(post, 200, summary({said("https://x.example/a", "OK", 5)}));
    service.expect(post, 200, summary({said("https://x.example/b", "OK", 6)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    check_journal({post, post, "ledger: urls", post, "ledger: urls", "ledger: list"});
    BOOST_TEST(state.session.confirmed == 2U);
}

BOOST_AUTO_TEST_CASE(an_address_that_takes_too_long_alone_is_held_and_stops_no_other) {
    drop_list("cats/new.urls", "https://x.example/slow\n");
    for (int tries = 0; tries < 3; ++tries) {
        service.expect(post, 408, "");
    }
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(lists.held() == 1U);
}

BOOST_AUTO_TEST_CASE(a_held_line_keeps_its_list_and_the_others_go) {
    drop_list("loose.urls", "https://x.example/a\tcats\nhttps://x.example/b\n");
    service.expect(post, 200, summary({said("https://x.example/a", "OK", 5)}));
    send_all();
    check_journal({post, "ledger: urls"});
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(state.session.confirmed == 1U);
    BOOST_TEST(!std::filesystem::exists(folder.at("drop/loose.urls.result.csv")));
    BOOST_TEST(has(events.sentence(event_name::file_held), "loose.urls"));
}

BOOST_AUTO_TEST_CASE(what_is_no_list_is_rejected_as_a_file) {
    drop_list("cats/other.csv", "id,name\n1,cat\n");
    send_all();
    check_journal({"ledger: record"});
    BOOST_TEST_REQUIRE(row_of("cats/other.csv").reason.has_value());
    BOOST_TEST(has(row_of("cats/other.csv").reason->sentence, "line 1"));
    BOOST_TEST(state.session.rejected == 1U);
    BOOST_TEST(!std::filesystem::exists(folder.at("drop/cats/other.csv.result.csv")));
}

BOOST_AUTO_TEST_CASE(a_list_that_changes_settles_again) {
    drop_list("cats/new.urls", "https://x.example/a\n");
    folder.write("drop/cats/new.urls", "https://x.example/a\nhttps://x.example/b\n");
    send_all();
    check_journal({});
    BOOST_TEST(events.count(event_name::file_changed) == 1U);
    BOOST_TEST(lists.held() == 0U);
}

BOOST_AUTO_TEST_CASE(requests_have_64_addresses_at_most) {
    std::string text;
    std::vector<std::string> first;
    std::vector<std::string> rest;
    for (int each = 0; each < 70; ++each) {
        const std::string url = "https://x.example/" + std::to_string(each);
        text += url + "\n";
        (each < 64 ? first : rest).push_back(said(url, "OK", static_cast<std::uint8_t>(each + 1)));
    }
    drop_list("cats/new.urls", text);
    service.expect(post, 200, summary(first));
    service.expect(post, 200, summary(rest));
    send_all();
    check_journal({post, "ledger: urls", post, "ledger: urls", "ledger: list"});
    BOOST_TEST(state.session.confirmed == 70U);
}

BOOST_AUTO_TEST_CASE(one_list_is_sent_from_anywhere_and_stays) {
    const std::string path =
        folder.write("elsewhere/mine.csv", "url,tags\nhttps://x.example/a,cats\n");
    lists.send_once(path);
    service.expect(post, 200, summary({said("https://x.example/a", "OK", 5)}));
    send_all();
    BOOST_TEST(has(content(path + ".result.csv"), "2,https://x.example/a,confirmed," + id(5)));
    BOOST_TEST(std::filesystem::exists(path));
    BOOST_TEST(!lists.failure().has_value());
    BOOST_TEST(!memory.lists.at(0).stays.has_value());
}

BOOST_AUTO_TEST_CASE(one_list_that_is_not_there_is_a_failure) {
    lists.send_once(folder.at("none.urls"));
    send_all();
    BOOST_TEST_REQUIRE(lists.failure().has_value());
    BOOST_TEST(has(*lists.failure(), "none.urls"));
}

BOOST_FIXTURE_TEST_CASE(with_delete_the_result_stands_where_the_list_stood, moving_fixture) {
    folder.write("drop/cats/new.urls.result.csv", "an older one");
    drop_list("cats/new.urls", "https://x.example/a\n");
    service.expect(post, 200, summary({said("https://x.example/a", "OK", 5)}));
    send_all();
    BOOST_TEST(!is_there("cats/new.urls"));
    BOOST_TEST(result("cats/new.urls") == "an older one");
    BOOST_TEST(has(content(folder.at("drop/cats/new~1.urls.result.csv")), "confirmed," + id(5)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
