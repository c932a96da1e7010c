#pragma once

#include "retraind/base/clock.hpp"
#include "retraind/customvision/failure.hpp"

namespace retraind::pipeline {

/// How long a loop waits before it tries the same again. Pure: randomness comes in.
class patience {
public:
    patience() = default;
    /// How soon a refused key or a missing project is looked at again, and a limit.
    patience(duration look_at_key, duration look_at_limit)
        : look_at_key_(look_at_key), look_at_limit_(look_at_limit) {}

    /// The wait after one more failure: what the service asked for, in full; else full jitter over
    /// a span that doubles from 1 s to 5 min; a refused key or a missing project is looked at again
    /// every minute, a limit every five. `random` is uniform in [0, 1).
    [[nodiscard]] duration after(const customvision::failure& why, double random);
    void success() noexcept { failures_ = 0; }

private:
    duration look_at_key_ = std::chrono::minutes(1);
    duration look_at_limit_ = std::chrono::minutes(5);
    unsigned failures_ = 0;
};

/// Whether the same call may succeed later without a person: retry, throttled, shrink, a refused
/// key that is being replaced, a project that comes back.
[[nodiscard]] bool passes_by_itself(const customvision::failure& why);

} // namespace retraind::pipeline
