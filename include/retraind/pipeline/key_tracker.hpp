#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/base/secret.hpp"

namespace retraind::pipeline {

/// What tells one content of a key file from the next without reading it.
struct key_stamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0; ///< permissions count too

    bool operator==(const key_stamp&) const = default;
};

/// What a read with a key that is not in force yet came to.
enum class key_trial {
    accepted,
    refused,
    undecided, ///< the service could not be asked
    unproven,  ///< it works and lacks a project in use; what the one in force has cannot be asked
};

/// Decides when a key file is read and which key is in force. A key that works is only replaced by
/// one that the service has taken; what is wrong with a file is said once. Pure: time comes in.
class key_tracker {
public:
    enum class step {
        none,
        take,  ///< there was no key before
        probe, ///< try what was read, then `on_trial`
        say,   ///< what is wrong with the file; the key in force stays
    };

    /// Whether to read the file now: it has changed and then stood still between two looks, for
    /// somebody may have been writing it; or it is time to try again. `seen`: nothing where there
    /// is no file.
    [[nodiscard]] bool on_look(std::optional<key_stamp> seen, mono_time now);
    /// What to do about what was read while `in_force` was the key.
    [[nodiscard]] step on_read(const result<secret>& read, const secret& in_force, mono_time now);
    /// The end of a `probe`; true where what keeps it away is new and worth saying.
    bool on_trial(const secret& tried, key_trial came, mono_time now);

private:
    std::optional<key_stamp> last_seen_;
    std::optional<key_stamp> read_; ///< what was there when it was read last
    bool read_once_ = false;
    std::optional<mono_time> again_at_;
    std::string said_;
    secret refused_;
    secret unproven_; ///< said of this one
};

} // namespace retraind::pipeline
