#include "retraind/portal/check_rules.hpp"

#include "objects.hpp"

using namespace retraind;
using namespace retraind::portal;
using namespace retraind::testing;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const std::string target = "/subscriptions/7f1b1a0e-0000-4000-8000-000000000001/resourceGroups/g/"
                           "providers/Microsoft.CognitiveServices/accounts/a";
constexpr wall_time noon{std::chrono::hours(500'000)};

struct check_fixture {
    config::project_block wanted;
    quota limits;
    std::vector<record> domains = records({object(5, "General", R"(,"type":"Classification")"),
                                           object(6, "General", R"(,"type":"ObjectDetection")")});

    check_fixture() { wanted.name = "cats"; }

    static record project(int domain, const std::string& kind) {
        return records({object(1, "cats",
                               R"(,"settings":{"domainId":")" + guid(domain) +
                                   R"(","classificationType":)" + kind + "}")})[0];
    }
    static void check(const finding& found, mark judged, const std::string& words) {
        BOOST_TEST((found.judged == judged), found.sentence);
        check_has(line_of(found), words);
    }
    [[nodiscard]] std::vector<finding> tags_of(bool create_tags, bool one_tag) const {
        const auto known = records({object(1, "cat", R"(,"type":"Regular")")});
        return judge_tags(wanted, known, {{"/drop", create_tags, {{"Cat"}, {"cow", "dog"}}, ""}},
                          one_tag, limits);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(check_rules, check_fixture)

BOOST_AUTO_TEST_CASE(five_minutes_are_the_most_a_clock_may_be_wrong) {
    check(judge_clock({}, noon), mark::cannot_tell, "no Date");
    check(judge_clock(noon, noon + seconds(1)), mark::ok, "within a second");
    check(judge_clock(noon, noon + minutes(5)), mark::ok, "5m ahead of the service's");
    check(judge_clock(noon, noon + minutes(5) + seconds(1)), mark::wrong, "timedatectl");
    check(judge_clock(noon, noon - minutes(6)), mark::wrong, "6m behind the service's");
}

BOOST_AUTO_TEST_CASE(a_project_is_there_or_can_be_made_or_neither) {
    const auto there = judge_presence(wanted, records({object(1, "cats")}), domains, limits);
    check(there.found, mark::ok, guid(1));
    BOOST_TEST(there.project.has_value());
    check(judge_presence(wanted, {}, domains, limits).found, mark::wrong, "create: {}");
    wanted.create.emplace();
    check(judge_presence(wanted, {}, domains, limits).found, mark::ok, "0 of 100 projects");
    limits = quota_of(config::tier::f0);
    const auto full = records({object(1, "a"), object(2, "b")});
    check(judge_presence(wanted, full, domains, limits).found, mark::wrong, "2 of 2 projects");
    limits = quota{};
    wanted.create->domain = "Logo";
    check(judge_presence(wanted, {}, domains, limits).found, mark::wrong, "correct create.domain");
    const auto twins = records({object(1, "cats"), object(2, "cats")});
    check(judge_presence(wanted, twins, domains, limits).found, mark::wrong, guid(2));
    wanted.id = parse_id<project_id>(guid(7)).value();
    check(judge_presence(wanted, twins, domains, limits).found, mark::wrong, guid(7));
}

BOOST_AUTO_TEST_CASE(create_is_compared_with_what_is_there) {
    BOOST_TEST(judge_kind(wanted, project(6, "null"), domains).empty());
    wanted.create.emplace();
    const auto same = judge_kind(wanted, project(5, "\"Multiclass\""), domains);
    check(same.at(0), mark::ok, "Classification, Multiclass, General");
    const auto kind = judge_kind(wanted, project(5, "\"Multilabel\""), domains);
    check(kind.at(0), mark::wrong, "create.classification: says Multiclass, but the project is");
    const auto type = judge_kind(wanted, project(6, "null"), domains);
    check(type.at(0), mark::wrong, "create.type: says Classification");
}

BOOST_AUTO_TEST_CASE(labels_find_their_tags_or_are_made_or_are_missed) {
    check(tags_of(true, false).at(0), mark::ok, "1 of 500 tags; \"cow\", \"dog\" will be made");
    check(tags_of(false, false).at(0), mark::wrong, "has no \"cow\", \"dog\", and create_tags");
    BOOST_TEST((tags_of(true, true).at(0).judged == mark::wrong)); // two labels, one tag
    limits.tags = 2;
    check(tags_of(true, false).at(0), mark::wrong, "1 tags are there and 2 more would be made");
    const auto unread =
        judge_tags(wanted, {}, {{"/drop", true, {}, "/drop is away"}}, true, limits);
    check(unread.at(1), mark::cannot_tell, "/drop is away");
}

BOOST_AUTO_TEST_CASE(room_ends_with_the_last_image_and_iteration) {
    project_contents has;
    has.images = 99'999;
    has.iterations = std::vector<record>(20);
    BOOST_TEST(judge_room(wanted, has, limits).size() == 1U);
    check(judge_room(wanted, has, limits).at(0), mark::ok, "99,999 of 100,000");
    has.images = 100'000;
    check(judge_room(wanted, has, limits).at(0), mark::wrong, "no room");
    wanted.retrain.emplace();
    check(judge_room(wanted, has, limits).at(1), mark::wrong,
          "retraind iterations delete \"cats\"");
    has.iterations.pop_back();
    check(judge_room(wanted, has, limits).at(1), mark::ok, "19 of 20");
}

BOOST_AUTO_TEST_CASE(a_publish_target_is_proven_only_by_a_publish) {
    BOOST_TEST(judge_publish(wanted, {}, true).empty());
    wanted.publish = retrain::publish_options{"live", target};
    check(judge_publish(wanted, {}, true).at(0), mark::cannot_tell, "only when an iteration is");
    check(judge_publish(wanted, {}, true).at(1), mark::ok, "\"live\" is free");
    const auto here =
        records({object(3, "Iteration 1",
                        R"(,"publishName":"live","originalPublishResourceId":")" + target + "\"")});
    check(judge_publish(wanted, here, true).at(0), mark::ok, "\"Iteration 1\" is published to it");
    check(judge_publish(wanted, here, false).at(1), mark::ok, "predictions stop for a moment");
    wanted.publish->prediction_resource_id = target + "b";
    check(judge_publish(wanted, here, true).at(1), mark::wrong, "on another prediction resource");
}

BOOST_AUTO_TEST_CASE(a_resource_id_has_nine_parts) {
    BOOST_TEST(has_shape_of_resource(target));
    BOOST_TEST(!has_shape_of_resource(""));
    BOOST_TEST(!has_shape_of_resource(target + "/b"));
    BOOST_TEST(!has_shape_of_resource(target.substr(1)));
    BOOST_TEST(!has_shape_of_resource("7f1b1a0e-0000-4000-8000-000000000001"));
    std::string no_subscription = target;
    no_subscription.replace(15, 4, "zzzz");
    BOOST_TEST(!has_shape_of_resource(no_subscription));
}

BOOST_AUTO_TEST_SUITE_END()
