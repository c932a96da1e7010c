#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace retraind::watch {

/// One record of the kernel's (inotify(7)).
struct inotify_record {
    int watch = -1; ///< -1 with an overflow
    std::uint32_t mask = 0;
    std::string name; ///< of the entry in the watched folder; empty for the folder itself
};

/// The records in what one read gave. A last one that is cut short is left out, which the kernel
/// never does. Pure.
[[nodiscard]] std::vector<inotify_record> decode_inotify(std::span<const std::byte> bytes);

/// What a record asks for.
enum class hint_kind {
    nothing,
    look_at_file,  ///< it was written, or a new name was made for it
    file_moved_in, ///< renamed into place: complete at once
    scan_folder,   ///< a new folder: watch it, and list it, for it may hold files already
    scan_all,      ///< records were lost
    watch_ended,   ///< the folder is gone
};

[[nodiscard]] hint_kind hint_of(const inotify_record& record);

} // namespace retraind::watch
