#include <boost/test/unit_test.hpp>

#include "retraind/runtime/stop_signal.hpp"
#include "support/run_task.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::run_task;

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(every_listener_hears_the_request_once) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    int first = 0;
    int gone = 0;
    const auto kept = stop.subscribe([&first] { ++first; });
    {
        const auto dropped = stop.subscribe([&gone] { ++gone; });
    }
    BOOST_TEST(!stop.requested());
    stop.request();
    stop.request();
    BOOST_TEST(stop.requested());
    BOOST_TEST(first == 1);
    BOOST_TEST(gone == 0);
    int late = 0;
    const auto after = stop.subscribe([&late] { ++late; });
    BOOST_TEST(late == 1);
}

BOOST_AUTO_TEST_CASE(a_listener_may_drop_its_own_subscription) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    runtime::stop_signal::subscription own;
    own = stop.subscribe([&own] { own = {}; });
    stop.request();
    BOOST_TEST(stop.requested());
}

BOOST_AUTO_TEST_CASE(a_sleep_ends_at_the_request) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    boost::asio::post(loop, [&stop] { stop.request(); });
    BOOST_TEST(run_task(loop, stop.sleep_for(20s), 5s));
    BOOST_TEST(run_task(loop, stop.sleep_for(20s), 5s));
}

BOOST_AUTO_TEST_CASE(a_sleep_ends_by_itself) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    BOOST_TEST(!run_task(loop, stop.sleep_for(1ms), 5s));
}

BOOST_AUTO_TEST_CASE(hurry_ends_every_sleep_and_stops_nothing) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    stop.hurry(); // nobody sleeps, and it is not kept for later
    int woken = 0;
    const auto sleep = [&]() -> task<> {
        const bool stopping = co_await stop.sleep_for(20s);
        woken += stopping ? 100 : 1;
    };
    for (int each = 0; each < 2; ++each) {
        boost::asio::co_spawn(loop, sleep, [](std::exception_ptr thrown) { BOOST_TEST(!thrown); });
    }
    loop.poll();
    BOOST_TEST(woken == 0);
    stop.hurry();
    loop.restart();
    loop.run_for(5s);
    BOOST_TEST(woken == 2);
    BOOST_TEST(!stop.requested());
}

BOOST_AUTO_TEST_SUITE_END()
