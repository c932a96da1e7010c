#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "retraind/base/clock.hpp"
#include "retraind/base/outcome.hpp"
#include "retraind/pipeline/project_state.hpp"

namespace retraind::pipeline {

/// The reason of a rejected line of a list, whose own stands in the list's result.
inline constexpr const char* rejected_line = "ListLine";

/// The outcomes that became durable together, by outcome and reason.
class settled_counts {
public:
    /// `reason`: the code of a rejection, else empty.
    void add(outcome result, std::string reason, std::uint64_t files = 1);
    /// An event for each kind, the first with what it `took` to make them durable, where that is
    /// known; what was added is forgotten.
    void say(const project_state& project, std::optional<mono_time::duration> took = {});

private:
    std::map<std::pair<outcome, std::string>, std::uint64_t> files_;
};

} // namespace retraind::pipeline
