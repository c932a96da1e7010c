#pragma once

#include <string>
#include <vector>

#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// One thing on the disk that is not as the configuration wants it. It can heal, so `run` starts
/// all the same; `check` and `--once` fail on it.
struct disk_fault {
    std::string key;      ///< of the configuration: projects[0].watch[0].path
    std::string sentence; ///< with the mend
};

/// Looks at everything that the configuration names on the disk and makes the folders that are made
/// when missing (state, move_to, rejected). Blocks.
[[nodiscard]] std::vector<disk_fault> preflight(const config::configuration& wanted);

/// Why a watched folder cannot be watched now; empty where it can. Blocks.
[[nodiscard]] std::string folder_fault(const std::string& path);

} // namespace retraind::pipeline
