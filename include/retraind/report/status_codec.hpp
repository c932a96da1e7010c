#pragma once

#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/base/status.hpp"

namespace retraind::report {

/// Reads the document of `/status` (see `status_json`). Members that another version has not, or
/// has beside, are passed over; what should be text or a number and is neither counts as missing.
/// Error: protocol, for what is no such document at all.
[[nodiscard]] result<daemon_status> parse_status(std::string_view document);

} // namespace retraind::report
