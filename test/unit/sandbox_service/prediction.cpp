#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "sandbox/service/database.hpp"
#include "sandbox/service/timestamps.hpp"
#include "unit/sandbox_service/recorded.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

const std::string request_id = "6ba18dd6-a7b2-44c2-83b8-eb2f3dc26645";

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    client::prepared made = service.make_trainable("p", 20);
    std::string iteration = std::string(service.train_to_end(made.project).at("id").as_string());

    fixture() {
        service.post("/projects/" + made.project + "/iterations/" + iteration +
                     publish_query("in%20use"));
    }

    answer classify(std::string body, const std::string& version = "v3.0",
                    const std::string& type = "application/octet-stream",
                    const std::string& name = "in%20use", const std::string& end = "/image") {
        return service.call_path("POST",
                                 "/customvision/" + version + "/prediction/" + made.project +
                                     "/classify/iterations/" + name + end,
                                 std::move(body),
                                 {{"Content-Type", type}, {"apim-request-id", request_id}});
    }
};

std::string best(const answer& given) {
    return std::string(given.json().at("predictions").at(0).at("tagName").as_string());
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(prediction, fixture)

BOOST_AUTO_TEST_CASE(the_free_tier_has_ten_thousand_calls_a_month) {
    const auto used = [&](std::int64_t calls) {
        database file(folder.path() / "service.db");
        file.run("INSERT OR REPLACE INTO prediction_calls(month, calls) VALUES(?, ?)",
                 month_text(now()), calls);
    };
    const std::string picture = striped_picture(pattern::upright, 500);
    used(20'000);
    BOOST_TEST(classify(picture).status == 200U);
    service.close();
    service = client(folder.path(), "F0");
    used(9'999);
    BOOST_TEST(classify(picture, "v3.0", "application/octet-stream", "nothing").status == 404U);
    const answer refused = classify(picture);
    BOOST_TEST(refused.status == 403U);
    BOOST_TEST(refused.json().at("error").at("code").as_string() == "403");
    BOOST_TEST(refused.json().at("error").at("message").as_string().starts_with(
        "Out of call volume quota for Custom_Vision.Prediction F0 pricing tier. Please retry "
        "after "));
    const auto& headers = refused.whole.headers;
    BOOST_REQUIRE_EQUAL(headers.size(), 1U);
    BOOST_TEST(headers[0].name == "Retry-After");
    BOOST_TEST(std::stoll(headers[0].value) <= 31 * 24 * 60 * 60);
    const answer tested = service.call("POST", "/projects/" + made.project + "/quicktest/image",
                                       picture, "application/octet-stream");
    BOOST_TEST(tested.status == 200U);
    database(folder.path() / "service.db")
        .run("UPDATE prediction_calls SET month = ?", month_text(now() - 40 * ticks_per_day));
    BOOST_TEST(classify(picture).status == 200U);
}

BOOST_AUTO_TEST_CASE(an_answer_looks_as_recorded) {
    const auto recorded = read_recording("prediction-classify-url-nostore.v3.0.json");
    const answer given = classify(striped_picture(pattern::upright, 500));
    BOOST_TEST(given.status == 200U);
    json::value own = given.json();
    json::value known = json::parse(recorded[0].body);
    BOOST_TEST(own.at("id").as_string() == request_id);
    BOOST_TEST(own.at("project").as_string() == made.project);
    BOOST_TEST(own.at("iteration").as_string() == iteration);
    for (std::size_t i = 0; i < 2; ++i) {
        own.at("predictions").at(i).as_object()["probability"] = i;
        known.at("predictions").at(i).as_object()["probability"] = i;
        own.at("predictions").at(i).as_object()["tagName"] = "T";
        known.at("predictions").at(i).as_object()["tagName"] = "T";
    }
    BOOST_TEST(masked(json::serialize(own)) == masked(json::serialize(known)));
}

BOOST_AUTO_TEST_CASE(unseen_pictures_are_told_apart) {
    for (unsigned seed = 1000; seed < 1010; ++seed) {
        BOOST_TEST(best(classify(striped_picture(pattern::upright, seed))) == "upright");
        BOOST_TEST(best(classify(striped_picture(pattern::level, seed))) == "level");
    }
}

BOOST_AUTO_TEST_CASE(the_surest_comes_first_and_all_sum_to_one) {
    const auto predictions =
        classify(striped_picture(pattern::level, 500)).json().at("predictions");
    BOOST_REQUIRE_EQUAL(predictions.as_array().size(), 2U);
    const double one = predictions.at(0).at("probability").as_double();
    const double two = predictions.at(1).at("probability").as_double();
    BOOST_TEST(one >= two);
    BOOST_TEST(one + two == 1.0, boost::test_tools::tolerance(1e-5));
}

BOOST_AUTO_TEST_CASE(multipart_and_nostore_are_the_same) {
    const std::string body = "--b\r\nContent-Disposition: form-data; name=\"imageData\"; "
                             "filename=\"x\"\r\n\r\n" +
                             striped_picture(pattern::level, 500) + "\r\n--b--\r\n";
    const answer given =
        classify(body, "v3.1", "multipart/form-data; boundary=b", "in%20use", "/image/nostore");
    BOOST_TEST(best(given) == "level");
    BOOST_TEST(given.json().at("predictions").at(0).at("tagType").as_string() == "Regular");
}

BOOST_AUTO_TEST_CASE(wrong_calls) {
    const std::string picture = striped_picture(pattern::level, 1);
    const answer unknown = classify(picture, "v3.0", "application/octet-stream", "other");
    BOOST_TEST(unknown.status == 404U);
    BOOST_TEST(unknown.code() == "NotFoundIteration");
    BOOST_TEST(classify(picture, "v3.0", "image/png").status == 415U);
    BOOST_TEST(classify("").code() == "BadRequestImageStream");
    BOOST_TEST(classify("x", "v3.0", "multipart/form-data; boundary=b").code() ==
               "BadRequestImageStream");
    BOOST_TEST(classify("no picture").code() == "BadRequestImageFormat");
    BOOST_TEST(classify(striped_picture(pattern::level, 1, 1200, 1200)).code() ==
               "BadRequestImageSizeBytes");
    BOOST_TEST(classify(picture, "v3.0", "application/json", "in%20use", "/url").code() ==
               "BadRequestImageUrl");
}

BOOST_AUTO_TEST_CASE(an_unpublished_name_answers_no_more) {
    service.call("DELETE", "/projects/" + made.project + "/iterations/" + iteration + "/publish");
    BOOST_TEST(classify(striped_picture(pattern::level, 1)).code() == "NotFoundIteration");
}

BOOST_AUTO_TEST_SUITE_END()
