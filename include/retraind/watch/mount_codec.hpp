#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::watch {

/// One line of /proc/self/mountinfo (proc(5)), as far as it says what lies where.
struct mount {
    std::uint64_t id = 0; ///< statx's stx_mnt_id
    std::string point;    ///< absolute, raw bytes
    std::string type;     ///< of its file system: "ext4", "cifs"
    std::string source;   ///< "/dev/sda1", "//server/share"

    bool operator==(const mount&) const = default;
};

/// The mounts in their order, a later one above an earlier one. A line of another form is left out.
/// Pure.
[[nodiscard]] std::vector<mount> decode_mounts(std::string_view text);

/// The mount with that id; null for none.
[[nodiscard]] const mount* find_mount(const std::vector<mount>& all, std::uint64_t id);

/// The mount that an absolute path without links lies on, by its longest mount point; null for
/// none.
[[nodiscard]] const mount* find_mount(const std::vector<mount>& all, std::string_view path);

} // namespace retraind::watch
