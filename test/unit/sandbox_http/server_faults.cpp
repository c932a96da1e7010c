#include <chrono>

#include <boost/test/unit_test.hpp>

#include "served.hpp"

namespace {

using namespace sandbox::test;
using std::chrono::steady_clock;

struct fixture {
    served service;

    /// A faults file of one rule for uploads, which acts once.
    void fault(const std::string& fields) {
        service.faults(R"({"rules":[{"operation":"CreateImagesFromFiles","times":1,)" + fields +
                       "}]}");
    }
    std::optional<answer> upload_once(const std::string& body = "body") {
        auto client = service.connect();
        client.send(request_text("POST " + upload, {}, body));
        return client.receive();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(server_faults, fixture)

BOOST_AUTO_TEST_CASE(another_answer_in_place_of_the_operation) {
    fault(R"("status":503,"headers":{"Retry-After":"7"},"body":{"code":"X"})");
    const auto got = upload_once().value();
    BOOST_TEST(got.status == 503);
    BOOST_TEST(got.field("Retry-After") == "7");
    BOOST_TEST(got.body == R"({"code":"X"})");
    BOOST_TEST(service.handled() == 0);
    BOOST_TEST(upload_once().value().status == 200);
}

BOOST_AUTO_TEST_CASE(a_429_has_the_services_text) {
    fault(R"("status":429)");
    const auto got = upload_once().value();
    BOOST_TEST(got.field("Retry-After") == "1");
    BOOST_TEST(got.body.find("Requests to the CreateImagesFromFiles Operation under "
                             "Custom_Vision_Training_3.3") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_early_answer_comes_before_the_body) {
    fault(R"("early_status":413)");
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Content-Length: 1000000\r\n") + "begun");
    const auto got = client.receive().value();
    BOOST_TEST(got.status == 413);
    BOOST_TEST(got.field("Connection") == "close");
    BOOST_TEST(service.handled() == 0);
}

BOOST_AUTO_TEST_CASE(connections_are_cut_where_it_was_asked_for) {
    struct {
        const char* where;
        int handled;
    } const rows[] = {{"before_body", 0},
                      {"mid_body", 0},
                      {"after_body_before_answer", 0},
                      {"after_handling", 1}};
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.where) {
            const int before = service.handled();
            fault(R"("close":")" + std::string(row.where) + "\"");
            BOOST_TEST(!upload_once(std::string(200'000, 'x')).has_value());
            BOOST_TEST(service.handled() - before == row.handled);
        }
    }
}

BOOST_AUTO_TEST_CASE(mid_body_hears_half_of_it_first) {
    fault(R"("close":"mid_body")");
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Content-Length: 100\r\n"));
    client.send(std::string(50, 'x'));
    BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(answers_are_delayed) {
    fault(R"("delay_ms":150,"delay_answer_ms":150)");
    const auto begun = steady_clock::now();
    BOOST_TEST(upload_once().value().status == 200);
    BOOST_TEST((steady_clock::now() - begun >= std::chrono::milliseconds(300)));
}

BOOST_AUTO_TEST_CASE(a_body_is_read_slowly) {
    fault(R"("read_bytes_per_second":200000)");
    const auto begun = steady_clock::now();
    BOOST_TEST(upload_once(std::string(60'000, 'x')).value().body == "60000");
    BOOST_TEST((steady_clock::now() - begun >= std::chrono::milliseconds(200)));
}

BOOST_AUTO_TEST_CASE(image_statuses_are_handed_to_the_service) {
    fault(R"("image_status":{"*.png":"ErrorStorage"})");
    BOOST_TEST(upload_once().value().status == 200);
    const auto faults = service.last().image_status_faults;
    BOOST_TEST_REQUIRE(faults.size() == 1U);
    BOOST_TEST(faults[0].first == "*.png");
    BOOST_TEST(faults[0].second == "ErrorStorage");
    BOOST_TEST(upload_once().value().status == 200);
    BOOST_TEST(service.last().image_status_faults.empty());
}

BOOST_AUTO_TEST_CASE(operations_that_no_rule_names_are_left_alone) {
    fault(R"("status":503)");
    auto client = service.connect();
    client.send(request_text("GET " + projects));
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(upload_once().value().status == 503);
}

BOOST_AUTO_TEST_CASE(the_body_limit_is_the_files) {
    service.faults(R"({"request_bytes":3})");
    BOOST_TEST(upload_once().value().status == 408);
    service.faults(R"({"request_bytes":4})");
    BOOST_TEST(upload_once().value().status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
