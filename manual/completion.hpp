#pragma once

#include <string>

#include "manual/command_line.hpp"

namespace manual {

/// A file for bash-completion's folder: commands, options, closed sets of values, files and
/// folders.
[[nodiscard]] std::string bash_completion(const command& program);

/// A function file for zsh's fpath, named `_PROGRAM`.
[[nodiscard]] std::string zsh_completion(const command& program);

} // namespace manual
