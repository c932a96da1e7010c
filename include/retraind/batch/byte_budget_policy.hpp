#pragma once

#include <cstdint>

namespace retraind::batch {

/// How many bytes a request's body may have, learned: 408, 413, a time-out and a reset in the
/// middle of a body halve it, success raises it slowly. No byte limit is documented; about 60 MB
/// were answered 408 (CONTRACT.md fact 11).
class byte_budget_policy {
public:
    /// `max_bytes` is what the configuration allows, and the start.
    explicit byte_budget_policy(std::uint64_t max_bytes);

    /// Of the body as it is sent. May be smaller than any picture: one alone is always sent.
    [[nodiscard]] std::uint64_t current() const noexcept { return current_; }

    /// A body was refused for its size, or was never answered.
    void on_too_large() noexcept;

    /// A body of `sent_bytes` was answered. Only one that filled at least half of the budget proves
    /// something; it raises the budget by a thirty-second of the maximum.
    void on_success(std::uint64_t sent_bytes) noexcept;

private:
    std::uint64_t max_;
    std::uint64_t current_;
};

} // namespace retraind::batch
