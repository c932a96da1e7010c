#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/config/configuration.hpp"

namespace retraind::daemon {

/// The process's own environment.
[[nodiscard]] std::optional<std::string> environment_variable(std::string_view name);

/// The same, and for a configuration of systemd's units what the unit adds: whoever runs a command
/// by hand is to meet the state that the service has.
[[nodiscard]] std::function<std::optional<std::string>(std::string_view)>
variables_for(const std::string& file);

/// Where the daemon of this configuration may listen. Where `listen` is not written that depends on
/// a variable that the service has and a person's shell has not. Never empty: a file that is wrong
/// or cannot be read, which the daemon refused, has the place that it says still, or the default.
[[nodiscard]] std::vector<std::string> sockets_of(const std::string& file);

/// The configuration in `file`; nothing after everything that is wrong with it was said on stderr.
[[nodiscard]] std::optional<config::configuration> load_or_say(const std::string& file);

/// What follows on stderr where `command` asks a daemon although the file is wrong.
void say_asking_all_the_same(std::string_view command);

} // namespace retraind::daemon
