#pragma once

#include <string>
#include <vector>

#include "retraind/base/error.hpp"

namespace retraind::report {

/// The systemd unit that this process runs in; empty where it is none's. Blocks shortly.
[[nodiscard]] std::string own_unit();

/// Where a unit may write, as systemd itself says with all drop-ins: ReadWritePaths, StateDirectory
/// and RuntimeDirectory. Empty for a unit whose file system is not protected, or that systemd does
/// not know; an error where systemd does not answer. Blocks, a second at most.
[[nodiscard]] result<std::vector<std::string>> writable_paths(const std::string& unit);

} // namespace retraind::report
