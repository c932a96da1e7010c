#pragma once

#include <csignal>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <type_traits>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/customvision/training_client.hpp"
#include "retraind/http/rate_gate.hpp"
#include "retraind/http/transport.hpp"
#include "retraind/pipeline/key_store.hpp"

namespace retraind::pipeline {

/// Makes the transport of a session on its loop.
using transport_maker =
    std::function<std::unique_ptr<http::transport>(const boost::asio::any_io_executor& loop)>;

/// What a command that ends by itself needs to talk with the service: loop, key, rate gate and
/// client, without a daemon. JSON is what it asks for and sends, whatever the configuration says.
/// `wanted` and `events` outlive it; one thread.
class service_session {
public:
    service_session(const config::service_block& wanted, event_sink& events);
    /// For tests, and for who needs another transport.
    service_session(const config::service_block& wanted, event_sink& events,
                    const transport_maker& make);
    /// Lets idle connections say goodbye, for a moment.
    ~service_session();
    service_session(const service_session&) = delete;
    service_session& operator=(const service_session&) = delete;

    /// A key that was read before; `open` reads none then.
    void take(secret key) { key_.take(std::move(key)); }
    /// Reads the key. The error says where it was looked for and how that is mended. Blocks.
    [[nodiscard]] result<void> open();

    [[nodiscard]] customvision::training_client& client() noexcept { return client_; }
    [[nodiscard]] const clock& time() const noexcept { return time_; }
    [[nodiscard]] boost::asio::any_io_executor loop() { return loop_.get_executor(); }

    /// Runs a coroutine to its end and returns its value; what it throws comes out here. SIGINT and
    /// SIGTERM make every call under way and to come fail as abandoned, so that the coroutine ends
    /// early; outside of `run` they do what they do by default.
    template <class T>
    T run(task<T> work);
    /// Whether a signal ended the last `run` early.
    [[nodiscard]] bool interrupted() const noexcept { return interrupted_; }

private:
    /// Turns the loop until `done`.
    void turn(const bool& done);

    boost::asio::io_context loop_{1};
    const clock& time_ = system_clock();
    key_store key_;
    std::mt19937_64 random_{std::random_device()()};
    std::unique_ptr<http::transport> transport_;
    http::rate_gate gate_;
    customvision::training_client client_;
    bool interrupted_ = false;
};

template <class T>
T service_session::run(task<T> work) {
    static_assert(!std::is_void_v<T>, "a command has a result");
    std::optional<T> value;
    std::exception_ptr thrown;
    bool done = false;
    boost::asio::co_spawn(
        loop_,
        [](task<T> inner, std::optional<T>& into) -> task<> {
            T got = co_await std::move(inner);
            into.emplace(std::move(got));
        }(std::move(work), value),
        [&](std::exception_ptr by) {
            thrown = std::move(by);
            done = true;
        });
    turn(done);
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    return std::move(*value);
}

} // namespace retraind::pipeline
