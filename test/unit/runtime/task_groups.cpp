#include <stdexcept>

#include <boost/test/unit_test.hpp>

#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/task_group.hpp"
#include "support/run_task.hpp"

using namespace retraind;
using namespace std::chrono_literals;
using retraind::testing::run_task;

namespace {

task<void> until_stopped(runtime::stop_signal& stop, int& ended) {
    co_await stop.sleep_for(20s);
    ++ended;
}

task<void> broken() {
    throw std::runtime_error("a bug");
    co_return;
}

} // namespace

BOOST_AUTO_TEST_SUITE(task_groups)

BOOST_AUTO_TEST_CASE(wait_returns_when_every_member_has_ended) {
    boost::asio::io_context loop(1);
    runtime::stop_signal stop(loop.get_executor());
    runtime::task_group group(loop.get_executor(), [](const std::exception_ptr&) {});
    int ended = 0;
    group.spawn(until_stopped(stop, ended));
    group.spawn(until_stopped(stop, ended));
    BOOST_TEST(group.running() == 2U);
    boost::asio::post(loop, [&stop] { stop.request(); });
    run_task(loop, group.wait(), 5s);
    BOOST_TEST(ended == 2);
    run_task(loop, group.wait(), 5s);
}

BOOST_AUTO_TEST_CASE(an_exception_is_handed_over_and_counts_as_an_end) {
    boost::asio::io_context loop(1);
    std::exception_ptr thrown;
    runtime::task_group group(loop.get_executor(),
                              [&thrown](const std::exception_ptr& what) { thrown = what; });
    group.spawn(broken());
    run_task(loop, group.wait(), 5s);
    BOOST_CHECK_THROW(std::rethrow_exception(thrown), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
