#pragma once

#include <memory>
#include <string>
#include <utility>

#include "ledger/folder_store.hpp"
#include "ledger/outcome_store.hpp"
#include "ledger/project_table.hpp"
#include "ledger/sqlite.hpp"
#include "ledger/state_folder.hpp"
#include "ledger/training_store.hpp"
#include "ledger/url_store.hpp"
#include "retraind/ledger/open_ledger.hpp"

namespace retraind::ledger {

class store;

struct opened_store {
    std::unique_ptr<store> opened;
    open_report report;
};

/// The open database with all that reads and writes it; ledger thread only.
class store {
public:
    /// Errors as `open_ledger`.
    [[nodiscard]] static result<opened_store> open(const std::string& state_dir, wall_time now);

    store(state_folder folder, sqlite::database source)
        : folder_(std::move(folder)), source_(std::move(source)) {}

    [[nodiscard]] outcome_store& outcomes() noexcept { return outcomes_; }
    [[nodiscard]] training_store& trainings() noexcept { return trainings_; }
    [[nodiscard]] url_store& urls() noexcept { return urls_; }
    [[nodiscard]] folder_store& folders() noexcept { return folders_; }

    /// Runs `work` in one transaction: all of it, or nothing where it fails.
    template <class Work>
    [[nodiscard]] auto atomically(Work work) -> decltype(work()) {
        result<sqlite::transaction> change = sqlite::transaction::begin(source_);
        if (!change) {
            return tl::unexpected(std::move(change.error()));
        }
        auto done = work();
        if (!done) {
            return done;
        }
        if (result<void> committed = change->commit(); !committed) {
            return tl::unexpected(std::move(committed.error()));
        }
        return done;
    }

private:
    state_folder folder_; ///< first: the lock is let go after the database is closed
    sqlite::database source_;
    project_table projects_{source_};
    outcome_store outcomes_{source_, projects_};
    training_store trainings_{source_, projects_};
    url_store urls_{source_, projects_};
    folder_store folders_{source_, projects_};
};

} // namespace retraind::ledger
