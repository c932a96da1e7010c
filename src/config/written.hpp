#pragma once

#include <yaml-cpp/yaml.h>

#include "retraind/config/configuration.hpp"

namespace retraind::config {

/// What a file says, key by key. Only for a file that was found to be good: what its tables took
/// has a bounded depth.
[[nodiscard]] written_keys written_in(const YAML::Node& root);

} // namespace retraind::config
