#include "retraind/customvision/json_codec.hpp"

#include "fixtures.hpp"
#include "retraind/customvision/request_codec.hpp"

#include <functional>
#include <map>

using namespace retraind;
using namespace retraind::customvision;
using retraind::testing::recorded_answers;
using retraind::testing::text_of;

namespace {

constexpr std::string_view guid = "4d6eb844-42ee-42bc-bd6f-c32455ef07c9";

template <class Value>
std::string complaint(const result<Value>& parsed) {
    return parsed ? "" : parsed.error().message;
}

/// How each kind of answer is read: the complaint, empty where there is none.
const std::map<std::string, std::function<std::string(std::string_view)>>& decoders() {
    static const std::map<std::string, std::function<std::string(std::string_view)>> table{
        {"domains",
         [](auto body) {
             return complaint(parse_domains(body));
         }},
        {"projects",
         [](auto body) {
             return complaint(parse_projects(body));
         }},
        {"project",
         [](auto body) {
             return complaint(parse_project(body));
         }},
        {"tags",
         [](auto body) {
             return complaint(parse_tags(body));
         }},
        {"tag",
         [](auto body) {
             return complaint(parse_tag(body));
         }},
        {"summary",
         [](auto body) {
             return complaint(parse_image_summary(body));
         }},
        {"iterations",
         [](auto body) {
             return complaint(parse_iterations(body));
         }},
        {"iteration",
         [](auto body) {
             return complaint(parse_iteration(body));
         }},
        {"performance",
         [](auto body) {
             return complaint(parse_performance(body));
         }},
        {"published",
         [](auto body) {
             return complaint(parse_boolean(body));
         }},
    };
    return table;
}

std::string first_of_kind(const char* file, std::string_view kind) {
    for (const auto& each : recorded_answers(file)) {
        if (text_of(each, "kind") == kind) {
            return text_of(each, "body");
        }
    }
    BOOST_FAIL("no answer of that kind");
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_codec)

BOOST_AUTO_TEST_CASE(every_published_answer_is_read) {
    std::size_t read = 0;
    for (const char* file : {"recorded.json", "examples.json", "partial.json"}) {
        for (const auto& each : recorded_answers(file)) {
            const std::string told = decoders().at(text_of(each, "kind"))(text_of(each, "body"));
            BOOST_TEST(told == "", text_of(each, "from"));
            ++read;
        }
    }
    BOOST_TEST(read == 125U);
}

BOOST_AUTO_TEST_CASE(a_project_has_its_domain_and_kind) {
    const auto read = parse_project(first_of_kind("recorded.json", "project"));
    BOOST_REQUIRE(read);
    BOOST_TEST(to_string(read->id) == "80aedfee-54a1-47cb-baa2-8543e05858cc");
    BOOST_TEST(read->name == "Test Project");
    BOOST_TEST(to_string(read->domain) == "c151d5b5-dd07-472a-acc8-15d29dea8518");
    BOOST_TEST((read->classification == classification_type::multilabel));
    BOOST_TEST(!read->read_only);
}

BOOST_AUTO_TEST_CASE(a_detection_project_has_no_classification) {
    const auto read = parse_project(R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9",
        "settings":{"classificationType":null},"drModeEnabled":true})");
    BOOST_REQUIRE(read);
    BOOST_TEST(!read->classification);
    BOOST_TEST(read->read_only);
    BOOST_TEST((read->domain == domain_id{}));
}

BOOST_AUTO_TEST_CASE(a_trained_iteration_has_times_and_a_publish_name) {
    const auto read = parse_iterations(first_of_kind("recorded.json", "iterations"));
    BOOST_REQUIRE(read);
    BOOST_REQUIRE(read->size() == 1U);
    BOOST_TEST(read->front().status == "Completed");
    BOOST_REQUIRE(read->front().trained_at);
    BOOST_TEST(format_utc(read->front().created) < format_utc(*read->front().trained_at));
    BOOST_TEST(read->front().publish_name.value_or("") == "Training UnitTest Iteration");
    BOOST_TEST(read->front().error_details == "");
}

BOOST_AUTO_TEST_CASE(an_empty_publish_name_is_none) {
    const auto read = parse_iteration(
        R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9","status":"Queued","publishName":"",
            "trainedAt":null,"created":"2019-03-14T22:51:15Z","future":{"deep":[1]}})");
    BOOST_REQUIRE(read);
    BOOST_TEST(read->status == "Queued");
    BOOST_TEST(!read->publish_name);
    BOOST_TEST(!read->trained_at);
    BOOST_TEST(read->training_time.count() == 0);
    BOOST_TEST(parse_iteration(R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9",
        "status":"Completed","trainingTimeInMinutes":12})")
                   .value()
                   .training_time.count() == 12);
}

BOOST_AUTO_TEST_CASE(numbers_are_read_however_they_are_written) {
    for (const char* one : {"1", "1.0", "1E0", "1e+0", "10e-1"}) {
        const std::string counted =
            std::string(R"({"id":")") + std::string(guid) + R"(","imageCount":)" + one + "}";
        BOOST_TEST(parse_tag(counted).value().image_count == 1U, one);
        const auto scored = parse_performance(std::string(R"({"precision":)") + one + "}");
        BOOST_TEST(scored.value().precision == 1.0, one);
    }
    BOOST_TEST(parse_performance(R"({"recall":1.1920929E-07})").value().recall == 1.1920929E-07);
}

BOOST_AUTO_TEST_CASE(tag_types_are_open) {
    const auto type_of = [](const std::string& member) {
        return parse_tag(R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9")" + member + "}")
            .value()
            .type;
    };
    BOOST_TEST((type_of("") == tag_type::regular));
    BOOST_TEST((type_of(R"(,"type":"Regular")") == tag_type::regular));
    BOOST_TEST((type_of(R"(,"type":"Negative")") == tag_type::negative));
    BOOST_TEST((type_of(R"(,"type":"GeneralProduct")") == tag_type::other));
    BOOST_TEST((type_of(R"(,"type":"Tomorrow")") == tag_type::other));
}

BOOST_AUTO_TEST_CASE(results_keep_their_status_with_and_without_an_image) {
    const auto read = parse_image_summary(
        R"({"isBatchSuccessful":false,"images":[
            {"sourceUrl":"a","status":"OK","image":{"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9"}},
            {"sourceUrl":"b","status":"ErrorInvalidRegion","image":null},
            {"sourceUrl":null,"status":"ErrorLimitExceed"},
            {"sourceUrl":"d","status":"OKDuplicate","image":{}}]})");
    BOOST_REQUIRE(read);
    BOOST_REQUIRE(read->size() == 4U);
    BOOST_TEST(to_string(read->at(0).id.value()) == guid);
    BOOST_TEST(read->at(1).status == "ErrorInvalidRegion");
    BOOST_TEST(!read->at(1).id);
    BOOST_TEST(read->at(2).source_url == "");
    BOOST_TEST(!read->at(2).id);
    BOOST_TEST(read->at(3).source_url == "d");
    BOOST_TEST(!read->at(3).id);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_named) {
    const std::string id = R"({"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9",)";
    struct {
        const char* kind;
        std::string body;
        const char* named;
    } const cases[]{
        {"domains", "{}", "the answer: not an array"},
        {"domains", "null", "the answer: not an array"},
        {"domains", "[null]", "[0]: not an object"},
        {"domains", R"([{"id":7}])", "[0].id: not a string"},
        {"domains", R"([{"name":"x"}])", "[0].id: missing"},
        {"projects", R"([{"id":"xyz"}])", "[0].id: not a GUID"},
        {"project", "[]", "the answer: not an object"},
        {"project", id + R"("settings":[]})", "settings: not an object"},
        {"project", id + R"("settings":{"domainId":"x"}})", "settings.domainId: not a GUID"},
        {"project", id + R"("drModeEnabled":"no"})", "drModeEnabled: neither true nor false"},
        {"tag", id + R"("imageCount":-1})", "imageCount: not a count"},
        {"tag", id + R"("imageCount":1.5})", "imageCount: not a count"},
        {"tag", id + R"("imageCount":1e300})", "imageCount: not a count"},
        {"tag", id + R"("imageCount":"3"})", "imageCount: not a number"},
        {"tag", id + R"("name":{}})", "name: not a string"},
        {"iteration", id + R"("name":"x"})", "status: missing"},
        {"iteration", id + R"("status":"New","created":"yesterday"})", "created: not a time"},
        {"iteration", id + R"("status":"New","trainedAt":5})", "trainedAt: not a string"},
        {"summary", "{}", "images: missing"},
        {"summary", R"({"images":{}})", "images: not an array"},
        {"summary", R"({"images":[{}]})", "images[0].status: missing"},
        {"summary", R"({"images":[{"status":"OK","image":{"id":"1"}}]})",
         "images[0].image.id: not a GUID"},
        {"performance", R"({"precision":1e999})", ""},
        {"performance", R"({"perTagPerformance":[{"id":"1"}]})",
         "perTagPerformance[0].id: not a GUID"},
        {"published", R"("true")", "the answer: neither true nor false"},
        {"published", "", "the answer is not JSON"},
        {"tags", "[", "the answer is not JSON"},
        {"tags", "<html></html>", "the answer is not JSON"},
        {"tags", std::string(40, '['), "the answer is not JSON"},
        {"tag", "{\"name\":\"\xff\"}", "the answer is not JSON"},
        {"tag", std::string((std::size_t{16} << 20) + 1, ' '), "the answer has 16777217 bytes"},
    };
    for (const auto& each : cases) {
        const std::string told = decoders().at(each.kind)(each.body);
        BOOST_TEST(!told.empty(), each.kind << ' ' << each.body.substr(0, 80));
        BOOST_TEST(told.starts_with(each.named), told << " is not " << each.named);
    }
    BOOST_TEST((parse_tags("[").error().code == errc::protocol));
    BOOST_TEST((parse_tags("[5]").error().code == errc::protocol));
}

BOOST_AUTO_TEST_CASE(a_train_body_names_the_tags) {
    BOOST_TEST(encode_train_body({}) == R"({"selectedTags":[]})");
    const auto id = parse_id<tag_id>(guid).value();
    BOOST_TEST(encode_train_body({id, id}) ==
               R"({"selectedTags":["4d6eb844-42ee-42bc-bd6f-c32455ef07c9",)"
               R"("4d6eb844-42ee-42bc-bd6f-c32455ef07c9"]})");
}

BOOST_AUTO_TEST_CASE(a_count_is_a_whole_number) {
    BOOST_TEST(parse_count("0").value() == 0U);
    BOOST_TEST(parse_count(" 100000 ").value() == 100'000U);
    BOOST_TEST(parse_count("5.0").value() == 5U);
    for (const char* wrong : {"-1", "\"5\"", "null", "{}", "", "1.5"}) {
        BOOST_TEST(!parse_count(wrong).has_value(), wrong);
    }
}

BOOST_AUTO_TEST_SUITE_END()
