#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/project_table.hpp"
#include "ledger/sqlite.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// Contents, files, rejections and the history of their outcomes. Writing functions are called
/// inside a transaction; ledger thread only.
class outcome_store {
public:
    outcome_store(sqlite::database& source, project_table& projects)
        : source_(source), projects_(projects) {}

    [[nodiscard]] result<recorded_batch> record(const project_id& project,
                                                const batch_record& batch);
    [[nodiscard]] result<std::vector<content_record>>
    find_contents(const project_id& project, const std::vector<sha256>& digests);
    [[nodiscard]] result<std::vector<std::uint64_t>>
    known_sizes(const project_id& project, const std::vector<std::uint64_t>& sizes);
    [[nodiscard]] result<remembered_part> remembered_files(const project_id& project,
                                                           const std::string& folder,
                                                           const std::string& after,
                                                           std::size_t most);
    [[nodiscard]] result<void> forget_files(const project_id& project,
                                            const std::vector<file_fingerprint>& prints);
    [[nodiscard]] result<totals> count(const project_id& project);

private:
    /// Where one file's outcome goes: the keys that its rows share.
    struct place {
        std::int64_t project = 0;
        std::int64_t folder = 0;
        std::optional<std::int64_t> batch;
        wall_time at{};
    };

    [[nodiscard]] result<std::optional<std::int64_t>> record_batch(std::int64_t project,
                                                                   const batch_record& batch);
    /// Whether it was judged anew.
    [[nodiscard]] result<bool> record_file(place where, const file_outcome& file);
    /// Whether it was remembered as rejected; that is taken off the totals then.
    [[nodiscard]] result<bool> take_off_rejected(const place& where, const file_outcome& file);
    [[nodiscard]] result<void> record_step(const place& where, const file_outcome& file);
    [[nodiscard]] result<void> record_content(const place& where, const file_outcome& file);
    [[nodiscard]] result<void> remember(const place& where, const file_outcome& file);
    [[nodiscard]] result<void> record_rejection(const place& where, const file_outcome& file);
    [[nodiscard]] result<std::optional<content_record>> content(std::int64_t project,
                                                                const sha256& digest);

    sqlite::database& source_;
    project_table& projects_;
    sqlite::statement add_batch_{source_,
                                 "INSERT INTO batches (project, request_id, body_bytes, files, at) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5)"};
    sqlite::statement add_step_{
        source_, "INSERT INTO history (project, batch, folder, path, digest, event, detail, at) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
    sqlite::statement count_outcome_{
        source_, "INSERT INTO project_facts (project, name, value) VALUES (?1, ?2, 1) "
                 "ON CONFLICT (project, name) DO UPDATE SET value = value + 1"};
    sqlite::statement find_rejected_{
        source_, "SELECT 1 FROM files WHERE folder = ?1 AND path = ?2 AND outcome = 'rejected'"};
    sqlite::statement take_off_rejected_{source_,
                                         "UPDATE project_facts SET value = max(0, value - 1) "
                                         "WHERE project = ?1 AND name = 'recorded.rejected'"};
    sqlite::statement find_content_{source_, "SELECT bytes, outcome, image, labels, path, at, sent "
                                             "FROM contents "
                                             "WHERE project = ?1 AND digest = ?2"};
    // A duplicate leaves the step of the outcome that it repeats.
    sqlite::statement put_content_{
        source_,
        "INSERT INTO contents (project, digest, bytes, outcome, image, labels, path, at, "
        "step, sent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?11) "
        "ON CONFLICT (project, digest) DO UPDATE SET bytes = ?3, outcome = ?4, image = ?5, "
        "labels = ?6, path = ?7, at = ?8, step = iif(?10, step, ?9), sent = ?11"};
    sqlite::statement put_file_{
        source_, "INSERT OR REPLACE INTO files (folder, path, print, bytes, modified_ns, "
                 "changed_ns, digest, outcome, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"};
    sqlite::statement put_rejection_{
        source_, "INSERT OR REPLACE INTO rejections (folder, path, code, sentence, mend, labels, "
                 "attempts, service_status, service_code, service_message, request_id, first_seen, "
                 "rejected_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"};
    sqlite::statement drop_rejection_{source_,
                                      "DELETE FROM rejections WHERE folder = ?1 AND path = ?2"};
    sqlite::statement find_size_{
        source_, "SELECT 1 FROM contents WHERE project = ?1 AND bytes = ?2 LIMIT 1"};
    sqlite::statement list_files_{source_,
                                  "SELECT print, outcome, path FROM files WHERE folder = ?1 "
                                  "AND path > ?2 ORDER BY path LIMIT ?3"};
    sqlite::statement drop_file_{source_, "DELETE FROM files WHERE print = ?2 AND folder IN "
                                          "(SELECT key FROM folders WHERE project = ?1)"};
    sqlite::statement list_counts_{
        source_, "SELECT substr(name, 10), value FROM project_facts "
                 "WHERE project = ?1 AND name >= 'recorded.' AND name < 'recorded/'"};
};

} // namespace retraind::ledger
