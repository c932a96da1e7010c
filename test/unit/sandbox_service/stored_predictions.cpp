#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "sandbox/service/database.hpp"
#include "sandbox/service/prediction_query.hpp"
#include "unit/sandbox_service/picture_server.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    client::prepared made = service.make_trainable("p", 6);
    std::string iteration{service.train_to_end(made.project).at("id").as_string()};

    std::string at(const std::string& rest) { return "/projects/" + made.project + rest; }

    answer test_image(unsigned seed, const std::string& query = {}) {
        return service.call("POST", at("/quicktest/image" + query),
                            striped_picture(pattern::level, seed), "application/octet-stream");
    }

    answer query(const std::string& body = "{}") {
        return service.post(at("/predictions/query"), body);
    }

    static std::vector<std::string> ids(const answer& given) {
        std::vector<std::string> found;
        const json::value document = given.json();
        for (const json::value& each : document.at("results").as_array()) {
            found.emplace_back(each.at("id").as_string());
        }
        return found;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(stored_predictions, fixture)

BOOST_AUTO_TEST_CASE(a_quick_test_is_kept_unless_it_says_not_to) {
    const answer kept = test_image(100);
    BOOST_REQUIRE_EQUAL(kept.status, 200U);
    BOOST_TEST(kept.text("iteration") == iteration);
    BOOST_TEST(kept.json().at("predictions").at(0).at("tagName").as_string() == "level");
    BOOST_TEST(test_image(101, "?store=false&iterationId=" + iteration).status == 200U);
    const answer found = query();
    BOOST_TEST(ids(found) == std::vector<std::string>{kept.text("id")},
               boost::test_tools::per_element());
    BOOST_TEST(found.json().at("token").at("continuation").as_string().empty());
}

BOOST_AUTO_TEST_CASE(a_kept_picture_can_be_fetched_and_goes_with_its_prediction) {
    const std::string id = test_image(100).text("id");
    const json::value found = query().json();
    std::string link(found.at("results").at(0).at("originalImageUri").as_string());
    link.erase(0, std::string("https://127.0.0.1:8443").size());
    BOOST_TEST(service.call_path("GET", link, {}, {}).body == striped_picture(pattern::level, 100));
    BOOST_TEST(service.call("DELETE", at("/predictions?ids=" + id)).status == 204U);
    BOOST_TEST(service.call_path("GET", link, {}, {}).status == 404U);
    BOOST_TEST(ids(query()).empty());
}

BOOST_AUTO_TEST_CASE(pages_hold_still_while_predictions_come_and_go) {
    std::vector<std::string> made_ids;
    for (unsigned i = 0; i < 5; ++i) {
        made_ids.push_back(test_image(100 + i).text("id"));
    }
    const answer first = query(R"({"orderBy":"Newest","maxCount":2})");
    BOOST_TEST(ids(first) == (std::vector<std::string>{made_ids[4], made_ids[3]}),
               boost::test_tools::per_element());
    test_image(200);
    service.call("DELETE", at("/predictions?ids=" + made_ids[3] + "," + made_ids[4]));
    const answer second = query(json::serialize(first.json().at("token")));
    BOOST_TEST(ids(second) == (std::vector<std::string>{made_ids[2], made_ids[1]}),
               boost::test_tools::per_element());
    const answer last = query(json::serialize(second.json().at("token")));
    BOOST_TEST(ids(last) == std::vector<std::string>{made_ids[0]},
               boost::test_tools::per_element());
    BOOST_TEST(last.json().at("token").at("continuation").as_string().empty());
    BOOST_TEST(ids(query(R"({"orderBy":"Oldest"})")).front() == made_ids[0]);
}

BOOST_AUTO_TEST_CASE(filters) {
    test_image(100);
    BOOST_TEST(
        ids(query(R"({"tags":[{"id":")" + made.level + R"(","minThreshold":0.5}]})")).size() == 1U);
    BOOST_TEST(
        ids(query(R"({"tags":[{"id":")" + made.level + R"(","maxThreshold":0.1}]})")).empty());
    BOOST_TEST(ids(query(R"({"iterationId":")" + made.level + "\"}")).empty());
    BOOST_TEST(ids(query(R"({"startTime":"2000-01-01T00:00:00Z"})")).size() == 1U);
    BOOST_TEST(ids(query(R"({"endTime":"2000-01-01T00:00:00.123"})")).empty());
    BOOST_TEST(ids(query(R"({"application":"a"})")).empty());
}

BOOST_AUTO_TEST_CASE(wrong_queries) {
    const std::string range = R"({"id":")" + made.level + "\"}";
    const std::pair<std::string, const char*> wrong[] = {
        {"", "BadRequestRequiredParamIsNull"},
        {R"({"continuation":"x"})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"session":"x"})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"orderBy":"x"})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"startTime":"yesterday"})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"iterationId":"x"})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"tags":[{}]})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"maxCount":-1})", "BadRequestPredictionInvalidQueryParameters"},
        {R"({"maxCount":257})", "BadRequestPredictionResultsExceededCount"},
        {"{\"tags\":[" + range + "," + range + "," + range + "]}",
         "BadRequestPredictionTagsExceededCount"}};
    for (const auto& [body, code] : wrong) {
        BOOST_TEST(query(body).code() == code, body);
    }
    BOOST_TEST(service.call("DELETE", at("/predictions")).code() ==
               "BadRequestPredictionIdsMissing");
}

BOOST_AUTO_TEST_CASE(no_member_of_a_query_is_passed_over) {
    test_image(100);
    for (const char* name : {"session", "continuation", "orderBy", "iterationId", "startTime",
                             "endTime", "application", "maxCount", "tags"}) {
        for (const char* value : {"true", "{\"a\":[]}", "[[7]]", "[null]", "[1,2]"}) {
            const std::string body = std::string("{\"") + name + "\":" + value + "}";
            const answer given = query(body);
            BOOST_TEST(given.status == 400U, body);
            BOOST_TEST(given.code() == "BadRequestPredictionInvalidQueryParameters", body);
        }
        BOOST_TEST(query(std::string("{\"") + name + "\":null}").status == 200U, name);
    }
}

BOOST_AUTO_TEST_CASE(hostile_tokens_are_refused) {
    test_image(100);
    const std::string range = R"({"tags":[{"id":")" + made.level + R"(","minThreshold":)";
    for (const std::string& body :
         {std::string(R"({"continuation":"nan/1"})"), std::string(R"({"continuation":"inf/1"})"),
          std::string(R"({"continuation":"1/nan"})"), std::string(R"({"continuation":"1e999/1"})"),
          std::string(R"({"continuation":"/"})"), std::string(R"({"continuation":"1/2/3"})"),
          std::string(R"({"session":"1:-5"})"),
          std::string(R"({"session":"1:99999999999999999999"})"),
          std::string(R"({"session":"2:1"})"), std::string(R"({"maxCount":"7"})"),
          std::string(R"({"maxCount":0.5})"), std::string(R"({"maxCount":-1e300})"),
          range + "1e300}]}", range + "\"0\"}]}", range + "[0]}]}"}) {
        BOOST_TEST(query(body).code() == "BadRequestPredictionInvalidQueryParameters", body);
    }
    const std::string xml = "<PredictionQueryToken><tags><id>" + made.level +
                            "</id><minThreshold>NaN</minThreshold></tags></PredictionQueryToken>";
    BOOST_TEST(service.call("POST", at("/predictions/query"), xml, "application/xml").code() ==
               "BadRequestPredictionInvalidQueryParameters");
}

BOOST_AUTO_TEST_CASE(a_token_says_what_was_understood) {
    const answer given = query(
        R"({"ORDERBY":"oldest","maxCount":2,"nonsense":{"a":1},"tags":[{"id":")" + made.level +
        R"(","minThreshold":0.25}],"startTime":"0001-01-01T00:00:00",)" + R"("application":"a"})");
    const json::value expected =
        json::parse(R"({"session":"1:0","continuation":"","maxCount":2,"orderBy":"Oldest","tags":)"
                    R"([{"id":")" +
                    made.level +
                    R"(","minThreshold":0.25,"maxThreshold":1.0}],)"
                    R"("iterationId":null,"startTime":"0001-01-01T00:00:00.0000000Z",)"
                    R"("endTime":null,"application":"a"})");
    BOOST_TEST(given.json().at("token") == expected);
    BOOST_TEST(query(json::serialize(expected)).json().at("token") == expected);
}

BOOST_AUTO_TEST_CASE(after_thirty_days_a_prediction_is_gone) {
    const std::string id = test_image(100).text("id");
    std::string link(query().json().at("results").at(0).at("originalImageUri").as_string().c_str());
    link.erase(0, std::string("https://127.0.0.1:8443").size());
    const auto age = [&](ticks days) {
        database file(folder.path() / "service.db");
        file.run("UPDATE predictions SET created = ?", now() - days * ticks_per_day);
    };
    age(29);
    BOOST_TEST(ids(query()).size() == 1U);
    age(31);
    BOOST_TEST(service.call_path("GET", link, {}, {}).status == 404U);
    BOOST_TEST(ids(query()).empty());
    BOOST_TEST(!std::filesystem::exists(folder.path() / "images" / made.project / id));
    const std::string again = test_image(101).text("id");
    age(31);
    const answer late =
        service.post(at("/images/predictions"), R"({"images":[{"id":")" + again + "\"}]}");
    BOOST_TEST(late.json().at("images").at(0).at("status").as_string() == "ErrorSource");
}

BOOST_AUTO_TEST_CASE(a_prediction_whose_picture_is_gone_is_no_source) {
    const std::string id = test_image(100).text("id");
    std::filesystem::remove(folder.path() / "images" / made.project / id);
    const answer given =
        service.post(at("/images/predictions"), R"({"images":[{"id":")" + id + "\"}]}");
    BOOST_TEST(given.status == 207U);
    BOOST_TEST(given.json().at("images").at(0).at("status").as_string() == "ErrorSource");
}

BOOST_AUTO_TEST_CASE(an_iteration_may_be_deleted_while_it_is_asked) {
    picture_server server(folder.path());
    const std::string slow = server.put_silence("slow");
    answer given;
    std::thread asker(
        [&] { given = service.post(at("/quicktest/url"), "{\"url\":\"" + slow + "\"}"); });
    while (server.most_at_once() == 0) {
        std::this_thread::yield();
    }
    BOOST_TEST(service.call("DELETE", at("/iterations/" + iteration)).status == 204U);
    server.put("slow", striped_picture(pattern::upright, 100));
    asker.join();
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(given.text("iteration") == iteration);
}

BOOST_AUTO_TEST_CASE(a_prediction_becomes_an_image_once) {
    const std::string id = test_image(100).text("id");
    const std::string body =
        R"({"images":[{"id":")" + id + R"(","tagIds":[")" + made.level + "\"]}]}";
    const answer stored = service.post(at("/images/predictions"), body);
    BOOST_TEST(stored.status == 200U);
    const json::value entry = stored.json().at("images").at(0);
    BOOST_TEST(entry.at("sourceUrl").as_string() == id);
    BOOST_TEST(entry.at("image").at("tags").at(0).at("tagId").as_string() == made.level);
    BOOST_TEST(ids(query()).empty());
    const answer again = service.post(at("/images/predictions"), body);
    BOOST_TEST(again.status == 207U);
    BOOST_TEST(again.json().at("images").at(0).at("status").as_string() == "ErrorSource");
    BOOST_TEST(service.post(at("/images/predictions"), R"({"images":[{"id":"x"}]})").code() ==
               "BadRequestPredictionIdsMissing");
}

BOOST_AUTO_TEST_CASE(quick_tests_by_address_and_wrong_ones) {
    picture_server server(folder.path());
    const auto send = [&](const std::string& address) {
        return service.post(at("/quicktest/url"), "{\"url\":\"" + address + "\"}");
    };
    const answer given = send(server.put("x", striped_picture(pattern::upright, 100)));
    BOOST_TEST(given.json().at("predictions").at(0).at("tagName").as_string() == "upright");
    BOOST_TEST(send(server.address_of("gone")).code() == "BadRequestImageUrl");
    BOOST_TEST(send("file:///etc/hostname").code() == "BadRequestImageUrl");
    BOOST_TEST(send(server.put("t", "text")).code() == "BadRequestImageFormat");
    BOOST_TEST(service.post(at("/quicktest/url"), "{}").code() == "BadRequestImageUrl");
    BOOST_TEST(test_image(1, "?iterationId=" + made.project).code() == "NotFoundIteration");
    const std::string empty = service.make_project("untrained");
    BOOST_TEST(service
                   .call("POST", "/projects/" + empty + "/quicktest/image", "x",
                         "application/octet-stream")
                   .code() == "NotFoundProjectDefaultIteration");
}

BOOST_AUTO_TEST_CASE(times_of_queries) {
    BOOST_TEST(parse_time("1970-01-01T00:00:01Z").value() == 10'000'000);
    BOOST_TEST(parse_time("1970-01-01T00:00:00.5").value() == 5'000'000);
    for (const char* text : {"", "x", "1970-13-01T00:00:00", "1970-01-01T24:00:00",
                             "1970-01-01T00:00:00.", "1970-01-01T00:00:00.12345678"}) {
        BOOST_TEST(!parse_time(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
