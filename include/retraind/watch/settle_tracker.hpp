#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include <boost/unordered/unordered_flat_map.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/file_identity.hpp"

namespace retraind::watch {

/// Decides when a file is complete: its identity has been the same for `settle` by the monotonic
/// clock since it was first seen. A changed file has another fingerprint and begins anew, so a
/// preserved or future mtime proves nothing. Costs about 40 bytes a settling file. Pure.
class settle_tracker {
public:
    struct sighting {
        bool complete = false;
        mono_time first_seen; ///< with this identity
        mono_time due;        ///< when it is complete, where it is not
    };

    explicit settle_tracker(duration settle) : settle_(settle) {}

    /// A file as a pass (`pass`, growing) or a hint has just seen it.
    sighting seen(file_fingerprint print, std::string_view path, mono_time now, std::uint32_t pass);
    /// It was taken, or is known by now.
    void forget(file_fingerprint print) { files_.erase(print); }
    /// It changed while it was sent: the file of that name settles with twice the wait from now on,
    /// at most 64 times the first.
    void changed_on_the_way(std::string_view path);
    /// After a whole pass: what was not seen in it has changed or gone.
    void drop_unseen(std::uint32_t pass);

    [[nodiscard]] std::size_t size() const noexcept { return files_.size(); }

private:
    struct entry {
        mono_time first_seen;
        std::uint32_t pass;
    };

    [[nodiscard]] duration wait_for(std::string_view path) const;

    duration settle_;
    boost::unordered_flat_map<file_fingerprint, entry, std::hash<file_fingerprint>> files_;
    std::unordered_map<std::size_t, int> doubled_; ///< by the path's hash: how often
};

} // namespace retraind::watch
