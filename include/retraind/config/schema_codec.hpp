#pragma once

#include <string>
#include <vector>

#include "retraind/config/reference.hpp"

namespace retraind::config {

/// The JSON Schema (draft 2020-12) of a file with these keys, indented, with the last line's end.
/// What the parser refuses for reasons that lie between keys, or on the disk, it lets through; what
/// the parser takes as text (a number, true) it takes too.
[[nodiscard]] std::string schema_text(const std::vector<described_key>& keys);

} // namespace retraind::config
