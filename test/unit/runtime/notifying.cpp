#include <boost/test/unit_test.hpp>

#include "retraind/runtime/notifier.hpp"
#include "support/run_task.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::run_task;

namespace {

auto far() {
    return std::chrono::steady_clock::now() + 20s;
}

task<bool> wait(runtime::notifier& wakeup, mono_time deadline) {
    co_return co_await wakeup.wait_until(deadline);
}

} // namespace

BOOST_AUTO_TEST_SUITE(notifying)

BOOST_AUTO_TEST_CASE(a_notification_before_the_wait_is_kept_and_used_once) {
    boost::asio::io_context loop(1);
    runtime::notifier wakeup(loop.get_executor());
    wakeup.notify();
    wakeup.notify();
    BOOST_TEST(run_task(loop, wait(wakeup, far())));
    BOOST_TEST(!run_task(loop, wait(wakeup, std::chrono::steady_clock::now())));
}

BOOST_AUTO_TEST_CASE(a_notification_during_the_wait_ends_it) {
    boost::asio::io_context loop(1);
    runtime::notifier wakeup(loop.get_executor());
    boost::asio::post(loop, [&wakeup] { wakeup.notify(); });
    BOOST_TEST(run_task(loop, wait(wakeup, far()), 5s));
}

BOOST_AUTO_TEST_CASE(the_deadline_ends_it_without_one) {
    boost::asio::io_context loop(1);
    runtime::notifier wakeup(loop.get_executor());
    BOOST_TEST(!run_task(loop, wait(wakeup, std::chrono::steady_clock::now() + 1ms), 5s));
}

BOOST_AUTO_TEST_SUITE_END()
