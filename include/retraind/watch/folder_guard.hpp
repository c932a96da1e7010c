#pragma once

#include "retraind/base/error.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::watch {

/// Says whether what lies at a watched folder's path is what is to be watched. Loop only.
class folder_guard {
public:
    virtual ~folder_guard() = default;

    /// Asked before each pass. A failure says, for people, why nothing is taken from there now:
    /// `refused` where something else lies there.
    [[nodiscard]] virtual task<result<void>> look() = 0;
    /// Whether another look may find something else than the last one. Cheap, and asked often.
    [[nodiscard]] virtual bool stale() = 0;
};

} // namespace retraind::watch
