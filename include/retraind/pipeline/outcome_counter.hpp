#pragma once

#include <algorithm>
#include <cstdint>

#include "retraind/base/outcome.hpp"
#include "retraind/base/status.hpp"

namespace retraind::pipeline {

/// The total that a file or a line with that outcome adds to.
[[nodiscard]] inline std::uint64_t& counter_of(outcome_totals& totals, outcome result) {
    switch (result) {
    case outcome::confirmed:
        return totals.confirmed;
    case outcome::duplicate:
        return totals.duplicate;
    case outcome::held_out:
        return totals.held_out;
    case outcome::removed:
        return totals.removed;
    case outcome::rejected:
        break;
    }
    return totals.rejected;
}

/// Rejected files that were judged anew, or are to be, count as what they come to.
inline void take_off_rejected(outcome_totals& totals, std::uint64_t files) {
    totals.rejected -= std::min(totals.rejected, files);
}

} // namespace retraind::pipeline
