#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/file_identity.hpp"

namespace retraind::pipeline {

/// Pictures that wait for a sidecar, or for one to be complete. Pure.
///
/// A sidecar is complete when it has not changed for `settle`. Two proofs count: it was seen as it
/// is now so long ago; or its ctime says so against its picture's, which stands in the same file
/// system's time: a picture first seen F ago, whose sidecar changed D after it, has had that
/// sidecar for at least F - D. So a data set that was copied whole costs no second look.
class sidecar_tracker {
public:
    struct place {
        std::size_t folder = 0;
        std::string path; ///< the picture's, below the watched folder

        auto operator<=>(const place&) const = default;
    };
    struct sighting {
        place where;
        file_fingerprint print; ///< the picture's
        file_identity picture;
        mono_time first_seen;  ///< with this identity, as the watcher says
        bool long_ago = false; ///< it has lain there for more than a day
        std::vector<std::pair<file_fingerprint, file_identity>> sidecars;
        bool found = false;      ///< there is one that can be used now, or never
        bool changing = false;   ///< one changed while it was read
        std::uint64_t state = 0; ///< of everything that counts
    };
    struct limits {
        duration settle;
        duration patience; ///< for a sidecar, since the picture was complete
    };
    struct waiting_file {
        place where;
        file_fingerprint print;
        std::uint64_t state = 0;
    };

    /// Nothing when the picture goes on with what there is; else it waits, and is looked at again
    /// at the given time, or earlier when its `state` is another.
    [[nodiscard]] std::optional<mono_time> judge(const sighting& seen, const limits& rule,
                                                 mono_time now);

    /// Those whose time has come; each is given once, and forgotten `grace` later when it was not
    /// judged again, because it has changed or gone.
    [[nodiscard]] std::vector<waiting_file> due(mono_time now);
    /// When `due` has something to give; mono_time::max() for never.
    [[nodiscard]] mono_time next_due() const;
    /// All that wait.
    [[nodiscard]] std::vector<waiting_file> waiting() const;
    /// It is looked at again now.
    void wake(const place& where, mono_time now);
    /// How many wait.
    [[nodiscard]] std::size_t size() const noexcept { return queue_.size(); }

private:
    static constexpr duration grace = std::chrono::minutes(10);

    struct entry {
        file_fingerprint print;
        mono_time since; ///< when the picture was first seen
        std::uint64_t state = 0;
        std::map<file_fingerprint, mono_time> sidecars; ///< since when each is as it is
        mono_time when;                                 ///< when it is looked at again, or was
        bool waits = false;
    };

    entry& meet(const sighting& seen, mono_time now);
    void take_out(const place& where, entry& known);
    void put(const place& where, entry& known, mono_time when);

    std::map<place, entry> files_;
    std::multimap<mono_time, place> queue_; ///< of those that wait
};

} // namespace retraind::pipeline
