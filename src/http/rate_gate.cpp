#include "retraind/http/rate_gate.hpp"

#include "retraind/http/rate_budget.hpp"
#include "retraind/runtime/notifier.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace retraind::http {

/// Who waits, in the order they came. Only the first one tries; it wakes the next as it goes.
class rate_gate::queue {
public:
    queue(boost::asio::any_io_executor loop, rate_options options)
        : loop_(std::move(loop)), budget_(options, std::chrono::steady_clock::now()) {}

    [[nodiscard]] const boost::asio::any_io_executor& loop() const noexcept { return loop_; }
    [[nodiscard]] rate_budget& budget() noexcept { return budget_; }
    [[nodiscard]] bool is_first(const runtime::notifier& waiter) const {
        return waiting_.front() == &waiter;
    }

    void enter(runtime::notifier& waiter) { waiting_.push_back(&waiter); }

    void leave(const runtime::notifier& waiter) {
        waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &waiter));
        wake_first();
    }

    void give_back() {
        budget_.give_back();
        wake_first();
    }

    /// A gate was closed: each looks whether it was its own.
    void wake_all() {
        for (runtime::notifier* waiter : waiting_) {
            waiter->notify();
        }
    }

private:
    void wake_first() {
        if (!waiting_.empty()) {
            waiting_.front()->notify();
        }
    }

    boost::asio::any_io_executor loop_;
    rate_budget budget_;
    std::deque<runtime::notifier*> waiting_;
};

/// One who waits; leaves the line however its coroutine ends.
class rate_gate::place {
public:
    explicit place(queue& line) : line_(line), called_(line.loop()) { line_.enter(called_); }
    ~place() { line_.leave(called_); }
    place(const place&) = delete;
    place& operator=(const place&) = delete;

    [[nodiscard]] bool take(mono_time now) {
        return line_.is_first(called_) && line_.budget().take(now);
    }

    [[nodiscard]] mono_time next_try(mono_time now) const {
        if (!line_.is_first(called_)) {
            return mono_time::max();
        }
        return line_.budget().next(now).value_or(mono_time::max());
    }

    [[nodiscard]] runtime::notifier& called() noexcept { return called_; }

private:
    queue& line_;
    runtime::notifier called_;
};

rate_gate::rate_gate(boost::asio::any_io_executor loop, rate_options options)
    : queue_(std::make_shared<queue>(std::move(loop), options)) {}

rate_gate::rate_gate(std::shared_ptr<queue> same_line) : queue_(std::move(same_line)) {}

rate_gate::~rate_gate() {
    close();
}

rate_gate rate_gate::branch() const {
    return rate_gate(queue_);
}

task<rate_gate::turn> rate_gate::take() {
    return wait_in(queue_, closed_);
}

task<rate_gate::turn> rate_gate::wait_in(std::shared_ptr<queue> line,
                                         std::shared_ptr<const bool> closed) {
    place here(*line);
    while (!*closed) {
        const mono_time now = std::chrono::steady_clock::now();
        if (here.take(now)) {
            co_return turn(line);
        }
        const mono_time next = here.next_try(now);
        co_await here.called().wait_until(next);
    }
    co_return turn();
}

void rate_gate::pause_until(mono_time until) {
    queue_->budget().pause_until(until);
}

void rate_gate::close() {
    *closed_ = true;
    queue_->wake_all();
}

void rate_gate::change(rate_options options) {
    queue_->budget().change(options, std::chrono::steady_clock::now());
    queue_->wake_all();
}

rate_gate::turn::~turn() {
    give_back();
}

rate_gate::turn& rate_gate::turn::operator=(turn&& other) noexcept {
    if (this != &other) {
        give_back();
        queue_ = std::move(other.queue_);
    }
    return *this;
}

void rate_gate::turn::give_back() noexcept {
    if (const auto of = std::exchange(queue_, nullptr)) {
        of->give_back();
    }
}

} // namespace retraind::http
