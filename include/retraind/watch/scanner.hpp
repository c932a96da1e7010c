#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/watch/name_rules.hpp"

namespace retraind::watch {

/// A picture, by its name, as it stood in the tree.
struct scanned_file {
    std::string path; ///< below the watched folder, raw bytes
    file_identity identity;
    file_fingerprint print;
};

/// What a part of a pass found.
struct scan_part {
    std::vector<scanned_file> files;
    std::vector<error> problems; ///< folders that could not be read, named
    bool finished = false;
};

/// Where a part of a pass ends, so that nobody waits long for it.
struct scan_limits {
    std::size_t most = 256;                            ///< files
    duration longest = std::chrono::milliseconds(100); ///< looked at after each name
};

/// Hears of each folder before it is listed, so that a watch that it sets there misses nothing:
/// opened, and its path below the watched one ("" for that itself).
using folder_listener = std::function<void(int folder, const std::string& path)>;

/// One pass over a tree that can pause: it keeps open folders and no names, so that a million files
/// wait in their folder and not in memory. Symbolic links to folders are never entered; one to a
/// file counts when that is a regular file inside the tree. A folder that goes away meanwhile is
/// none that could not be read. Every call blocks: one file thread at a time.
class scan_cursor {
public:
    /// `below` begins the pass in a sub-folder.
    scan_cursor(std::string root, name_rules names, folder_listener before_folder,
                std::string below = "");
    ~scan_cursor();
    scan_cursor(scan_cursor&&) noexcept;
    scan_cursor& operator=(scan_cursor&&) noexcept;
    scan_cursor(const scan_cursor&) = delete;
    scan_cursor& operator=(const scan_cursor&) = delete;

    /// The next files. Fails with `not_found`, `denied`, `io` when the top folder cannot be read;
    /// anything below is a problem of the part.
    [[nodiscard]] result<scan_part> next(scan_limits limits);

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// The files among `paths` that are there and would be found by a pass.
[[nodiscard]] std::vector<scanned_file> look_at(const std::string& root, const name_rules& names,
                                                const std::vector<std::string>& paths);

} // namespace retraind::watch
