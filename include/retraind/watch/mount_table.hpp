#pragma once

#include <string>

#include "retraind/base/error.hpp"
#include "retraind/watch/mount_codec.hpp"

namespace retraind::watch {

/// The mount that a folder lies on, by the kernel's own number of it (statx) where it gives one, so
/// that what is mounted over something else is told apart; else by its path. Errors: as for opening
/// the folder; `io` where /proc/self/mountinfo cannot be read or does not have it. Blocks.
[[nodiscard]] result<mount> mount_of(const std::string& folder);

/// Says whether something was mounted or unmounted, anywhere. Loop only.
class mount_changes {
public:
    mount_changes();
    ~mount_changes();
    mount_changes(const mount_changes&) = delete;
    mount_changes& operator=(const mount_changes&) = delete;

    /// Since it was asked last. Never where the kernel does not say.
    [[nodiscard]] bool any();

private:
    int descriptor_;
};

} // namespace retraind::watch
