#include "retraind/retrain/training_governor.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::retrain {
namespace {

/// Whether `span` has passed since `then`. A time in the future means that the clock was set back,
/// which must not stop training for ever.
bool passed(const std::optional<wall_time>& then, duration span, wall_time now) {
    return !then || *then > now || now - *then >= span;
}

training_decision wait_until(wall_time when, std::string reason) {
    training_decision decision;
    decision.ask_again = when;
    decision.reason = std::move(reason);
    return decision;
}

std::string left(wall_time when, wall_time now) {
    const auto rest = std::chrono::ceil<std::chrono::seconds>(when - now);
    return format_duration(rest);
}

} // namespace

training_decision decide_training(const options& rules, const training_facts& facts,
                                  wall_time now) {
    training_decision decision;
    if (facts.confirmed < rules.after_images) {
        const std::uint64_t missing = rules.after_images - facts.confirmed;
        decision.reason = fmt::format("{} more picture{}", missing, missing == 1 ? "" : "s");
        return decision;
    }
    if (!passed(facts.last_training, rules.cooldown, now)) {
        const wall_time end = *facts.last_training + rules.cooldown;
        decision = wait_until(end, fmt::format("cooldown for another {}", left(end, now)));
        decision.closed = true;
        return decision;
    }
    const duration pause = std::max(rules.cooldown, retry_after_failure);
    if (facts.confirmed_since_failure == 0 && !passed(facts.last_failure, pause, now)) {
        const wall_time end = *facts.last_failure + pause;
        decision = wait_until(end, fmt::format("the last training failed; next try in {}, or with "
                                               "the next picture",
                                               left(end, now)));
        decision.closed = true;
        return decision;
    }
    if (!passed(facts.last_confirmed, rules.quiet_for, now)) {
        decision.never_quiet = passed(facts.first_confirmed, rules.quiet_at_most, now);
        if (!decision.never_quiet) {
            const wall_time end =
                std::min(*facts.last_confirmed + rules.quiet_for,
                         facts.first_confirmed.value_or(now) + rules.quiet_at_most);
            return wait_until(end, fmt::format("quiet for another {}", left(end, now)));
        }
    }
    decision.train = true;
    decision.reason =
        fmt::format("{} pictures since the last training", format_count(facts.confirmed));
    return decision;
}

} // namespace retraind::retrain
