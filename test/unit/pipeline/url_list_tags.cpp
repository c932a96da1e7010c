// What the project's tags mean for lists.
#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "url_list_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = post_urls;
const std::string look = "GET /images/id";
const std::string tag = "POST /images/tags";
const std::string a = "https://x.example/a";
const std::string b = "https://x.example/b";

struct tags_fixture : list_fixture {
    /// The project has the tags t1 … and no others.
    void know_tags(std::uint8_t count) {
        std::vector<std::string> all;
        for (std::uint8_t each = 1; each <= count; ++each) {
            all.push_back(tag_json(each, "t" + std::to_string(each)));
        }
        service.tags = list_json(all);
        BOOST_TEST_REQUIRE(run(tags.refresh()).has_value());
    }
    /// The first held line's sentence; the newest one is the list's.
    [[nodiscard]] std::string held_line() const {
        for (const event& each : events.all) {
            if (each.name == event_name::file_held) {
                return each.sentence;
            }
        }
        return {};
    }
};

/// "t1,t2,…".
std::string tag_names(std::uint8_t count) {
    std::string names;
    for (std::uint8_t each = 1; each <= count; ++each) {
        names += (each == 1 ? "t" : ",t") + std::to_string(each);
    }
    return names;
}

struct multi_class_fixture : tags_fixture {
    multi_class_fixture() { state.identity.kind = project_type::multiclass; }

    void send_one(const std::string& line) {
        drop_list("new.urls", line);
        send_all();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(url_list_tags, tags_fixture)

BOOST_AUTO_TEST_CASE(new_labels_of_a_known_address_are_added_without_a_second_upload) {
    know(a, 5, {"cats"});
    drop_list("cats/new.urls", a + "\tdogs\n");
    service.expect(tag, 200, pairs_json({pair_json(5, 8)}));
    send_all();
    check_journal({tag, "ledger: urls", "ledger: list"});
    BOOST_TEST(has(service.bodies.at(0), to_string(numbered<tag_id>(8))));
    BOOST_TEST(!has(service.bodies.at(0), to_string(numbered<tag_id>(7))));
    BOOST_TEST(has(result("cats/new.urls"), "1," + a + ",duplicate," + id(5)));
    BOOST_TEST((memory.urls.at(0).labels == std::vector<std::string>{"cats", "dogs"}));
}

BOOST_AUTO_TEST_CASE(labels_that_an_earlier_list_gave_it_stay_remembered) {
    know(a, 5, {"birds", "cats"});
    drop_list("cats/new.urls", a + "\tdogs\n");
    service.expect(tag, 200, pairs_json({pair_json(5, 8)}));
    send_all();
    BOOST_TEST((memory.urls.at(0).labels == std::vector<std::string>{"birds", "cats", "dogs"}));
}

BOOST_AUTO_TEST_CASE(new_labels_that_the_service_does_not_confirm_are_not_remembered) {
    know(a, 5, {"cats"});
    drop_list("cats/new.urls", a + "\tdogs\n");
    for (int each = 0; each < 5; ++each) {
        service.expect(tag, 200, pairs_json({}));
        if (each < 4) {
            service.expect(look, 200, list_json({present_json(5, {7})}));
        }
    }
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST((memory.urls.at(0).labels == std::vector<std::string>{"cats"}));
    BOOST_TEST(lists.held() == 1U);
}

BOOST_AUTO_TEST_CASE(a_duplicate_gets_the_tags_that_it_lacks) {
    drop_list("cats/new.urls", a + "\tdogs\n");
    service.expect(post, 200, summary({said(a, "OKDuplicate", 5)}));
    service.expect(look, 200, list_json({present_json(5, {7})}));
    service.expect(tag, 200, pairs_json({pair_json(5, 8)}));
    send_all();
    check_journal({post, look, tag, "ledger: urls", "ledger: list"});
    BOOST_TEST(!has(service.bodies.at(2), to_string(numbered<tag_id>(7))));
    BOOST_TEST(has(result("cats/new.urls"), "1," + a + ",duplicate," + id(5)));
    BOOST_TEST(state.session.duplicate == 1U);
    BOOST_TEST((memory.urls.at(0).labels == std::vector<std::string>{"cats", "dogs"}));
}

BOOST_AUTO_TEST_CASE(tags_that_a_request_does_not_take_follow_the_image) {
    know_tags(22);
    drop_list("new.urls", a + "\t" + tag_names(22) + "\n");
    service.expect(post, 200, summary({said(a, "OK", 50)}));
    service.expect(tag, 200, pairs_json({pair_json(50, 21), pair_json(50, 22)}));
    send_all();
    check_journal({post, tag, "ledger: urls", "ledger: list"});
    for (std::uint8_t each = 1; each <= 22; ++each) {
        const std::string id = to_string(numbered<tag_id>(each));
        BOOST_TEST(has(service.bodies.at(0), id) == (each <= 20));
        BOOST_TEST(has(service.bodies.at(1), id) == (each > 20));
    }
    BOOST_TEST(has(result("new.urls"), "1," + a + ",confirmed," + id(50)));
    BOOST_TEST(state.session.confirmed == 1U);
    BOOST_TEST(memory.urls.at(0).labels.size() == 22U);
}

BOOST_AUTO_TEST_CASE(a_duplicate_of_a_line_with_many_tags_gets_all_that_it_lacks) {
    know_tags(22);
    drop_list("new.urls", a + "\t" + tag_names(22) + "\n");
    service.expect(post, 200, summary({said(a, "OKDuplicate", 5)}));
    std::vector<std::uint8_t> first;
    for (std::uint8_t each = 1; each <= 20; ++each) {
        first.push_back(each);
    }
    service.expect(look, 200, list_json({present_json(5, first)}));
    service.expect(tag, 200, pairs_json({pair_json(5, 21), pair_json(5, 22)}));
    send_all();
    check_journal({post, look, tag, "ledger: urls", "ledger: list"});
    BOOST_TEST(has(result("new.urls"), "1," + a + ",duplicate," + id(5)));
}

BOOST_AUTO_TEST_CASE(of_a_refused_call_each_image_is_tried_alone_and_one_that_is_gone_is_sent) {
    know(a, 5, {"cats"});
    know(b, 6, {"cats"});
    drop_list("cats/new.urls", a + "\tdogs\n" + b + "\tdogs\n");
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    service.expect(tag, 404, refusal_json("NotFoundImage"));
    service.expect(tag, 200, pairs_json({pair_json(6, 8)}));
    service.expect(post, 200, summary({said(a, "OK", 9)}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(result("cats/new.urls"), "1," + a + ",confirmed," + id(9)));
    BOOST_TEST(has(result("cats/new.urls"), "2," + b + ",duplicate," + id(6)));
    // As a new picture it has all its tags.
    BOOST_TEST(has(service.bodies.at(3), to_string(numbered<tag_id>(7))));
    BOOST_TEST(has(service.bodies.at(3), to_string(numbered<tag_id>(8))));
    BOOST_TEST((memory.urls.at(0).image == numbered<image_id>(9)));
}

BOOST_AUTO_TEST_CASE(an_image_that_can_take_no_more_tags_holds_its_line) {
    know(a, 5, {"cats"});
    drop_list("cats/new.urls", a + "\tdogs\n");
    service.expect(tag, 200, pairs_json({}, {}, {pair_json(5, 8)}));
    send_all();
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(has(held_line(), "cats/new.urls, line 1: "));
    BOOST_TEST(has(held_line(), "no more tags"));
    BOOST_TEST(memory.lists.empty());
}

BOOST_AUTO_TEST_CASE(a_line_whose_tag_is_gone_has_it_found_anew) {
    for (const char* status : {"ErrorInvalidTag", "ErrorUnknown"}) {
        tags_fixture fresh;
        fresh.drop_list("cats/new.urls", a + "\n");
        fresh.service.tags = list_json({tag_json(9, "cats")});
        fresh.service.expect(post, 207, summary({said(a, status)}));
        fresh.service.expect(post, 200, summary({said(a, "OK", 5)}));
        fresh.send_all();
        fresh.check_journal({post, post, "ledger: urls", "ledger: list"});
        BOOST_TEST(has(fresh.service.bodies.at(0), to_string(numbered<tag_id>(7))));
        BOOST_TEST(has(fresh.service.bodies.at(1), to_string(numbered<tag_id>(9))));
    }
}

BOOST_AUTO_TEST_CASE(a_line_is_held_when_that_never_helps) {
    drop_list("cats/new.urls", a + "\n");
    // Each time it is made anew, and is gone when the answer comes.
    service.tags = "[]";
    for (int each = 0; each < 3; ++each) {
        service.expect(post, 207, summary({said(a, "ErrorInvalidTag")}));
        service.expect("POST /tags", 200, tag_json(static_cast<std::uint8_t>(20 + each), "cats"));
    }
    service.expect(post, 207, summary({said(a, "ErrorInvalidTag")}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(held_line(), "does not know them"));
    BOOST_TEST(memory.urls.empty());
}

BOOST_AUTO_TEST_CASE(an_address_is_not_rejected_for_good_for_a_tag_that_the_project_has) {
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 207, summary({said(a, "ErrorInvalidTag")}));
    send_all();
    BOOST_TEST(memory.urls.empty());
    BOOST_TEST(lists.held() == 1U);
}

BOOST_AUTO_TEST_CASE(a_request_refused_for_a_tag_has_only_its_lines_planned_anew) {
    for (const char* code : {"NotFoundTag", "BadRequestImageTags"}) {
        tags_fixture fresh;
        fresh.drop_list("new.urls", a + "\tcats\n" + b + "\tdogs\n");
        fresh.service.tags = list_json({tag_json(8, "dogs"), tag_json(9, "cats")});
        fresh.service.expect(post, std::string(code) == "NotFoundTag" ? 404 : 400,
                             refusal_json(code));
        fresh.service.expect(post, 200, summary({said(a, "OK", 5), said(b, "OK", 6)}));
        fresh.send_all();
        BOOST_TEST(fresh.service.left() == 0U, code);
        BOOST_TEST(has(fresh.service.bodies.at(1), to_string(numbered<tag_id>(9))));
        BOOST_TEST(!has(fresh.service.bodies.at(1), to_string(numbered<tag_id>(7))));
        BOOST_TEST(fresh.state.session.confirmed == 2U);
    }
}

BOOST_AUTO_TEST_CASE(a_tag_that_is_gone_rejects_no_address_for_good) {
    drop_list("cats/new.urls", a + "\n");
    service.expect(post, 400, refusal_json("BadRequestImageTags"));
    send_all();
    BOOST_TEST(memory.urls.empty());
    BOOST_TEST(service.left() == 0U);
    BOOST_TEST(has(held_line(), "said by the service"));
}

BOOST_FIXTURE_TEST_CASE(in_a_multi_class_project_a_known_address_under_another_tag_is_held,
                        multi_class_fixture) {
    know(a, 5, {"cats"});
    send_one(a + "\tdogs\n");
    check_journal({});
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(state.session.rejected == 0U);
    BOOST_TEST(has(held_line(), "new.urls, line 1: "));
    BOOST_TEST(has(held_line(), id(5)));
    BOOST_TEST(has(held_line(), "\"cats\""));
    BOOST_TEST(has(held_line(), "\"dogs\""));
}

BOOST_FIXTURE_TEST_CASE(in_a_multi_class_project_a_duplicate_under_another_tag_is_held,
                        multi_class_fixture) {
    service.expect(post, 200, summary({said(a, "OKDuplicate", 5)}));
    service.expect(look, 200, list_json({present_json(5, {7})}));
    send_one(a + "\tdogs\n");
    check_journal({post, look});
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(has(held_line(), "\"cats\""));
    BOOST_TEST(has(held_line(), "\"dogs\""));
    BOOST_TEST(memory.urls.empty());
}

BOOST_FIXTURE_TEST_CASE(in_a_multi_class_project_a_tag_that_is_one_too_many_is_a_conflict,
                        multi_class_fixture) {
    service.expect(post, 207, summary({said(a, "ErrorTagLimitExceed")}));
    send_one(a + "\tdogs\n");
    BOOST_TEST(lists.held() == 1U);
    BOOST_TEST(has(held_line(), "under another tag"));
}

struct detection_fixture : tags_fixture {
    detection_fixture() { state.identity.kind = project_type::detection; }

    /// One address with a box tagged cats at `left`.
    void drop_box(const std::string& left) {
        drop_list("boxes.csv", "url,tags,left,top,width,height,region_tag\n" + a + ",," + left +
                                   ",0.25,0.125,0.5,cats\n");
    }
    [[nodiscard]] static std::string box_json(const std::string& left) {
        return R"("tagId":")" + to_string(numbered<tag_id>(7)) + R"(","left":)" + left +
               R"(,"top":0.25,"width":0.125,"height":0.5})";
    }
    [[nodiscard]] static std::string marked(const std::string& boxes) {
        std::string present = present_json(5, {7});
        present.pop_back();
        return list_json({present + R"(,"regions":[)" + boxes + "]}"});
    }
};

BOOST_FIXTURE_TEST_CASE(the_boxes_that_a_known_address_lacks_are_added, detection_fixture) {
    know(a, 5, {"cats"});
    drop_box("0.5");
    service.expect(look, 200, marked("{" + box_json("0.125")));
    service.expect("POST /images/regions", 200,
                   pairs_json({R"({"imageId":")" + id(5) + R"(",)" + box_json("0.5")}));
    send_all();
    check_journal({look, "POST /images/regions", "ledger: urls", "ledger: list"});
    BOOST_TEST(has(result("boxes.csv"), "2," + a + ",duplicate," + id(5)));
}

BOOST_FIXTURE_TEST_CASE(boxes_go_with_their_tags_and_all_tags_are_counted_together,
                        detection_fixture) {
    know_tags(101);
    std::string own = tag_names(100);
    std::ranges::replace(own, ',', ';');
    const auto line = [](const std::string& url, const std::string& own_tags,
                         const std::string& box) {
        return url + "," + own_tags + ",0.5,0.25,0.125,0.5," + box + "\n";
    };
    drop_list("boxes.csv", "url,tags,left,top,width,height,region_tag\n" + line(a, own, "t101") +
                               line(b, own, "t100"));
    service.expect(post, 200, summary({said(b, "OK", 5)}));
    std::vector<std::string> made;
    for (std::uint8_t each = 21; each <= 99; ++each) {
        made.push_back(pair_json(5, each));
    }
    service.expect(tag, 200, pairs_json(made));
    service.expect("POST /images/regions", 200,
                   pairs_json({R"({"imageId":")" + id(5) + R"(","tagId":")" +
                               to_string(numbered<tag_id>(100)) +
                               R"(","left":0.5,"top":0.25,"width":0.125,"height":0.5})"}));
    send_all();
    check_journal({post, tag, "POST /images/regions", "ledger: urls", "ledger: list"});
    BOOST_TEST(!has(service.bodies.at(0), a + "\""));
    BOOST_TEST(!has(service.bodies.at(0), "left"));
    BOOST_TEST(has(result("boxes.csv"), "2," + a + ",rejected,,ErrorTagLimitExceed"));
    BOOST_TEST(has(result("boxes.csv"), "3," + b + ",confirmed," + id(5)));
}

BOOST_FIXTURE_TEST_CASE(boxes_that_a_duplicate_has_cost_a_read_and_nothing_else,
                        detection_fixture) {
    drop_box("0.5");
    service.expect(post, 200, summary({said(a, "OKDuplicate", 5)}));
    service.expect(look, 200, marked("{" + box_json("0.5")));
    send_all();
    check_journal({post, look, "ledger: urls", "ledger: list"});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
