#include "retraind/http/retry_policy.hpp"

#include <algorithm>

namespace retraind::http {

duration retry_policy::span(unsigned failures) const {
    duration grown = first_;
    for (unsigned doubled = 1; doubled < failures && grown < most_; ++doubled) {
        grown *= 2;
    }
    return std::min(grown, most_);
}

duration retry_policy::wait(unsigned failures, double random, std::optional<duration> asked) const {
    if (asked && *asked > duration::zero()) {
        return *asked;
    }
    const double share = std::clamp(random, 0.0, 1.0);
    const auto whole = static_cast<double>(span(failures).count());
    return duration(static_cast<duration::rep>(whole * share));
}

} // namespace retraind::http
