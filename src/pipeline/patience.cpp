#include "retraind/pipeline/patience.hpp"

#include <algorithm>

#include "retraind/http/retry_policy.hpp"

namespace retraind::pipeline {

using customvision::verdict;

bool passes_by_itself(const customvision::failure& why) {
    switch (why.meaning) {
    case verdict::retry:
    case verdict::throttled:
    case verdict::shrink:
    case verdict::unauthorised:
    case verdict::missing_project:
    case verdict::abandoned:
        return true;
    case verdict::refused_batch:
    case verdict::state:
    case verdict::needs_data:
    case verdict::needs_operator:
        return false;
    }
    return false;
}

duration patience::after(const customvision::failure& why, double random) {
    ++failures_;
    const duration wait = http::retry_policy().wait(failures_, random, why.retry_after);
    switch (why.meaning) {
    case verdict::unauthorised:
    case verdict::missing_project:
        return std::max(wait, look_at_key_);
    case verdict::needs_operator:
        return std::max(wait, look_at_limit_);
    default:
        return wait;
    }
}

} // namespace retraind::pipeline
