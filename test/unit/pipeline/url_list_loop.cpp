#include "retraind/pipeline/url_list_loop.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = "POST /images/urls";

std::string tag_json(const std::string& name, std::uint8_t number) {
    return R"({"id":")" + to_string(numbered<tag_id>(number)) + R"(","name":")" + name +
           R"(","type":"Regular","imageCount":0})";
}

std::string said(const std::string& url, const std::string& status, std::uint8_t image = 0) {
    const std::string head =
        R"({"sourceUrl":")" + url + R"(","status":")" + status + R"(","image":)";
    return image == 0 ? head + "null}"
                      : head + R"({"id":")" + to_string(numbered<image_id>(image)) + R"("}})";
}

std::string summary(const std::vector<std::string>& images) {
    return R"({"isBatchSuccessful":true,"images":)" + list_json(images) + "}";
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

struct list_fixture : project_fixture {
    explicit list_fixture(disposal::options becomes = {}) : project_fixture(std::move(becomes)) {
        service.tags = list_json({tag_json("cats", 7), tag_json("dogs", 8)});
        BOOST_TEST_REQUIRE(run(tags.refresh()).has_value());
    }

    /// A list on the disk that its watcher has found.
    file_fingerprint drop_list(const std::string& path, const std::string& text) {
        watch::found_file file;
        file.path = path;
        file.identity =
            intake::image_file::open(folder.write("drop/" + path, text)).value().identity();
        file.print = fingerprint(drop(), path, file.identity);
        lists.arrive(0, file);
        return file.print;
    }
    void send_all() {
        run_until(lists.run(), [this] { return lists.idle(); });
    }
    [[nodiscard]] std::string result(const std::string& path) const {
        return content(folder.at("drop/" + path + ".result.csv"));
    }
    [[nodiscard]] static std::string id(std::uint8_t number) {
        return to_string(numbered<image_id>(number));
    }

    url_list_loop::options chosen{false, false, {duration::zero(), duration::zero()}};
    url_list_loop lists{state, ends, chosen, [this] {
                            ++confirmed_heard;
                        }};
};

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
    send_all();
    check_journal({post, "ledger: urls", "ledger: list"});
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
    BOOST_TEST(confirmed_heard == 1U);
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
    send_all();
    check_journal({post, post, "ledger: urls", "ledger: list"});
}

BOOST_AUTO_TEST_CASE(new_labels_of_a_known_address_are_added_without_a_second_upload) {
    ledger::url_outcome known;
    known.url = "https://x.example/a";
    known.image = numbered<image_id>(5);
    known.labels = {"cats"};
    memory.urls.push_back(known);
    drop_list("cats/new.urls", "https://x.example/a\tdogs\n");
    service.expect("POST /images/tags", 200,
                   R"({"created":[{"imageId":")" + id(5) + R"(","tagId":")" +
                       to_string(numbered<tag_id>(8)) + R"("}],"duplicated":[],"exceeded":[]})");
    send_all();
    check_journal({"POST /images/tags", "ledger: urls", "ledger: list"});
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(8))));
    BOOST_TEST(!has(service.bodies.at(0), to_string(numbered<tag_id>(7))));
    BOOST_TEST(has(result("cats/new.urls"), "1,https://x.example/a,duplicate," + id(5)));
}

BOOST_AUTO_TEST_CASE(new_labels_that_the_service_does_not_confirm_are_not_remembered) {
    ledger::url_outcome known;
    known.url = "https://x.example/a";
    known.image = numbered<image_id>(5);
    known.labels = {"cats"};
    memory.urls.push_back(known);
    drop_list("cats/new.urls", "https://x.example/a\tdogs\n");
    service.expect("POST /images/tags", 200, R"({"created":[],"duplicated":[],"exceeded":[]})");
    send_all();
    BOOST_TEST(memory.urls.at(0).labels == std::vector<std::string>{"cats"});
}

BOOST_AUTO_TEST_CASE(a_tag_that_is_gone_rejects_no_address_for_good) {
    drop_list("cats/new.urls", "https://x.example/a\n");
    service.expect(post, 400, refusal_json("BadRequestImageTags"));
    send_all();
    BOOST_TEST(memory.urls.empty());
    BOOST_TEST(service.left() == 0U);
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
