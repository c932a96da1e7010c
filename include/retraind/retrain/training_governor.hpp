#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/retrain/options.hpp"

namespace retraind::retrain {

/// What is known about a project when it is asked whether to train. Times are wall times, because
/// they come from the ledger and outlive restarts.
struct training_facts {
    std::uint64_t confirmed = 0;              ///< pictures no training has seen
    std::optional<wall_time> first_confirmed; ///< the oldest of them
    std::optional<wall_time> last_confirmed;  ///< the newest
    std::optional<wall_time> last_training;   ///< begun here or by a stranger
    std::optional<wall_time> last_failure;    ///< of the newest attempt, where that one failed
    /// Pictures confirmed since the attempt that failed.
    std::uint64_t confirmed_since_failure = 0;
};

/// Whether to train now, and else why not and when to ask again.
struct training_decision {
    bool train = false;
    std::string reason;                 ///< for people: "12 more pictures"
    std::optional<wall_time> ask_again; ///< nothing: when more pictures are confirmed
    /// The condition that no waiting in this run can meet: `--once` does not wait for a cooldown.
    bool closed = false;
    bool never_quiet = false; ///< quiet_at_most decided
};

/// How long after a failed training the next is tried at the soonest, whatever the cooldown.
inline constexpr duration retry_after_failure = std::chrono::minutes(10);

[[nodiscard]] training_decision decide_training(const options& rules, const training_facts& facts,
                                                wall_time now);

} // namespace retraind::retrain
