#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"

namespace retraind {

/// What a person can ask a running daemon, as one snapshot: `pipeline` fills it on the loop,
/// `report` turns it into `/status`, `/readyz` and later the page. Counts are files.
struct file_counts {
    std::uint64_t settling = 0;
    std::uint64_t waiting = 0;
    std::uint64_t in_flight = 0;
    std::uint64_t held = 0;
};

struct outcome_totals {
    std::uint64_t confirmed = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t held_out = 0;
    std::uint64_t removed = 0;
    std::uint64_t rejected = 0;
};

struct training_result {
    std::string iteration; ///< GUID
    std::string result;    ///< published, completed, failed, not_needed, timed_out
    wall_time at;
};

struct training_status {
    std::string state = "off"; ///< off, idle, waiting, training, publishing
    std::string reason;        ///< for people: "12 more pictures"
    std::optional<training_result> last;
    /// By the trainings that began this month (UTC); nothing before the first of all.
    std::optional<std::int64_t> used_seconds{};
};

struct published_iteration {
    std::string name;
    std::string iteration; ///< GUID
};

struct capacity_use {
    std::uint64_t used = 0;
    std::uint64_t limit = 0;
};

struct capacity_status {
    capacity_use images;
    capacity_use tags;
    capacity_use iterations;
};

struct project_status {
    std::string name;
    std::string id; ///< GUID; empty until the project was found
    bool ready = false;
    std::optional<std::string> reason; ///< why it is not ready
    std::int64_t oldest_waiting_seconds = 0;
    file_counts files;
    outcome_totals totals;
    training_status training;
    std::vector<published_iteration> published;
    capacity_status capacity;
};

struct daemon_status {
    std::string version;
    wall_time started;
    std::vector<project_status> projects;
};

} // namespace retraind
