#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include <boost/unordered/unordered_flat_map.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/file_identity.hpp"

namespace retraind::watch {

/// When a file's state was read: at some moment between the two, for the answer takes its time.
struct look_time {
    mono_time began;
    mono_time ended;
};

/// Decides when a file is complete: its identity has been the same for `settle` by the monotonic
/// clock since it was first seen. A changed file has another fingerprint and begins anew, so a
/// preserved or future mtime proves nothing. 24 bytes a settling file, and the slack of a hash
/// table. Pure.
class settle_tracker {
public:
    struct sighting {
        bool complete = false;
        mono_time first_seen; ///< with this identity
        mono_time due;        ///< when it is, or became, complete
    };

    explicit settle_tracker(duration settle) : settle_(settle) {}

    /// A file as a pass (`pass`, growing) or a hint has just seen it.
    sighting seen(file_fingerprint print, std::string_view path, look_time at, std::uint32_t pass);
    /// A file that was renamed into place: complete, and it stays so while it is this one.
    sighting moved_in(file_fingerprint print, look_time at, std::uint32_t pass);
    /// It was taken, or is known by now.
    void forget(file_fingerprint print) { files_.erase(print); }
    /// It changed while it was sent: the file of that name settles with twice the wait from now on,
    /// at most 64 times the first.
    void changed_on_the_way(std::string_view path);
    /// After a whole pass: what was not seen in it, or since, has changed or gone.
    void drop_unseen(std::uint32_t pass);

    [[nodiscard]] std::size_t size() const noexcept { return files_.size(); }

private:
    struct entry {
        std::uint64_t first_seen_ms : 47; ///< thousands of years of uptime
        std::uint64_t whole : 1;          ///< it was renamed into place
        std::uint64_t pass : 16;          ///< the last bits of its number
    };

    entry& note(file_fingerprint print, look_time at, std::uint32_t pass);
    [[nodiscard]] duration wait_for(std::string_view path) const;

    duration settle_;
    boost::unordered_flat_map<file_fingerprint, entry, std::hash<file_fingerprint>> files_;
    std::unordered_map<std::size_t, int> doubled_; ///< by the path's hash: how often
};

} // namespace retraind::watch
