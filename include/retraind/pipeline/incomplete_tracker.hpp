#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/file_identity.hpp"

namespace retraind::pipeline {

/// Pictures without their end: since when each lies unchanged, and when it is looked at again. A
/// picture that grows has another fingerprint and is met anew. Pure.
class incomplete_tracker {
public:
    struct due_file {
        std::size_t folder = 0;
        file_fingerprint print;
        std::string path; ///< below the watched folder
    };

    /// Since when it lies unchanged: since `now` for one that is met for the first time.
    [[nodiscard]] mono_time unchanged_since(file_fingerprint print, mono_time now);
    /// Look again at `when`.
    void wait(due_file file, mono_time when);
    /// It has an outcome.
    void forget(file_fingerprint print);
    /// A file of that name was met: what waited under it with another print is no more.
    void met(std::size_t folder, const std::string& path, file_fingerprint print);

    /// Those whose time has come. Each is given once, and forgotten `grace` later when it was not
    /// met again, because it has changed or gone.
    [[nodiscard]] std::vector<due_file> due(mono_time now);
    /// When `due` has something to give; mono_time::max() for never.
    [[nodiscard]] mono_time next_due() const;
    /// How many wait.
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    static constexpr duration grace = std::chrono::minutes(10);

    using queue = std::multimap<mono_time, due_file>;

    std::unordered_map<file_fingerprint, mono_time> since_;
    queue waiting_;
    std::map<std::pair<std::size_t, std::string>, queue::iterator> names_; ///< of those that wait
    std::multimap<mono_time, file_fingerprint> asked_; ///< given by `due`, by when to forget
};

} // namespace retraind::pipeline
