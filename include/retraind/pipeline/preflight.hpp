#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// One thing on the disk that is not as the configuration wants it. It can heal, so `run` starts
/// all the same; `check` and `--once` fail on it.
struct disk_fault {
    std::string key;      ///< of the configuration: projects[0].watch[0].path
    std::string sentence; ///< with the mend
};

/// The systemd unit that the configuration is for, where it has one: folders that it may not write
/// to are faults with the command that opens them.
struct service_unit {
    std::string name; ///< retraind.service; empty for none
    /// Where it may write; nothing where that is not known or everywhere: then only what this
    /// process itself may not write to is a fault.
    std::vector<std::string> writable{};
    /// What came of reading its key before, with other rights; nothing: the key is read anew.
    std::optional<result<secret>> key{};
    /// Who it runs as; empty: as this process does.
    std::string user{};
};

/// Looks at everything that the configuration names on the disk and makes the folders that are made
/// when missing (state, move_to, rejected). Blocks.
[[nodiscard]] std::vector<disk_fault> preflight(const config::configuration& wanted,
                                                const service_unit& unit = {});

/// What a look that changes nothing finds.
struct disk_view {
    std::vector<disk_fault> faults;
    /// Folders that are missing and that `preflight` can make: nothing is wrong with them.
    std::vector<disk_fault> to_make;
};

/// The same look as preflight's, by somebody else than the daemon: a folder that root made could
/// not be written to by the service's user. Of a missing folder it looks at where it would be made.
/// Blocks.
[[nodiscard]] disk_view look_at_disk(const config::configuration& wanted,
                                     const service_unit& unit = {});

/// Where one project may not write although it has to: what it moves pictures out of and to. A
/// watched folder that is missing is no fault here, its watcher says so. Blocks.
[[nodiscard]] std::vector<disk_fault> write_faults(const config::project_block& project,
                                                   const service_unit& unit);

/// Why a watched folder cannot be watched now; empty where it can. Blocks.
[[nodiscard]] std::string folder_fault(const std::string& path);

} // namespace retraind::pipeline
