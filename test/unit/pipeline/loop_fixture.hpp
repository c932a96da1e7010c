#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include "memory_ledger.hpp"
#include "recording.hpp"
#include "retraind/pipeline/project_identity.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/runtime/task_group.hpp"
#include "scripted_service.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

/// Stands still until a test moves it.
class still_clock final : public clock {
public:
    [[nodiscard]] mono_time now() const noexcept override { return at; }
    [[nodiscard]] wall_time wall() const noexcept override { return wall_at; }

    mono_time at = std::chrono::steady_clock::now();
    wall_time wall_at{std::chrono::hours(500'000)};
};

/// What the loops of one project need: a scripted service behind the real client, a ledger in
/// memory, and no randomness, so that no wait of ours takes time.
struct loop_fixture {
    explicit loop_fixture(std::string version = "v3.3", std::string media_type = "application/json")
        : client(
              service, gate, [] { return secret("0123456789abcdef"); }, events, time,
              [] { return 0.0; },
              {"", std::move(version), duration::zero(), std::move(media_type)}) {}

    template <class T>
    T run(task<T> work) {
        return run_task(loop, std::move(work));
    }

    /// Runs a loop that does not end by itself until `reached`, then has it end.
    void run_until(task<> work, const std::function<bool()>& reached) {
        std::exception_ptr failure;
        bool ended = false;
        boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr thrown) {
            failure = thrown;
            ended = true;
        });
        loop.restart();
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        const auto step = [&] {
            return loop.run_one_until(deadline) > 0;
        };
        while (!ended && !reached() && step()) {
        }
        const bool in_time = reached();
        stop.request();
        while (!ended && step()) {
        }
        if (failure) {
            std::rethrow_exception(failure);
        }
        BOOST_TEST(in_time, "what was waited for did not come");
        BOOST_TEST_REQUIRE(ended, "the loop did not end");
    }

    /// Several loops that run beside one another, as one.
    task<> all_of(std::vector<task<void>> loops) {
        runtime::task_group group(loop.get_executor(), [](const std::exception_ptr& thrown) {
            std::rethrow_exception(thrown);
        });
        for (task<void>& each : loops) {
            group.spawn(std::move(each));
        }
        co_await group.wait();
    }

    /// Everything ends as soon as this is said.
    void stop_at(event_name name) {
        events.on_event = [this, name](const event& happened) {
            if (happened.name == name) {
                stop.request();
            }
        };
    }

    /// The calls and the ledger's writes in their order, and no more.
    void check_journal(const std::vector<std::string>& wanted) const {
        BOOST_TEST(journal == wanted, boost::test_tools::per_element());
        BOOST_TEST(service.left() == 0U, "calls that were expected did not come");
    }

    boost::asio::io_context loop;
    still_clock time;
    event_recorder events;
    runtime::stop_signal stop{loop.get_executor()};
    std::vector<std::string> journal;
    scripted_service service{stop, journal};
    http::rate_gate gate{loop.get_executor(), http::rate_options{1000000, 2}};
    customvision::training_client client;
    memory_ledger memory{journal};
    unsigned key_reads = 0;
    pipeline::shared common{loop.get_executor(),
                            time,
                            events,
                            stop,
                            client,
                            memory,
                            [] { return 0.0; },
                            [this] {
                                return reload_key();
                            }};
    pipeline::service_contact contact;
    pipeline::readiness health{events, "cats"};
    pipeline::project_identity project{"cats", numbered<project_id>(1)};

private:
    task<result<void>> reload_key() {
        ++key_reads;
        co_return result<void>();
    }
};

} // namespace retraind::testing
