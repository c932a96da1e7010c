#include "retraind/pipeline/readiness.hpp"

#include <utility>

#include <fmt/format.h>

namespace retraind::pipeline {

readiness::readiness(event_sink& events, std::string project)
    : events_(events), project_(std::move(project)) {}

void readiness::block(std::string_view source, std::string reason) {
    const auto found = obstacles_.find(source);
    if (found != obstacles_.end() && found->second == reason) {
        return;
    }
    events_.emit(
        {event_name::project_not_ready, severity::warning, project_, reason, {{"source", source}}});
    obstacles_.insert_or_assign(std::string(source), std::move(reason));
}

void readiness::clear(std::string_view source) {
    const auto found = obstacles_.find(source);
    if (found == obstacles_.end()) {
        return;
    }
    obstacles_.erase(found);
    if (obstacles_.empty()) {
        events_.emit({event_name::project_ready,
                      severity::info,
                      project_,
                      "can make progress again",
                      {{"source", source}}});
    }
}

std::optional<std::string> readiness::reason() const {
    std::string all;
    for (const auto& [source, reason] : obstacles_) {
        all += all.empty() ? reason : "; " + reason;
    }
    return all.empty() ? std::nullopt : std::optional(all);
}

} // namespace retraind::pipeline
