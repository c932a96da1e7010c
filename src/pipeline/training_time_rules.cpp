#include "retraind/pipeline/training_time_rules.hpp"

#include <algorithm>

namespace retraind::pipeline {

wall_time month_begin(wall_time at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    return std::chrono::sys_days(day.year() / day.month() / 1);
}

std::chrono::seconds used_this_month(std::span<const ledger::training_use> trainings,
                                     wall_time now) {
    const wall_time begin = month_begin(now);
    std::chrono::seconds sum{0};
    for (const ledger::training_use& each : trainings) {
        if (month_begin(each.intended_at) == begin) {
            sum += each.used;
        }
    }
    return sum;
}

std::chrono::seconds time_since(wall_time intended, wall_time now) {
    const auto passed = std::chrono::floor<std::chrono::seconds>(now - intended);
    return std::max(passed, std::chrono::seconds(0));
}

std::optional<std::chrono::seconds> time_used(const customvision::iteration& trained,
                                              wall_time intended, wall_time now) {
    if (trained.training_time.count() > 0) {
        return trained.training_time;
    }
    if (!trained.trained_at || trained.created == wall_time{}) {
        return std::nullopt;
    }
    const auto took =
        std::chrono::round<std::chrono::seconds>(*trained.trained_at - trained.created);
    return std::clamp(took, std::chrono::seconds(0), time_since(intended, now));
}

} // namespace retraind::pipeline
