#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/project_table.hpp"
#include "ledger/sqlite.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// The addresses that lists named, and the lists that have their end. Writing functions are called
/// inside a transaction; ledger thread only.
class url_store {
public:
    url_store(sqlite::database& source, project_table& projects)
        : source_(source), projects_(projects) {}

    [[nodiscard]] result<void> record(const project_id& project, const url_record& batch);
    [[nodiscard]] result<std::vector<url_outcome>> find(const project_id& project,
                                                        const std::vector<std::string>& urls);
    [[nodiscard]] result<void> finish(const project_id& project, const finished_list& list);

private:
    [[nodiscard]] result<void> record_url(std::int64_t project, std::optional<std::int64_t> batch,
                                          const url_outcome& each, wall_time at);
    [[nodiscard]] result<void> count(std::int64_t project, const totals& lines);
    [[nodiscard]] result<void> remember(std::int64_t project, const finished_list::place& file,
                                        wall_time at);

    sqlite::database& source_;
    project_table& projects_;
    sqlite::statement add_batch_{source_,
                                 "INSERT INTO batches (project, request_id, body_bytes, files, at) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"};
    sqlite::statement add_step_{source_, "INSERT INTO history (project, batch, event, detail, at) "
                                         "VALUES (?1, ?2, ?3, ?4, ?5)"};
    // A duplicate is no news of an address that has its outcome.
    sqlite::statement put_{
        source_,
        "INSERT INTO addresses (project, url, outcome, image, labels, code, sentence, mend, list, "
        "at, step) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT (project, url) DO UPDATE SET labels = ?5, "
        "outcome = iif(?3 = 'duplicate', outcome, ?3), image = iif(?3 = 'duplicate', image, ?4), "
        "code = iif(?3 = 'duplicate', code, ?6), sentence = iif(?3 = 'duplicate', sentence, ?7), "
        "mend = iif(?3 = 'duplicate', mend, ?8), list = iif(?3 = 'duplicate', list, ?9), "
        "at = iif(?3 = 'duplicate', at, ?10), step = iif(?3 = 'duplicate', step, ?11)"};
    sqlite::statement find_{source_,
                            "SELECT outcome, image, labels, code, sentence, mend, list, at "
                            "FROM addresses WHERE project = ?1 AND url = ?2"};
    sqlite::statement let_go_{source_,
                              "UPDATE addresses SET list = NULL WHERE project = ?1 AND list = ?2"};
    sqlite::statement count_{source_,
                             "INSERT INTO project_facts (project, name, value) VALUES (?1, ?2, ?3) "
                             "ON CONFLICT (project, name) DO UPDATE SET value = value + ?3"};
    sqlite::statement put_file_{
        source_, "INSERT OR REPLACE INTO files (folder, path, print, bytes, modified_ns, "
                 "changed_ns, outcome, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'confirmed', ?7)"};
};

} // namespace retraind::ledger
