#pragma once

#include <deque>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/http/options.hpp"
#include "retraind/http/rate_budget.hpp"
#include "retraind/runtime/notifier.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// Where every request of one key waits for its turn: the shell around `rate_budget`. First come,
/// first served. Loop only.
class rate_gate {
public:
    /// A request's place among those in flight, given back when it goes.
    class turn;

    rate_gate(boost::asio::any_io_executor loop, rate_options options);

    /// Waits for a turn. Gives an empty turn (false) when `close` was called.
    [[nodiscard]] task<turn> take();
    /// Nothing is sent before then: what a 429 asked for holds for the whole key.
    void pause_until(mono_time until);
    /// Ends all who wait, and all who come.
    void close();
};

} // namespace retraind::http
