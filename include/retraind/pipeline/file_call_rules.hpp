#pragma once

#include <optional>
#include <string>

#include "retraind/base/clock.hpp"

namespace retraind::pipeline {

/// A file call (a scan's, a read, a hash, a disposal) that takes longer keeps its project from
/// being ready: the share hangs.
inline constexpr duration longest_file_call = std::chrono::seconds(60);

/// Why a project whose longest running file call began then is not ready; nothing while it is.
[[nodiscard]] std::optional<std::string> judge_file_calls(std::optional<mono_time> busy_since,
                                                          mono_time now);

} // namespace retraind::pipeline
