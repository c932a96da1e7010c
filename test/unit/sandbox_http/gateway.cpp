#include "sandbox/http/gateway.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using sandbox::http::find_route;
using sandbox::http::request;
using sandbox::http::response;
using sandbox::http::tier;
using gate = sandbox::http::gateway;

const sandbox::http::rate_limiter::time_point start{};
constexpr auto projects = "/customvision/v3.3/training/projects";
constexpr auto files = "/customvision/v3.3/training/projects/p/images/files";
constexpr auto classify = "/customvision/v3.1/prediction/p/classify/iterations/n/image";

std::optional<response> refuse(gate& before, std::string method, std::string path,
                               std::vector<sandbox::http::header_field> headers) {
    request asked;
    asked.method = std::move(method);
    asked.path = std::move(path);
    asked.headers = std::move(headers);
    return before.refuse(asked, find_route(asked.method, asked.path), start);
}

std::string header(const response& answer, std::string_view name) {
    request carrier;
    carrier.headers = answer.headers;
    return std::string(carrier.header(name));
}

} // namespace

BOOST_AUTO_TEST_SUITE(gateway)

BOOST_AUTO_TEST_CASE(an_unknown_path_gets_the_old_shape) {
    gate before({"t", "p"}, tier::s0);
    const auto answer = refuse(before, "GET", "/nothing", {{"Training-Key", "t"}});
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 404U);
    BOOST_TEST(answer->body == R"({ "statusCode": 404, "message": "Resource not found" })");
}

BOOST_AUTO_TEST_CASE(a_missing_or_wrong_key_is_denied) {
    gate before({"training", "prediction"}, tier::s0);
    struct {
        const char* method;
        const char* path;
        std::vector<sandbox::http::header_field> headers;
    } const rows[] = {{"GET", projects, {}},
                      {"GET", projects, {{"Training-Key", ""}}},
                      {"GET", projects, {{"Training-Key", "trainin"}}},
                      {"GET", projects, {{"Training-Key", "Training"}}},
                      {"GET", projects, {{"Prediction-Key", "training"}}},
                      {"POST", classify, {{"Training-Key", "training"}}},
                      {"POST", classify, {{"Prediction-Key", "training"}}}};
    for (const auto& row : rows) {
        const auto answer = refuse(before, row.method, row.path, row.headers);
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->status == 401U);
        BOOST_TEST(answer->reason == "Access Denied");
        BOOST_TEST(answer->body ==
                   R"({"error":{"code":"401","message":"Access denied due to invalid subscription )"
                   R"(key or wrong API endpoint. Make sure to provide a valid key for an active )"
                   R"(subscription and use a correct regional API endpoint for your resource."}})");
    }
}

BOOST_AUTO_TEST_CASE(an_empty_expected_key_opens_nothing) {
    gate before({"", ""}, tier::s0);
    BOOST_TEST(refuse(before, "GET", projects, {{"Training-Key", ""}}).has_value());
}

BOOST_AUTO_TEST_CASE(the_right_key_passes) {
    gate before({"training", "prediction"}, tier::s0);
    BOOST_TEST(!refuse(before, "GET", projects, {{"training-key", "training"}}));
    BOOST_TEST(!refuse(before, "POST", classify, {{"Prediction-Key", "prediction"}}));
    BOOST_TEST(!refuse(before, "GET", "/blobs/p/b", {}));
}

BOOST_AUTO_TEST_CASE(over_the_rate_is_told_when_to_come_back) {
    gate before({"t", "p"}, tier::f0);
    BOOST_TEST(!refuse(before, "POST", files, {{"Training-Key", "t"}}));
    BOOST_TEST(!refuse(before, "POST", files, {{"Training-Key", "t"}}));
    const auto answer = refuse(before, "POST", files, {{"Training-Key", "t"}});
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->status == 429U);
    BOOST_TEST(header(*answer, "Retry-After") == "1");
    BOOST_TEST(
        answer->body ==
        R"({"error":{"code":"429","message":"Requests to the CreateImagesFromFiles Operation )"
        R"(under Custom_Vision_Training_3.3 have exceeded rate limit of your current )"
        R"(Custom_Vision.Training F0 pricing tier. Please retry after 1 second. To increase )"
        R"(your rate limit switch to a paid tier."}})");
}

BOOST_AUTO_TEST_CASE(denied_calls_use_up_no_rate) {
    gate before({"t", "p"}, tier::f0);
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST(refuse(before, "POST", files, {}).value().status == 401U);
    }
    BOOST_TEST(!refuse(before, "POST", files, {{"Training-Key", "t"}}));
}

BOOST_AUTO_TEST_SUITE_END()
