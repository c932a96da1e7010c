#pragma once

#include <string_view>

namespace retraind {

/// How a complete file ends; exactly one of these, recorded before its source is touched.
enum class outcome {
    confirmed, ///< the service's image id is recorded
    duplicate, ///< the same content is there already, its tags ensured
    held_out,  ///< kept for judging models, never uploaded
    removed,   ///< a person took it out of the project
    rejected,  ///< set aside with a reason a person can act on
};

/// The word that the log, the ledger, `--once` and the metrics use: `held_out`.
[[nodiscard]] constexpr std::string_view to_string(outcome value) noexcept {
    switch (value) {
    case outcome::confirmed:
        return "confirmed";
    case outcome::duplicate:
        return "duplicate";
    case outcome::held_out:
        return "held_out";
    case outcome::removed:
        return "removed";
    case outcome::rejected:
        return "rejected";
    }
    return "unknown";
}

} // namespace retraind
