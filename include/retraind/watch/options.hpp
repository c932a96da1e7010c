#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/clock.hpp"

namespace retraind::watch {

/// How one watched folder is looked at.
struct options {
    std::string path; ///< the watched folder, absolute
    duration scan_every = std::chrono::seconds(10);
    duration settle = std::chrono::seconds(2);
    /// Patterns of file names; a name that matches none is not ours.
    std::vector<std::string> include{"*.jpg", "*.jpeg", "*.png", "*.bmp", "*.gif"};
    /// Patterns of file and folder names that are passed over, whatever `include` says.
    std::vector<std::string> exclude{".*",
                                     "*.part",
                                     "*.tmp",
                                     "@eaDir",
                                     "#recycle",
                                     "$RECYCLE.BIN",
                                     "System Volume Information",
                                     "lost+found",
                                     "Thumbs.db"};
};

/// Files and folders whose name begins so are the daemon's own, mid-disposal: never looked at.
inline constexpr std::string_view reserved_prefix = ".retraind-";

} // namespace retraind::watch
