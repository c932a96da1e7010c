#pragma once

#include <optional>
#include <vector>

#include "retraind/batch/batch_planner.hpp"

namespace retraind::batch {

/// Finds whom a batch was refused for as a whole (400): halves are sent, and halved again where
/// they are refused, until each culprit is alone; all others go through. Parts come in the batch's
/// order. A batch of n with one culprit costs at most 2 log2 n further requests, rounded up.
class bisection_planner {
public:
    /// `refused` is the batch that the service did not take.
    explicit bisection_planner(std::vector<item_id> refused);

    /// What to send now, the same until it is answered; nothing once all are settled.
    [[nodiscard]] std::optional<std::vector<item_id>> next() const;

    /// The part from `next` went through.
    void on_accepted();

    /// The part from `next` was refused as a whole.
    void on_refused();

    /// A picture that need not be sent any more; it may be part of `next`.
    void remove(item_id id);

    /// Those that were refused alone.
    [[nodiscard]] const std::vector<item_id>& culprits() const noexcept { return culprits_; }

    /// All that are not settled, in the batch's order.
    [[nodiscard]] std::vector<item_id> pending() const;

private:
    void split_or_blame(std::vector<item_id> part);

    std::vector<std::vector<item_id>> parts_; ///< the next one is the last
    std::vector<item_id> culprits_;
};

} // namespace retraind::batch
