#include "sandbox/http/server.hpp"

#include <chrono>
#include <list>
#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include "served.hpp"

namespace {

using namespace sandbox::test;

struct fixture {
    served service;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(server, fixture)

BOOST_AUTO_TEST_CASE(a_connection_is_kept_and_answers_in_order) {
    auto client = service.connect();
    for (const std::size_t size : {1U, 1000U, 300'000U}) {
        BOOST_TEST(client.send(request_text("POST " + upload, {}, std::string(size, 'x'))));
        const auto got = client.receive();
        BOOST_TEST_REQUIRE(got.has_value());
        BOOST_TEST(got->status == 200);
        BOOST_TEST(got->body == std::to_string(size));
    }
    BOOST_TEST(client.send(request_text("GET " + projects) + request_text("GET " + projects)));
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(service.handled() == 5);
}

BOOST_AUTO_TEST_CASE(every_answer_has_the_common_fields_and_one_id) {
    auto client = service.connect();
    client.send(request_text("GET " + projects, "apim-request-id: mine\r\n"));
    const auto got = client.receive().value();
    const std::string id = got.field("apim-request-id");
    BOOST_TEST(id.size() == 36U);
    BOOST_TEST(got.field("Request-Id") == id);
    BOOST_TEST(service.last().header("apim-request-id") == id);
    BOOST_TEST(got.field("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(got.field("Content-Type") == "application/json; charset=utf-8");
    client.send(request_text("GET " + projects));
    BOOST_TEST(client.receive().value().field("apim-request-id") != id);
}

BOOST_AUTO_TEST_CASE(a_chunked_body_is_put_together) {
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Transfer-Encoding: chunked\r\n"));
    client.send("3\r\nabc\r\n");
    client.send("4;ext=1\r\ndefg\r\n0\r\nTrailer: x\r\n\r\n");
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(service.last().body == "abcdefg");
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_is_told_to_go_on) {
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Expect: 100-continue\r\nContent-Length: 4\r\n"));
    BOOST_TEST(client.receive().value().status == 100);
    client.send("body");
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(service.last().body == "body");
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_is_refused_without_its_body) {
    auto client = service.connect();
    client.send("POST " + upload +
                " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                "Content-Length: 4\r\n\r\n");
    BOOST_TEST(client.receive().value().status == 401);
}

BOOST_AUTO_TEST_CASE(the_gateways_answers_keep_the_connection) {
    auto client = service.connect();
    client.send("POST " + upload + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody");
    const auto denied = client.receive().value();
    BOOST_TEST(denied.status == 401);
    BOOST_TEST(denied.head.starts_with("HTTP/1.1 401 Access Denied\r\n"));
    BOOST_TEST(denied.field("Connection") == "");
    client.send(request_text("GET /nothing"));
    BOOST_TEST(client.receive().value().status == 404);
    client.send(request_text("GET " + projects));
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(service.handled() == 1);
}

BOOST_AUTO_TEST_CASE(over_the_rate_is_429) {
    constexpr int calls = 60;
    auto client = service.connect();
    std::string all;
    for (int i = 0; i < calls; ++i) {
        all += request_text("GET " + projects);
    }
    client.send(all);
    int refused = 0;
    for (int i = 0; i < calls; ++i) {
        const auto got = client.receive().value();
        refused += got.status == 429 ? 1 : 0;
        BOOST_TEST((got.status == 200 || got.field("Retry-After") == "1"));
    }
    BOOST_TEST(refused >= 1);
    BOOST_TEST(service.handled() == calls - refused);
}

BOOST_AUTO_TEST_CASE(a_body_over_the_limit_is_refused_before_it_is_sent) {
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Content-Length: 60000001\r\n"));
    const auto got = client.receive().value();
    BOOST_TEST(got.status == 408);
    BOOST_TEST(got.body.starts_with(R"({"code":"RequestTimeout","message":")"));
    BOOST_TEST(got.field("Connection") == "close");
    BOOST_TEST(client.ended());
    BOOST_TEST(service.handled() == 0);
}

BOOST_AUTO_TEST_CASE(the_answer_reaches_a_client_that_is_still_sending) {
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Content-Length: 60000001\r\n"));
    const std::string piece(1'000'000, 'x');
    for (int i = 0; i < 20; ++i) {
        BOOST_TEST(client.send(piece));
    }
    BOOST_TEST(client.receive().value().status == 408);
}

BOOST_AUTO_TEST_CASE(a_chunked_body_over_the_limit_is_refused_when_it_shows) {
    service.faults(R"({"request_bytes":10})");
    auto client = service.connect();
    client.send(request_text("POST " + upload, "Transfer-Encoding: chunked\r\n") +
                "6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");
    BOOST_TEST(client.receive().value().status == 408);
    BOOST_TEST(service.handled() == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_http_gets_400_and_the_end) {
    for (const std::string garbage :
         {"\x01\x02\x03 garbage\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
          "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n"}) {
        BOOST_TEST_CONTEXT(garbage) {
            auto client = service.connect();
            client.send(garbage);
            const auto got = client.receive();
            BOOST_TEST_REQUIRE(got.has_value());
            BOOST_TEST(got->status == 400);
            BOOST_TEST(got->body.starts_with(R"({"code":"BadRequest")"));
            BOOST_TEST(client.ended());
        }
    }
}

BOOST_AUTO_TEST_CASE(garbage_behind_a_request_gets_400_after_its_answer) {
    auto client = service.connect();
    client.send(request_text("POST " + upload, {}, "body") + "\x7f\x02garbage\r\n\r\n");
    BOOST_TEST(client.receive().value().status == 200);
    BOOST_TEST(client.receive().value().status == 400);
    BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(a_head_without_end_is_refused) {
    auto client = service.connect();
    const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    std::string head = "GET " + projects + " HTTP/1.1\r\n";
    for (int i = 0; i < 64; ++i) {
        head += line;
    }
    client.send(head);
    BOOST_TEST(client.receive().value().status == 431);
}

BOOST_AUTO_TEST_CASE(the_client_may_ask_for_the_end) {
    auto client = service.connect();
    client.send(request_text("GET " + projects, "Connection: close\r\n"));
    BOOST_TEST(client.receive().value().field("Connection") == "close");
    BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(an_operation_that_throws_is_500_and_no_more) {
    service.throws = true;
    auto client = service.connect();
    client.send(request_text("GET " + projects));
    const auto got = client.receive().value();
    BOOST_TEST(got.status == 500);
    BOOST_TEST(got.body.find("as asked for") == std::string::npos);
    service.throws = false;
    client.send(request_text("GET " + projects));
    BOOST_TEST(client.receive().value().status == 200);
}

BOOST_AUTO_TEST_CASE(another_authority_or_name_gets_no_connection) {
    const temporary_folder other;
    const auto now = std::chrono::system_clock::now();
    const auto stranger = sandbox::ensure_certificates(other.path, "localhost", now);
    BOOST_CHECK_THROW(tls_client(service.port(), stranger.ca, "localhost"), std::runtime_error);
    BOOST_CHECK_THROW(tls_client(service.port(), service.ca(), "example.org"), std::runtime_error);
    BOOST_CHECK_NO_THROW(tls_client(service.port(), service.ca(), "127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_an_error_at_once) {
    sandbox::http::server_options wanted;
    wanted.port = service.port();
    const auto bind = [&] {
        sandbox::http::server(wanted, {}, sandbox::http::tier::s0,
                              sandbox::http::fault_store({}, {}));
    };
    BOOST_CHECK_EXCEPTION(bind(), std::runtime_error, [](const std::runtime_error& error) {
        return std::string(error.what()).find("cannot be listened on") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(others_are_answered_while_operations_fetch) {
    service.fetches_blocked = true;
    std::list<tls_client> waiting;
    for (int i = 0; i < 6; ++i) {
        waiting.emplace_back(service.port(), service.ca(), "localhost");
        waiting.back().send(request_text("POST " + projects + "/p/images/urls", {}, "body"));
    }
    BOOST_TEST_REQUIRE(service.wait_for_begun(4));
    auto client = service.connect();
    client.send(request_text("GET " + projects));
    BOOST_TEST(client.receive().value().status == 200);
    service.fetches_blocked = false;
    for (tls_client& each : waiting) {
        BOOST_TEST(each.receive().value().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(stopping_ends_idle_connections_and_waits_for_answers) {
    auto idle = service.connect();
    idle.send(request_text("GET " + projects));
    BOOST_TEST(idle.receive().value().status == 200);
    auto busy = service.connect();
    service.blocked = true;
    busy.send(request_text("POST " + upload, {}, "body"));
    BOOST_TEST_REQUIRE(service.wait_for_begun(2));
    std::thread stopper([&] { service.stop(); });
    BOOST_TEST(idle.ended());
    service.blocked = false;
    const auto got = busy.receive();
    stopper.join();
    BOOST_TEST_REQUIRE(got.has_value());
    BOOST_TEST(got->status == 200);
    BOOST_TEST(got->field("Connection") == "close");
}

BOOST_AUTO_TEST_SUITE_END()
