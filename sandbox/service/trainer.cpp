#include "sandbox/service/trainer.hpp"

#include "sandbox/service/training_job.hpp"

namespace sandbox::service {

trainer::trainer(state& in) : state_(in) {
    {
        const std::scoped_lock lock(in.guard);
        for (iteration& each : in.iterations.all_in_training()) {
            waiting_.push_back(std::move(each));
        }
    }
    thread_ = std::thread([this] { work(); });
}

trainer::~trainer() {
    stop();
}

void trainer::enqueue(const iteration& waiting) {
    const std::scoped_lock lock(guard_);
    waiting_.push_back(waiting);
    has_work_.notify_one();
}

void trainer::stop() {
    {
        const std::scoped_lock lock(guard_);
        is_stopping_ = true;
        has_work_.notify_one();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

void trainer::work() {
    for (;;) {
        iteration next;
        {
            std::unique_lock lock(guard_);
            has_work_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
            if (is_stopping_) {
                return;
            }
            next = std::move(waiting_.front());
            waiting_.pop_front();
        }
        run_training(state_, next, is_stopping_);
    }
}

} // namespace sandbox::service
