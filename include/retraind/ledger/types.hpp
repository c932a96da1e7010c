#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/base/ids.hpp"
#include "retraind/base/outcome.hpp"
#include "retraind/base/sha256.hpp"

namespace retraind::ledger {

/// A content's outcome in a project: the memory that keeps a picture from being sent twice.
struct content_record {
    sha256 digest;
    std::uint64_t bytes = 0;
    outcome result = outcome::confirmed;
    std::optional<image_id> image;   ///< of confirmed and duplicate contents
    std::vector<std::string> labels; ///< tag names it stands under, sorted, NFC
    std::string path; ///< where it was first seen: watched folder and path, raw bytes
    wall_time at{};
    std::optional<sha256> sent{}; ///< what was sent instead, where that was a smaller picture
};

/// Why a file is rejected, in the words of `NAME.reason.json` (design: Formats that others read).
struct rejection {
    std::string code; ///< the service's status, or Empty, Truncated, Unreadable, TagConflict, …
    std::string sentence; ///< what is wrong, with its numbers
    std::string mend;     ///< what a person can do
    unsigned attempts = 0;
    std::optional<unsigned> service_status; ///< HTTP
    std::string service_code;
    std::string service_message;
    std::string request_id;
};

/// One file's outcome, as one row of a batch's transaction.
struct file_outcome {
    std::string folder; ///< the watched folder as configured
    std::string path;   ///< below it, raw bytes
    file_identity identity;
    std::optional<sha256> digest; ///< nothing where the file was never read to its end
    outcome result = outcome::confirmed;
    std::optional<image_id> image;
    std::vector<std::string> labels; ///< tag names, sorted, NFC
    std::optional<rejection> reason; ///< of rejected files
    wall_time first_seen{};
    std::optional<sha256> sent{}; ///< what was sent instead, where that was a smaller picture
};

/// What one request did: the outcomes of its files, in one transaction with their history.
struct batch_record {
    wall_time at{};
    std::string request_id; ///< apim-request-id; empty where nothing was sent
    std::uint64_t body_bytes = 0;
    std::vector<file_outcome> files;
};

/// What recording a batch did to the totals beside adding its outcomes.
struct recorded_batch {
    std::uint64_t judged_anew = 0; ///< of its files, those that were remembered as rejected
};

/// A file that has its outcome and still stands in its folder, known by its fingerprint.
struct remembered_file {
    file_fingerprint print;
    outcome result = outcome::confirmed;
};

/// A part of the files that are remembered, in the order of their paths.
struct remembered_part {
    std::vector<remembered_file> files;
    std::optional<std::string> next; ///< behind which the next part begins; nothing after the last
};

/// What a watched folder lies on, by what /proc/self/mountinfo says of it.
struct mount_record {
    std::string source; ///< "/dev/sda1", "//server/share"; raw bytes
    std::string type;   ///< of its file system: "ext4", "cifs"

    bool operator==(const mount_record&) const = default;
};

/// Rejected files that go back in line.
struct retry_order {
    std::optional<project_id> project; ///< nothing: every one that has the folder
    std::string folder;                ///< the watched folder as configured
    std::string below;         ///< a file, or a folder and all in it, below that; empty for all
    bool accept_mount = false; ///< what is mounted there from now on is the right one
    wall_time at{};
};

struct retried_files {
    std::vector<file_fingerprint> prints;
};

/// A training that is to be, is, or was: written before the service is asked for it.
enum class training_state {
    intended,
    running,
    completed,
    published,
    not_needed,
    failed,
    timed_out
};

struct training_record {
    std::int64_t number = 0; ///< given by the ledger
    training_state state = training_state::intended;
    wall_time intended_at{};
    std::vector<iteration_id> known; ///< the iterations there were before it was asked for
    std::optional<iteration_id> iteration;
    std::optional<double> precision;
    std::optional<double> recall;
    std::string detail; ///< why it failed
    wall_time changed_at{};
    /// What it took of the service's training time; nothing until it ended, and where the service
    /// never began it.
    std::optional<std::chrono::seconds> used{};
};

/// A training that took time, whatever became of it.
struct training_use {
    wall_time intended_at{};
    std::chrono::seconds used{};

    bool operator==(const training_use&) const = default;
};

/// What decides about training, counted by the ledger. A content that the service had already when
/// the ledger met it counts too: after a crash it is our own, sent by a request whose answer was
/// lost, and no training may have seen it.
struct training_facts {
    std::uint64_t confirmed_since_training = 0; ///< confirmed after the last completed intent
    std::optional<wall_time> last_confirmed;
    std::optional<wall_time> first_confirmed_since; ///< the oldest one that no training has seen
    std::optional<training_record> last;            ///< the newest row, whatever its state
};

struct totals {
    std::uint64_t confirmed = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t held_out = 0;
    std::uint64_t removed = 0;
    std::uint64_t rejected = 0;
};

/// The outcome of an address that a list named, in a project.
struct url_outcome {
    std::string url;
    outcome result = outcome::confirmed;
    std::optional<image_id> image;   ///< of confirmed and duplicate ones
    std::vector<std::string> labels; ///< tag names it was listed under, sorted, NFC
    std::optional<rejection> reason; ///< of rejected ones; code, sentence and mend are kept
    /// The list that it has its outcome from, as long as that list has lines without one.
    std::optional<file_fingerprint> list;
    wall_time at{};
};

/// What one request of addresses did, or what was decided without one.
struct url_record {
    wall_time at{};
    std::string request_id; ///< apim-request-id; empty where nothing was sent
    std::uint64_t body_bytes = 0;
    std::vector<url_outcome> urls;
};

/// A list whose lines all have their outcome.
struct finished_list {
    file_fingerprint list; ///< what its addresses were recorded with
    totals lines;          ///< each of its lines counts as a file
    wall_time at{};
    /// Where it still stands, so that the scanner passes over it; nothing where it has gone.
    struct place {
        std::string folder; ///< the watched folder as configured
        std::string path;   ///< below it, raw bytes
        file_identity identity;
    };
    std::optional<place> stays;
};

} // namespace retraind::ledger
