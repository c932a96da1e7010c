#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"

namespace retraind::retrain {

enum class publish_step {
    unpublish, ///< the iteration carries another name, which `overwrite` does not help against
    publish,   ///< with overwrite: the name is taken from whoever holds it
};

/// How often a publish that only a person can mend is tried again.
inline constexpr duration refused_publish_every = std::chrono::hours(1);

/// The steps that make an iteration carry `wanted`, given the name it carries now. None: it does
/// already, so a restart in the middle publishes nothing twice (CONTRACT.md, fact 8).
[[nodiscard]] std::vector<publish_step> plan_publish(const std::optional<std::string>& carried,
                                                     const std::string& wanted);

} // namespace retraind::retrain
