#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::retrain {

/// The part of an iteration that decisions need.
struct iteration_view {
    iteration_id id;
    std::string status; ///< the service's word
    std::optional<std::string> publish_name;
};

enum class progress { untrained, running, completed, failed };

/// What a status means. The service's statuses are an open enumeration: what is unknown counts as
/// running, bounded by the deadline (CONTRACT.md section 3).
[[nodiscard]] progress progress_of(std::string_view status);

/// What an intent remembers: the iterations that had been trained, or were being trained, before
/// it. One that is `New` is left out: the service hands out its id before it is trained, and the
/// next training is that iteration (recorded: an iteration's `created` lies before its train call).
[[nodiscard]] std::vector<iteration_id>
iterations_before(const std::vector<iteration_view>& iterations);

/// After an unclear answer or a restart: the iteration that our own train call made, which is one
/// that the intent did not know; nothing where the call never arrived.
[[nodiscard]] std::optional<iteration_view>
recognise_own(const std::vector<iteration_id>& known,
              const std::vector<iteration_view>& iterations);

/// An iteration that somebody else is training; it is waited for.
[[nodiscard]] std::optional<iteration_view>
find_running(const std::vector<iteration_view>& iterations);

/// How long to wait before the next look at a training that has run for so long: from a second,
/// growing to ten.
[[nodiscard]] duration poll_interval(duration running_for);

} // namespace retraind::retrain
