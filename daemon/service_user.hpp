#pragma once

#include <string>
#include <vector>

#include "retraind/base/error.hpp"

namespace retraind::daemon {

/// Whom a service runs as; names, or numbers as systemd takes them too.
struct service_user {
    std::string name;
    std::string group;               ///< empty: the user's own
    std::vector<std::string> groups; ///< beside those that the user is a member of
};

/// Makes this process, root's, that user's for good: rights that are looked at from then on are the
/// service's. Errors: an unknown name; what the kernel says. After one nothing is changed, or the
/// groups alone.
[[nodiscard]] result<void> become(const service_user& wanted);

} // namespace retraind::daemon
