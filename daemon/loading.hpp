#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "retraind/config/configuration.hpp"

namespace retraind::daemon {

/// The process's own environment.
[[nodiscard]] std::optional<std::string> environment_variable(std::string_view name);

/// The configuration in `file`; nothing after everything that is wrong with it was said on stderr.
[[nodiscard]] std::optional<config::configuration> load_or_say(const std::string& file);

} // namespace retraind::daemon
