#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retraind/config/configuration.hpp"

namespace retraind::config {

/// One key whose text differs between two files; nothing where it does not stand.
struct key_change {
    std::string key; ///< its path: projects[0].watch[0].settle; in the new file where it has one
    std::string project; ///< the project's name; empty for keys outside of projects
    std::optional<std::string> before;
    std::optional<std::string> after;
};

/// "2s → 5s"; "its default" stands for a key that is not written.
[[nodiscard]] std::string to_string(const key_change& change);

/// What taking over another configuration means.
struct changes {
    std::vector<key_change> keys; ///< by the keys' paths
    bool service = false;
    bool admin = false;
    bool log = false;
    /// The keys that can be changed with a restart only, each as a sentence with the mend.
    std::vector<std::string> refusals;
    /// Projects that go on untouched, by their place in the new configuration: where they stood in
    /// the old one. Every other one ends or begins.
    std::vector<std::optional<std::size_t>> kept;
};

/// Compares what two files say, not what it means: `2s` and `2000ms` differ. A project is the one
/// of the same name (of the same id where it has no name), wherever it stands in the file; it goes
/// on only where its block and the service's are the same.
[[nodiscard]] changes compare(const configuration& in_force, const configuration& wanted);

} // namespace retraind::config
