#pragma once

#include <map>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"

namespace retraind::report {

/// The systemd unit that this process runs in; empty where it is none's. Blocks shortly.
[[nodiscard]] std::string own_unit();

/// What systemd itself says of a unit, with all drop-ins.
struct unit_facts {
    /// Where it may write: ReadWritePaths, StateDirectory and RuntimeDirectory. Empty for a unit
    /// whose file system is not protected.
    std::vector<std::string> writable;
    std::string user;                               ///< User=; empty for root's
    std::string group;                              ///< Group=; empty for the user's own
    std::vector<std::string> groups;                ///< SupplementaryGroups=
    std::map<std::string, std::string> credentials; ///< LoadCredential=: the path by its name
};

/// All empty for a unit that systemd does not know; an error where systemd does not answer. Blocks,
/// a second a question at most.
[[nodiscard]] result<unit_facts> ask_about_unit(const std::string& unit);

} // namespace retraind::report
