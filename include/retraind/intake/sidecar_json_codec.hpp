#pragma once

#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// Reads our own `NAME.json`:
/// `{"tags":["cat"],"regions":[{"tag":"cat","left":0.1,"top":0.2,"width":0.3,"height":0.4}]}`, in
/// parts of the upright picture. Both members may be left out; others are refused, for they are
/// mistyped or another tool's. Fails with a sentence that names line or member. Any bytes are safe.
[[nodiscard]] result<sidecar_labels> read_sidecar_json(std::string_view text, const picture& shown);

} // namespace retraind::intake
