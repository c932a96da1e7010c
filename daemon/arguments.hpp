#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retraind/portal/commands.hpp"

namespace CLI {
class App;
}

namespace retraind::daemon {

/// What the process ends with; scripts and systemd read it (design: Command line).
enum exit_code : int {
    done = 0,
    failed = 1,
    wrong_usage = 2,
    files_left = 3, ///< `--once`: done, but some files were rejected, are held or still waiting
    key_refused = 77,
    configuration_wrong = 78,
};

struct run_command {
    std::string configuration;
    bool once = false;
};
struct check_command {
    std::string configuration;
    bool online = false;
};
struct plan_command {
    std::string configuration;
};
/// projects, tags, iterations.
struct portal_command {
    std::string configuration;
    portal::request asked;
};
struct urls_command {
    std::string configuration;
    std::string project; ///< a name or a GUID of the configuration
    std::string list;    ///< a file
};
struct retry_command {
    std::string configuration;
    std::vector<std::string> paths; ///< none: every watched folder
};
/// The running daemon's state.
struct status_command {
    std::string configuration;
    bool json = false;
    bool watch = false;
};
struct schema_command {};
/// Nothing is left to do but to print `text` and end with `code`.
struct print_and_exit {
    std::string text;
    int code = done;
    bool to_stderr = false;
};

using any_command =
    std::variant<run_command, check_command, plan_command, urls_command, portal_command,
                 retry_command, status_command, schema_command, print_and_exit>;

/// What a command line means; options are taken anywhere on it. `configuration_variable` is
/// RETRAIND_CONFIG, where that is set.
[[nodiscard]] any_command parse_arguments(std::vector<std::string> arguments,
                                          std::optional<std::string> configuration_variable);

/// Lets `reader` look at the parser of the command line before it parsed anything: manual page and
/// completion are made from it.
void describe_command_line(const std::function<void(const CLI::App&)>& reader);

} // namespace retraind::daemon
