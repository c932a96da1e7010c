#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "descriptor.hpp"
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

/// The identity of a picture that a tree holds under `path`, whose last part is `name` in `folder`:
/// a regular file's own, and of a link that leads to one inside the tree, that one's.
[[nodiscard]] std::optional<file_identity> picture_identity(const file_facts& facts, int folder,
                                                            const char* name, bool on_network,
                                                            const std::string& root,
                                                            const std::string& path);

/// Opens a folder in `parent`; one that a link leads to only with `follow`. Sets errno.
[[nodiscard]] descriptor open_folder(int parent, const char* name, bool follow);

/// Opens the folder `path` below `top` ("" is that itself), no link followed on the way. Sets
/// errno.
[[nodiscard]] descriptor open_below(int top, std::string_view path);

[[nodiscard]] bool is_on_network(int folder);

} // namespace retraind::watch
