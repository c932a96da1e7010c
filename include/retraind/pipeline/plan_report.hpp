#pragma once

#include <functional>
#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// Says what would become of every file that lies in the watched folders now, one line a file and a
/// line of counts a project: uploaded with which tags, held, rejected or waiting and why, or known.
/// Sends nothing, changes nothing, and asks the ledger only where there is one. Lines come as the
/// folders are read; each has its end. Blocks.
[[nodiscard]] result<void> report_plan(const config::configuration& wanted,
                                       const std::function<void(std::string_view line)>& write);

} // namespace retraind::pipeline
