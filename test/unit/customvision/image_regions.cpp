#include "body_decoders.hpp"
#include "client_fixture.hpp"
#include "retraind/customvision/json_codec.hpp"
#include "retraind/customvision/request_codec.hpp"
#include "xml_writer.hpp"

#include <random>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

namespace json = boost::json;

struct dice {
    std::mt19937 random;

    std::size_t below(std::size_t bound) { return random() % bound; }
    image_region region() {
        image_region made;
        made.image = numbered<image_id>(static_cast<std::uint8_t>(below(5)));
        made.box.tag = numbered<tag_id>(static_cast<std::uint8_t>(below(9)));
        made.box.left = below(2) == 0 ? 0 : 1.0 / static_cast<double>(1 + below(1000));
        made.box.top = static_cast<double>(below(1000)) / 3e9;
        made.box.width = 0.1;
        made.box.height = 1;
        return made;
    }
    std::vector<image_region> regions(std::size_t most) {
        std::vector<image_region> made(below(most + 1));
        for (image_region& each : made) {
            each = region();
        }
        return made;
    }
};

json::object entry_of(const image_region& each) {
    json::object entry;
    entry.emplace("imageId", to_string(each.image));
    entry.emplace("tagId", to_string(each.box.tag));
    entry.emplace("left", each.box.left);
    entry.emplace("top", each.box.top);
    entry.emplace("width", each.box.width);
    entry.emplace("height", each.box.height);
    return entry;
}

json::array entries_of(const std::vector<image_region>& regions) {
    json::array list;
    for (const image_region& each : regions) {
        list.push_back(entry_of(each));
    }
    return list;
}

/// As the service writes what it has created: with an id, and without the tag's name.
json::array created_of(const std::vector<image_region>& regions) {
    json::array list = entries_of(regions);
    for (json::value& each : list) {
        each.as_object().emplace("regionId", to_string(numbered<tag_id>(77)));
        each.as_object().emplace("tagName", nullptr);
        each.as_object().emplace("created", "2020-11-06T18:23:42.2506551");
    }
    return list;
}

bool near(const std::vector<image_region>& left, const std::vector<image_region>& right) {
    // Boost.JSON reads the last digits of a double inexactly.
    const auto close = [](double a, double b) {
        return std::abs(a - b) < 1e-15;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&close](const image_region& a, const image_region& b) {
                          return a.image == b.image && a.box.tag == b.box.tag &&
                                 close(a.box.left, b.box.left) && close(a.box.top, b.box.top) &&
                                 close(a.box.width, b.box.width) &&
                                 close(a.box.height, b.box.height);
                      });
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(image_regions, client_fixture)

BOOST_AUTO_TEST_CASE(bodies_read_back_as_they_were_in_every_notation) {
    dice any{std::mt19937(21)};
    for (int round = 0; round < 300; ++round) {
        const notation as = all_notations[round % 3];
        std::vector<image_region> wanted = any.regions(63);
        wanted.push_back(any.region());
        json::object body;
        body.emplace("regions", entries_of(wanted));
        const std::string text = encode_image_regions(wanted, as);
        BOOST_TEST_REQUIRE(
            (read_body(text, "ImageRegionCreateBatch", as) == normal(texts_only(body))), text);
    }
}

BOOST_AUTO_TEST_CASE(the_shapes_are_the_documented_ones) {
    const std::vector<image_region> one{
        {numbered<image_id>(1), {numbered<tag_id>(2), 0.25, 0, 0.5, 1}}};
    BOOST_TEST(encode_image_regions(one) ==
               R"({"regions":[{"imageId":"00000000-0000-0000-0000-000000000001",)"
               R"("tagId":"00000000-0000-0000-0000-000000000002",)"
               R"("left":2.5E-1,"top":0E0,"width":5E-1,"height":1E0}]})");
    BOOST_TEST(encode_image_regions(one, notation::xml) ==
               "<ImageRegionCreateBatch><regions>"
               "<imageId>00000000-0000-0000-0000-000000000001</imageId>"
               "<tagId>00000000-0000-0000-0000-000000000002</tagId><left>0.25</left><top>0</top>"
               "<width>0.5</width><height>1</height></regions></ImageRegionCreateBatch>");
    BOOST_TEST(encode_image_regions(one, notation::form) ==
               "regions%5B0%5D.imageId=00000000-0000-0000-0000-000000000001"
               "&regions%5B0%5D.tagId=00000000-0000-0000-0000-000000000002"
               "&regions%5B0%5D.left=0.25&regions%5B0%5D.top=0&regions%5B0%5D.width=0.5"
               "&regions%5B0%5D.height=1");
}

BOOST_AUTO_TEST_CASE(answers_say_the_same_in_json_and_in_every_style_of_xml) {
    dice any{std::mt19937(22)};
    for (int round = 0; round < 300; ++round) {
        image_region_summary wanted{any.regions(4), any.regions(3), any.regions(2)};
        wanted.created.push_back(any.region()); // without any list XML has no object at all
        json::object answer;
        answer.emplace("created", created_of(wanted.created));
        answer.emplace("duplicated", entries_of(wanted.duplicated));
        answer.emplace("exceeded", entries_of(wanted.exceeded));
        const auto read = parse_image_region_summary(json::serialize(answer));
        BOOST_TEST_REQUIRE(read.has_value());
        const std::string body = xml_writer(styles[static_cast<std::size_t>(round) % styles.size()])
                                     .root("ImageRegionCreateSummary", answer);
        const auto from_xml = parse_image_region_summary(body, notation::xml);
        BOOST_TEST_REQUIRE(from_xml.has_value(), body);
        for (const image_region_summary& each : {*read, *from_xml}) {
            BOOST_TEST_REQUIRE(near(each.created, wanted.created), body);
            BOOST_TEST_REQUIRE(near(each.duplicated, wanted.duplicated), body);
            BOOST_TEST_REQUIRE(near(each.exceeded, wanted.exceeded), body);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_recorded_answer_is_read) {
    const auto read = parse_image_region_summary(
        R"({"created":[{"imageId":"98c7200d-ece5-4951-8329-782292c87659",)"
        R"("regionId":"2c06d359-a863-40b4-985c-1de77ff3c412","tagName":null,)"
        R"("created":"2020-11-06T18:23:42.2506551",)"
        R"("tagId":"7d8ab7be-734f-4498-a283-1322b9c53440","left":0.3807391,"top":0.164848924,)"
        R"("width":0.276588678,"height":0.6538571}],"duplicated":[],"exceeded":[]})");
    BOOST_REQUIRE(read);
    BOOST_TEST(to_string(read->created.at(0).image) == "98c7200d-ece5-4951-8329-782292c87659");
    BOOST_TEST(read->created.at(0).box.height == 0.6538571);
    BOOST_TEST(read->duplicated.empty());
    BOOST_TEST(parse_image_region_summary(R"({"created":null})").value().created.empty());
}

BOOST_AUTO_TEST_CASE(an_entry_without_its_ids_is_named) {
    const auto told = [](const char* body) {
        return parse_image_region_summary(body).error().message;
    };
    BOOST_TEST(told(R"({"created":[{"tagId":"7d8ab7be-734f-4498-a283-1322b9c53440"}]})") ==
               "created[0].imageId: missing");
    BOOST_TEST(told(R"({"exceeded":[{"imageId":"7d8ab7be-734f-4498-a283-1322b9c53440"}]})") ==
               "exceeded[0].tagId: missing");
    BOOST_TEST(told("[]") == "the answer: not an object");
}

BOOST_AUTO_TEST_CASE(regions_are_given_to_pictures) {
    auto service = client();
    const image_region one{numbered<image_id>(1), {numbered<tag_id>(2), 0, 0.25, 0.5, 0.75}};
    json::object said;
    said.emplace("created", created_of({one}));
    said.emplace("exceeded", entries_of({one}));
    wire.script.push_back(answers(207, json::serialize(said)));
    const auto done = run(service.create_image_regions(project, {one}));
    BOOST_REQUIRE(done);
    BOOST_TEST((done->created == std::vector{one}));
    BOOST_TEST((done->exceeded == std::vector{one}));
    BOOST_TEST(done->duplicated.empty());
    BOOST_TEST(wire.sent.at(0).method == "POST");
    BOOST_TEST(wire.sent.at(0).target == "/base/customvision/v3.3/training/projects/"
                                         "00000000-0000-0000-0000-000000000001/images/regions");
    BOOST_TEST(wire.sent.at(0).body == encode_image_regions({one}));
}

BOOST_AUTO_TEST_CASE(regions_are_sent_once_whatever_the_service_says) {
    struct {
        unsigned status;
        const char* body;
        verdict meaning;
    } const cases[]{
        {503, "{}", verdict::retry},
        {400, R"({"code":"BadRequestImageRegions","message":"no"})", verdict::refused_batch},
        {200, "<html>", verdict::retry},
    };
    for (const auto& each : cases) {
        auto service = client();
        wire.script.push_back(answers(each.status, each.body));
        const auto done = run(service.create_image_regions(
            project, {{numbered<image_id>(1), {numbered<tag_id>(2), 0, 0, 1, 1}}}));
        BOOST_REQUIRE(!done);
        BOOST_TEST((done.error().meaning == each.meaning), each.status);
    }
    BOOST_TEST(wire.sent.size() == std::size(cases));
}

BOOST_AUTO_TEST_SUITE_END()
