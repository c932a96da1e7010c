#include "http/framing.hpp"

#include <cstring>

#include <boost/test/unit_test.hpp>

using retraind::errc;
using retraind::result;
using retraind::http::answer_reader;
using retraind::http::encode_head;
using retraind::http::request;
using retraind::http::response;

namespace {

constexpr answer_reader::limits small{256, 100};

/// Feeds `bytes` in steps, then the end where `closed`; the first error, or the answer.
result<response> read(std::string_view bytes, std::size_t step, bool closed, bool head = false) {
    answer_reader reader(small, head);
    while (!bytes.empty() && !reader.whole()) {
        const auto space = reader.space();
        const auto count = std::min({bytes.size(), step, space.size()});
        std::memcpy(space.data(), bytes.data(), count);
        bytes.remove_prefix(count);
        if (auto taken = reader.take(count); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    if (closed) {
        if (auto ended = reader.end(); !ended) {
            return tl::unexpected(ended.error());
        }
    }
    BOOST_TEST_REQUIRE(reader.whole());
    return reader.release();
}

bool reusable_after(std::string_view bytes) {
    answer_reader reader(small, false);
    std::memcpy(reader.space().data(), bytes.data(), bytes.size());
    BOOST_TEST_REQUIRE(reader.take(bytes.size()).has_value());
    return reader.reusable();
}

request simple() {
    request message;
    message.method = "GET";
    message.target = "/a?b=c";
    message.fields = {{"Accept", "application/json"}};
    return message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(framing)

BOOST_AUTO_TEST_CASE(answers_in_any_pieces) {
    const struct {
        std::string_view bytes;
        bool closed;
        unsigned status;
        std::string body;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false, 200, "hello"},
        {"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0"
         "\r\n\r\n",
         false, 207, "hello"},
        {"HTTP/1.1 204 No Content\r\n\r\n", false, 204, ""},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", false, 304, ""},
        {"HTTP/1.0 200 OK\r\n\r\nuntil the end", true, 200, "until the end"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 X\r\nA: b\r\n\r\nHTTP/1.1 413 Too Large\r\n"
         "Content-Length: 2\r\n\r\nno",
         false, 413, "no"},
    };
    for (const auto& each : cases) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
            BOOST_TEST_CONTEXT(each.bytes << " by " << step) {
                const auto answer = read(each.bytes, step, each.closed);
                BOOST_TEST_REQUIRE(answer.has_value());
                BOOST_TEST(answer->status == each.status);
                BOOST_TEST(answer->body == each.body);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_answer_to_a_head_has_no_body) {
    const auto answer = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 1, false, true);
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->body.empty());
    BOOST_TEST(answer->field("content-length").value_or("") == "5");
}

BOOST_AUTO_TEST_CASE(fields_are_found_whatever_their_case) {
    const auto answer = read(
        "HTTP/1.1 429 Slow Down\r\nRETRY-after: 7\r\nX: 1\r\nx: 2\r\nContent-Length: 0\r\n\r\n",
        100, false);
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->reason == "Slow Down");
    BOOST_TEST(answer->field("Retry-After").value_or("") == "7");
    BOOST_TEST(answer->field("X").value_or("") == "1");
    BOOST_TEST(!answer->field("Y").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_answer) {
    const std::string long_field = "HTTP/1.1 200 OK\r\nX: " + std::string(400, 'x') + "\r\n\r\n";
    const struct {
        std::string bytes;
        bool closed;
        errc code;
        std::string_view words;
    } cases[] = {
        {"", true, errc::network, "ended before"},
        {"HTTP/1.1 200 OK\r\nContent-Le", true, errc::network, "ended before"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", true, errc::network, "ended before"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n", true, errc::network,
         "ended before"},
        {"SSH-2.0-OpenSSH\r\n\r\n", false, errc::protocol, "not HTTP/1.1"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", false, errc::protocol,
         "not HTTP/1.1"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n", false, errc::protocol,
         "more than 100 bytes"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + std::string(101, 'x'),
         false, errc::protocol, "more than 100 bytes"},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'), false, errc::protocol,
         "more than 100 bytes"},
        {long_field, false, errc::protocol, "head has more than 256 bytes"},
        {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", false, errc::protocol,
         "switches"},
    };
    for (const auto& each : cases) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{4096}}) {
            BOOST_TEST_CONTEXT(each.bytes << " by " << step) {
                const auto answer = read(each.bytes, step, each.closed);
                BOOST_TEST_REQUIRE(!answer.has_value());
                BOOST_TEST((answer.error().code == each.code));
                BOOST_TEST(answer.error().message.find(each.words) != std::string::npos,
                           answer.error().message);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(interim_answers_without_end_are_not_listened_to) {
    std::string bytes;
    for (int count = 0; count < 20; ++count) {
        bytes += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    const auto answer = read(bytes, 4096, false);
    BOOST_TEST_REQUIRE(!answer.has_value());
    BOOST_TEST((answer.error().code == errc::protocol));
}

BOOST_AUTO_TEST_CASE(when_a_connection_can_be_used_again) {
    BOOST_TEST(reusable_after("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    BOOST_TEST(
        !reusable_after("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    BOOST_TEST(!reusable_after("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"));
    BOOST_TEST(!reusable_after("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore"));
    BOOST_TEST(!reusable_after("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"));
}

BOOST_AUTO_TEST_CASE(a_requests_head) {
    const auto head = encode_head(simple(), "host:8443");
    BOOST_TEST_REQUIRE(head.has_value());
    BOOST_TEST(*head ==
               "GET /a?b=c HTTP/1.1\r\nHost: host:8443\r\nAccept: application/json\r\n\r\n");
    request posted = simple();
    posted.method = "POST";
    BOOST_TEST(encode_head(posted, "h")->find("Content-Length: 0\r\n") != std::string::npos);
    posted.method = "DELETE";
    BOOST_TEST(encode_head(posted, "h")->find("Content-Length") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_breaks_out_of_its_line) {
    const auto refused = [](auto change) {
        request message = simple();
        change(message);
        const auto head = encode_head(message, "h");
        return !head.has_value() && head.error().code == errc::invalid;
    };
    BOOST_TEST(refused([](request& m) { m.method = "GET /x"; }));
    BOOST_TEST(refused([](request& m) { m.method = ""; }));
    BOOST_TEST(refused([](request& m) { m.target = ""; }));
    BOOST_TEST(refused([](request& m) { m.target = "a"; }));
    BOOST_TEST(refused([](request& m) { m.target = "/a b"; }));
    BOOST_TEST(refused([](request& m) { m.target = "/a\r\nX: y"; }));
    BOOST_TEST(refused([](request& m) { m.target = "/\xC3\xA4"; }));
    BOOST_TEST(refused([](request& m) { m.fields[0].value = "x\r\nY: z"; }));
    BOOST_TEST(refused([](request& m) { m.fields[0].value = std::string("x\0y", 3); }));
    BOOST_TEST(refused([](request& m) { m.fields[0].name = "X: y"; }));
    BOOST_TEST(refused([](request& m) { m.fields[0].name = ""; }));
}

BOOST_AUTO_TEST_SUITE_END()
