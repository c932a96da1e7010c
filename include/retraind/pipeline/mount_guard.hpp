#pragma once

#include <functional>
#include <optional>
#include <string>

#include "retraind/pipeline/project_state.hpp"
#include "retraind/watch/folder_guard.hpp"
#include "retraind/watch/mount_table.hpp"

namespace retraind::pipeline {

/// Keeps a watched folder from being gone over while another mount lies there than the ledger
/// remembers, and gives files their names back whenever the folder has come. Loop only.
class mount_guard final : public watch::folder_guard {
public:
    /// How the mount of a folder is found: a blocking call, for a file thread.
    using finder = std::function<result<watch::mount>(const std::string& folder)>;

    /// `project` outlives it and has its folder `at` by the first look.
    mount_guard(project_state& project, std::size_t at, finder find = watch::mount_of);

    task<result<void>> look() override;
    bool stale() override { return changes_.any(); }

    /// What lies there at the next look is the right one: the ledger has let go of the other.
    void ask_ledger_again() { remembered_.reset(); }

private:
    [[nodiscard]] folder_port& port() const { return *project_.folders[at_]; }
    [[nodiscard]] task<result<void>> compare(ledger::mount_record found);
    [[nodiscard]] task<void> give_back_leftovers();

    project_state& project_;
    std::size_t at_;
    finder find_;
    watch::mount_changes changes_;
    std::optional<ledger::mount_record> remembered_; ///< as the ledger has it, once it was asked
    bool there_ = false;                             ///< at the last look
};

} // namespace retraind::pipeline
