#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/http/options.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// Where every request of one key waits for its turn: the shell around `rate_budget`. First come,
/// first served. Loop only; turns and waiting calls may outlive it.
class rate_gate {
public:
    /// A request's place among those in flight, given back when it goes.
    class turn;

    rate_gate(boost::asio::any_io_executor loop, rate_options options);
    ~rate_gate();
    rate_gate(const rate_gate&) = delete;
    rate_gate& operator=(const rate_gate&) = delete;

    /// Another gate to the same line and the same budget, which is closed alone.
    [[nodiscard]] rate_gate branch() const;
    /// Waits for a turn. Gives an empty turn (false) when `close` was called.
    [[nodiscard]] task<turn> take();
    /// Nothing is sent before then: what a 429 asked for holds for the whole key.
    void pause_until(mono_time until);
    /// Ends all who wait at this gate, and all who come.
    void close();
    /// Other options from now on; what was used up of the old ones stays used up.
    void change(rate_options options);

private:
    class queue;
    class place;
    explicit rate_gate(std::shared_ptr<queue> same_line);
    /// A coroutine of its own parameters, so that it may outlive the gate.
    static task<turn> wait_in(std::shared_ptr<queue> line, std::shared_ptr<const bool> closed);

    std::shared_ptr<queue> queue_;
    std::shared_ptr<bool> closed_ = std::make_shared<bool>(false);
};

class rate_gate::turn {
public:
    turn() = default;
    ~turn();
    turn(turn&& other) noexcept = default;
    turn& operator=(turn&& other) noexcept;
    turn(const turn&) = delete;
    turn& operator=(const turn&) = delete;

    [[nodiscard]] explicit operator bool() const noexcept { return queue_ != nullptr; }

private:
    friend class rate_gate;
    explicit turn(std::shared_ptr<queue> of) noexcept : queue_(std::move(of)) {}
    void give_back() noexcept;

    std::shared_ptr<queue> queue_;
};

} // namespace retraind::http
