#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "retraind/base/clock.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::pipeline {

/// When the month of `at` began, UTC.
[[nodiscard]] wall_time month_begin(wall_time at);

/// What the trainings that began in the month of `now` (UTC) took together.
[[nodiscard]] std::chrono::seconds used_this_month(std::span<const ledger::training_use> trainings,
                                                   wall_time now);

/// What an iteration's training took: what the service bills, else the time from its beginning to
/// its end by the service's clock; nothing where it says neither. The service can make an iteration
/// hours before it trains, so that time is at most what went by since the training was `intended`.
[[nodiscard]] std::optional<std::chrono::seconds> time_used(const customvision::iteration& trained,
                                                            wall_time intended, wall_time now);

/// What went by since a training was intended; none where the clock was set back.
[[nodiscard]] std::chrono::seconds time_since(wall_time intended, wall_time now);

} // namespace retraind::pipeline
