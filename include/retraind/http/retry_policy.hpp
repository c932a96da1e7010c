#pragma once

#include <optional>

#include "retraind/base/clock.hpp"

namespace retraind::http {

/// How long to wait before the same is tried again, after how many failures in a row. Pure.
class retry_policy {
public:
    retry_policy() = default;
    retry_policy(duration first, duration most) : first_(first), most_(most) {}

    /// Full jitter: anything from nothing to a span that doubles with every failure, from 1 s to
    /// 5 min. `failures` counts from 1; `random` is uniform in [0, 1). What the service asked for
    /// (`asked`, above zero) is waited for in full instead.
    [[nodiscard]] duration wait(unsigned failures, double random,
                                std::optional<duration> asked) const;
    /// The span that the jitter is taken from.
    [[nodiscard]] duration span(unsigned failures) const;

private:
    duration first_ = std::chrono::seconds(1);
    duration most_ = std::chrono::minutes(5);
};

} // namespace retraind::http
