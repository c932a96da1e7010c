#pragma once

#include <optional>
#include <string>

#include "retraind/base/file_identity.hpp"

namespace retraind::watch {

enum class file_kind { regular, folder, link, other };

struct file_facts {
    file_kind kind = file_kind::other;
    file_identity identity;
};

/// What stands under a name, links not followed; nothing where nothing does. On a network file
/// system the server is asked, because its clients cache sizes and times.
[[nodiscard]] std::optional<file_facts> facts_of(int folder, const char* name, bool on_network);

/// The identity of the regular file that a link leads to; nothing where it leads to none.
[[nodiscard]] std::optional<file_identity> target_identity(int folder, const char* name,
                                                           bool on_network);

/// Whether a link leads to a place inside the tree.
[[nodiscard]] bool leads_inside(const std::string& root, const std::string& path);

[[nodiscard]] bool is_on_network(int folder);

} // namespace retraind::watch
