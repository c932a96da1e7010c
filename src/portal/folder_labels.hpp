#pragma once

#include "retraind/config/configuration.hpp"
#include "retraind/portal/check_rules.hpp"

namespace retraind::portal {

/// The labels of everything that lies in the watched folder now, and of its folders that are still
/// empty. Reads names only. Blocks.
[[nodiscard]] folder_labels read_labels(const config::watch_block& folder);

} // namespace retraind::portal
