#pragma once

#include <string>
#include <vector>

#include "retraind/base/error.hpp"

namespace retraind::report {

/// Why the daemon's state cannot be had, for people: which sockets were tried (`tried`, at least
/// one), and what mends it. `why` is what the last of them that was not simply absent gave.
[[nodiscard]] std::string status_trouble(const error& why, const std::vector<std::string>& tried);

/// Of two failures the one to speak of: a socket that may not be opened, or that answers nonsense,
/// says more than one that is not there.
[[nodiscard]] bool says_more(const error& one, const error& other);

} // namespace retraind::report
