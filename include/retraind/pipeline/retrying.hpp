#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// `retraind retry`: puts rejected and held files back in line, of an absolute path or (nothing) of
/// every watched folder. A running daemon is told through the first of `sockets` that
/// one listens at; where none runs, the
/// ledger is written and the next run takes them. Returns what was done, for people. Errors:
/// `invalid` for a path that is watched by nobody; what the daemon or the ledger says. Blocks.
[[nodiscard]] result<std::string> retry_files(const config::configuration& wanted,
                                              const std::vector<std::string>& sockets,
                                              const std::optional<std::string>& path);

} // namespace retraind::pipeline
