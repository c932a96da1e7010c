#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// `retraind retry`, of an absolute path or (nothing) of every watched folder: tells the daemon
/// that listens at the first of `sockets` that has one, to put rejected and held files back in
/// line. Returns what it did, for people; nothing where no daemon runs. Errors: `invalid` for a
/// path that it does not watch; what it says. Blocks.
[[nodiscard]] result<std::optional<std::string>>
retry_by_daemon(const std::vector<std::string>& sockets, const std::optional<std::string>& path);

/// The same without a daemon: writes it into the ledger, and the next run takes them. Errors:
/// `invalid` for a path that is watched by nobody; what the ledger says. Blocks.
[[nodiscard]] result<std::string> retry_in_ledger(const config::configuration& wanted,
                                                  const std::optional<std::string>& path);

} // namespace retraind::pipeline
