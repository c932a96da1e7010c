#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/runtime/running_call.hpp"

namespace retraind::pipeline {

/// A file call (a scan's, a read, a hash, a disposal) that takes longer keeps its project from
/// being ready: the share hangs.
inline constexpr duration longest_file_call = std::chrono::seconds(60);

/// Why a project that has these file calls under way is not ready, with the folders they are in;
/// nothing while it is.
[[nodiscard]] std::optional<std::string>
judge_file_calls(const std::vector<runtime::running_call>& running, mono_time now);

} // namespace retraind::pipeline
