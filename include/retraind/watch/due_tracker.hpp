#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "retraind/base/clock.hpp"

namespace retraind::watch {

/// Names that are looked at again when their time has come: files that settle, and complete ones
/// that found no room. At most `most` of them, so that a folder never sits in memory. Pure.
class due_tracker {
public:
    explicit due_tracker(std::size_t most) : most_(most) {}

    /// Looks at `path` at `due`, which replaces an earlier wish for it. False when there is no
    /// place for one more name: then a pass has to find it.
    [[nodiscard]] bool add(const std::string& path, mono_time due);
    /// The names whose time has come, the longest overdue first, at most `most`; they are out then.
    [[nodiscard]] std::vector<std::string> take(mono_time now, std::size_t most);
    /// The earliest time of all; `mono_time::max()` when there are no names.
    [[nodiscard]] mono_time next() const;
    /// How many names are due.
    [[nodiscard]] std::size_t due(mono_time now) const;
    [[nodiscard]] bool full() const noexcept { return times_.size() >= most_; }

private:
    std::size_t most_;
    std::set<std::pair<mono_time, std::string>> line_;
    std::unordered_map<std::string, mono_time> times_;
};

} // namespace retraind::watch
