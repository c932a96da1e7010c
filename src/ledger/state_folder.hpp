#pragma once

#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"

namespace retraind::ledger {

/// The state folder, this process's alone for as long as this lives: an flock on its file `lock`,
/// which the kernel lets go however the process ends.
class state_folder {
public:
    /// Makes the folder (mode 0700) where it is missing. Errors: `refused` while another process
    /// has it, with that process's number; io, denied, full.
    [[nodiscard]] static result<state_folder> take(std::string path);
    ~state_folder();
    state_folder(state_folder&& other) noexcept;
    state_folder& operator=(state_folder&&) = delete;
    state_folder(const state_folder&) = delete;
    state_folder& operator=(const state_folder&) = delete;

    [[nodiscard]] std::string database_path() const { return path_ + "/ledger.db"; }
    /// Makes an empty database file with mode 0600 where there is none; true when it did. SQLite
    /// gives its companion files the same mode.
    [[nodiscard]] result<bool> make_database_file() const;
    /// Renames the database and its companions to `ledger.db.damaged-TIME`, which it returns.
    [[nodiscard]] result<std::string> set_database_aside(wall_time at) const;

private:
    state_folder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
    [[nodiscard]] result<void> sync() const;

    std::string path_;
    int lock_;
};

} // namespace retraind::ledger
