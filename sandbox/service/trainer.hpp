#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "sandbox/service/state.hpp"

namespace sandbox::service {

/// Trains iterations on a thread of its own, one after the other.
class trainer {
public:
    /// Takes up the trainings that the last run of the program left. `in` outlives this.
    explicit trainer(state& in);
    ~trainer();
    trainer(const trainer&) = delete;
    trainer& operator=(const trainer&) = delete;

    void enqueue(const iteration& waiting);
    /// Ends the thread; what is not finished is done again by the next run of the program.
    void stop();

private:
    void work();

    state& state_;
    std::atomic<bool> is_stopping_ = false;
    std::mutex guard_;
    std::condition_variable has_work_;
    std::deque<iteration> waiting_;
    std::thread thread_; ///< last: the others are there when it starts
};

} // namespace sandbox::service
