#include "retraind/pipeline/url_line_tracker.hpp"
#include "retraind/pipeline/outcome_counter.hpp"

#include <utility>

namespace retraind::pipeline {

void url_line_tracker::settle(const std::vector<intake::list_line>& lines,
                              const line_outcome& what) {
    bool first = true;
    for (const intake::list_line& each : lines) {
        line_outcome own = what;
        if (!first && !each.has_region && own.result == outcome::confirmed) {
            own.result = outcome::duplicate;
        }
        first = false;
        put(each.ordinal, own);
    }
}

void url_line_tracker::reject(std::uint32_t ordinal, std::string reason) {
    put(ordinal, {outcome::rejected, std::nullopt, std::move(reason)});
}

void url_line_tracker::hold(const std::vector<intake::list_line>& lines) {
    for (const intake::list_line& each : lines) {
        line& here = lines_.at(each.ordinal);
        if (here.now == state::open) {
            here.now = state::held;
            ++held_;
        }
    }
}

void url_line_tracker::put(std::uint32_t ordinal, const line_outcome& what) {
    line& here = lines_.at(ordinal);
    if (here.now == state::settled) {
        return;
    }
    held_ -= here.now == state::held ? 1 : 0;
    ++settled_;
    here.now = state::settled;
    here.result = what.result;
    here.has_image = what.image.has_value();
    here.image = what.image.value_or(image_id());
    if (!what.reason.empty()) {
        const auto next = static_cast<std::uint32_t>(reasons_.size() + 1);
        const auto [known, fresh] = known_reasons_.try_emplace(what.reason, next);
        if (fresh) {
            reasons_.push_back(what.reason);
        }
        here.reason = known->second;
    }
    ++counter_of(totals_, what.result);
}

std::optional<line_outcome> url_line_tracker::of(std::uint32_t ordinal) const {
    const line& here = lines_.at(ordinal);
    if (here.now != state::settled) {
        return std::nullopt;
    }
    line_outcome found;
    found.result = here.result;
    if (here.has_image) {
        found.image = here.image;
    }
    if (here.reason > 0) {
        found.reason = reasons_[here.reason - 1];
    }
    return found;
}

std::string outcome_word(outcome result) {
    return result == outcome::held_out ? "held out" : std::string(to_string(result));
}

} // namespace retraind::pipeline
