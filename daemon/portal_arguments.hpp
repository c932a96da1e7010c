#pragma once

#include <functional>
#include <string>

#include "retraind/portal/commands.hpp"

namespace CLI {
class App;
}

namespace retraind::daemon {

/// Makes a subcommand with the options that all have.
using command_adder =
    std::function<CLI::App*(const std::string& name, const std::string& description)>;

/// Adds `projects`, `tags` and `iterations`, each with its actions. Parsing one of them fills
/// `asked`, which outlives the parser.
void add_portal_commands(const command_adder& add, portal::request& asked);

} // namespace retraind::daemon
