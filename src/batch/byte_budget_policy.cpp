#include "retraind/batch/byte_budget_policy.hpp"

#include <algorithm>

namespace retraind::batch {

byte_budget_policy::byte_budget_policy(std::uint64_t max_bytes)
    : max_(std::max<std::uint64_t>(max_bytes, 1)), current_(max_) {}

void byte_budget_policy::on_too_large() noexcept {
    current_ = std::max<std::uint64_t>(current_ / 2, 1);
}

void byte_budget_policy::on_success(std::uint64_t sent_bytes) noexcept {
    if (sent_bytes < current_ / 2) {
        return;
    }
    const std::uint64_t rise = std::max<std::uint64_t>(max_ / 32, 1);
    current_ += std::min(rise, max_ - current_);
}

} // namespace retraind::batch
