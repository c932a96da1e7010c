#include <future>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include "sandbox/service/fetcher.hpp"
#include "unit/sandbox_service/picture_server.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;

namespace {

struct fixture {
    temporary_folder folder;
    fetch_limits limits = small_limits();

    static fetch_limits small_limits() {
        fetch_limits limits;
        limits.bytes = 1000;
        return limits;
    }

    [[nodiscard]] fetched one(const std::string& address) const {
        return fetcher(folder.path() / "ca.pem").fetch({address}, limits).front();
    }
};

sandbox::http::response redirect(const std::string& to) {
    sandbox::http::response answer;
    answer.status = 302;
    answer.headers.push_back({"Location", to});
    return answer;
}

bool has_failed(const fetched& given) {
    return given.ended == fetched::result::failed && given.bytes.empty();
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(fetching, fixture)

BOOST_AUTO_TEST_CASE(what_is_there_arrives_in_order) {
    picture_server server(folder.path());
    std::vector<std::string> addresses;
    for (int i = 0; i < 40; ++i) {
        addresses.push_back(server.put("p" + std::to_string(i), std::to_string(i)));
    }
    const auto all = fetcher({}).fetch(addresses, limits);
    BOOST_REQUIRE_EQUAL(all.size(), 40U);
    for (int i = 0; i < 40; ++i) {
        BOOST_TEST((all[static_cast<std::size_t>(i)].ended == fetched::result::arrived));
        BOOST_TEST(all[static_cast<std::size_t>(i)].bytes == std::to_string(i));
    }
}

BOOST_AUTO_TEST_CASE(what_never_answers_is_given_up_when_it_is_stopped) {
    boost::asio::io_context loop;
    // Connections wait in its queue, and nobody takes them.
    const boost::asio::ip::tcp::acceptor silent(loop, {boost::asio::ip::address_v4::loopback(), 0});
    limits.one = limits.all = std::chrono::hours(1);
    fetcher addresses({});
    const std::string address =
        "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/a.png";
    auto given =
        std::async(std::launch::async, [&] { return addresses.fetch({address}, limits).front(); });
    addresses.stop();
    BOOST_TEST(has_failed(given.get()));
}

BOOST_AUTO_TEST_CASE(a_body_may_be_as_long_as_the_limit_and_no_longer) {
    picture_server server(folder.path());
    BOOST_TEST(one(server.put("fits", std::string(1000, 'x'))).bytes.size() == 1000U);
    const fetched longer = one(server.put("longer", std::string(1001, 'x')));
    BOOST_TEST((longer.ended == fetched::result::too_large));
    BOOST_TEST(longer.bytes.empty());
}

BOOST_AUTO_TEST_CASE(an_error_answer_is_no_picture) {
    picture_server server(folder.path());
    BOOST_TEST(has_failed(one(server.address_of("nothing"))));
}

BOOST_AUTO_TEST_CASE(only_http_and_https) {
    picture_server server(folder.path());
    for (const std::string& address :
         {std::string("file:///etc/hostname"), std::string("ftp://127.0.0.1/x"), std::string(),
          std::string("http://"), std::string("127.0.0.1/x"), std::string("/x"),
          server.put("ok", "x") + std::string(1, '\0') + "y",
          server.put("to_file", redirect("file:///etc/hostname"))}) {
        BOOST_TEST(has_failed(one(address)), address);
    }
}

BOOST_AUTO_TEST_CASE(redirects_are_followed_five_times) {
    picture_server server(folder.path());
    server.put("r0", "end");
    for (int i = 1; i <= 6; ++i) {
        server.put("r" + std::to_string(i),
                   redirect(server.address_of("r" + std::to_string(i - 1))));
    }
    BOOST_TEST(one(server.address_of("r5")).bytes == "end");
    BOOST_TEST(has_failed(one(server.address_of("r6"))));
}

BOOST_AUTO_TEST_CASE(certificates_count) {
    picture_server server(folder.path(), picture_server::transport::tls);
    const std::string address = server.put("p", "secret");
    BOOST_TEST(one(address).bytes == "secret");
    BOOST_TEST(has_failed(fetcher(folder.path() / "other.pem").fetch({address}, limits).front()));
}

BOOST_AUTO_TEST_CASE(silence_ends_after_its_time_and_holds_up_nobody_else) {
    picture_server server(folder.path());
    limits.one = std::chrono::milliseconds(300);
    const auto all = fetcher({}).fetch({server.put_silence("s"), server.put("p", "x")}, limits);
    BOOST_TEST(has_failed(all[0]));
    BOOST_TEST(all[1].bytes == "x");
}

BOOST_AUTO_TEST_CASE(a_call_ends_after_its_time) {
    picture_server server(folder.path());
    limits.all = std::chrono::milliseconds(300);
    limits.at_once = 1;
    const auto all = fetcher({}).fetch({server.put_silence("s"), server.put("p", "x")}, limits);
    BOOST_TEST(has_failed(all[0]));
    BOOST_TEST(has_failed(all[1]));
}

BOOST_AUTO_TEST_CASE(no_addresses_no_results) {
    BOOST_TEST(fetcher({}).fetch({}, limits).empty());
}

BOOST_AUTO_TEST_SUITE_END()
