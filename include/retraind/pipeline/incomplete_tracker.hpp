#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <unordered_map>
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

    /// Those whose time has come. Each is given once, and forgotten `grace` later when it was not
    /// met again, because it has changed or gone.
    [[nodiscard]] std::vector<due_file> due(mono_time now);
    /// When `due` has something to give; mono_time::max() for never.
    [[nodiscard]] mono_time next_due() const;
    /// How many wait.
    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    static constexpr duration grace = std::chrono::minutes(10);

    std::unordered_map<file_fingerprint, mono_time> since_;
    std::multimap<mono_time, due_file> waiting_;
    std::multimap<mono_time, file_fingerprint> asked_; ///< given by `due`, by when to forget
};

} // namespace retraind::pipeline
