#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/project_table.hpp"
#include "ledger/sqlite.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// What is known of watched folders: the mount below each, and which of their files go back in
/// line. Writing functions are called inside a transaction; ledger thread only.
class folder_store {
public:
    folder_store(sqlite::database& source, project_table& projects)
        : source_(source), projects_(projects) {}

    [[nodiscard]] result<std::optional<mount_record>> mount_of(const project_id& project,
                                                               const std::string& folder);
    [[nodiscard]] result<void> accept_mount(const project_id& project, const std::string& folder,
                                            const mount_record& on, wall_time at);
    [[nodiscard]] result<retried_files> retry(const retry_order& order);

private:
    sqlite::database& source_;
    project_table& projects_;
    sqlite::statement find_mount_{source_, "SELECT source, type FROM mounts WHERE folder = ?1"};
    sqlite::statement put_mount_{
        source_,
        "INSERT OR REPLACE INTO mounts (folder, source, type, since) VALUES (?1, ?2, ?3, ?4)"};
    sqlite::statement drop_mount_{
        source_, "DELETE FROM mounts WHERE folder IN "
                 "(SELECT key FROM folders WHERE path = ?1 AND (?2 IS NULL OR project = ?2))"};
    // ?2 is a file, or a folder whose files lie from ?3 to ?4; where it is empty, all are meant.
    // ?5 is the project; null for all.
    sqlite::statement list_rejected_{
        source_, "SELECT files.print FROM files JOIN folders ON folders.key = files.folder "
                 "WHERE folders.path = ?1 AND (?5 IS NULL OR folders.project = ?5) AND "
                 "files.outcome = 'rejected' AND "
                 "(length(?2) = 0 OR files.path = ?2 OR (files.path >= ?3 AND files.path < ?4))"};
    sqlite::statement note_retry_{
        source_,
        "INSERT INTO history (project, folder, path, digest, event, detail, at) "
        "SELECT folders.project, files.folder, files.path, files.digest, 'retried', '', ?6 "
        "FROM files JOIN folders ON folders.key = files.folder "
        "WHERE folders.path = ?1 AND (?5 IS NULL OR folders.project = ?5) AND "
        "files.outcome = 'rejected' AND "
        "(length(?2) = 0 OR files.path = ?2 OR (files.path >= ?3 AND files.path < ?4))"};
    // Those of files that have been set aside meanwhile stay, for they say why.
    sqlite::statement drop_rejections_{
        source_, "DELETE FROM rejections WHERE folder IN "
                 "(SELECT key FROM folders WHERE path = ?1 AND (?5 IS NULL OR project = ?5)) "
                 "AND (length(?2) = 0 OR path = ?2 OR (path >= ?3 AND path < ?4)) AND EXISTS "
                 "(SELECT 1 FROM files WHERE files.folder = rejections.folder AND "
                 "files.path = rejections.path AND files.outcome = 'rejected')"};
    // They count again once they have their next outcome.
    sqlite::statement take_off_totals_{
        source_, "UPDATE project_facts SET value = max(0, value - "
                 "(SELECT count(*) FROM files JOIN folders ON folders.key = files.folder "
                 "WHERE folders.path = ?1 AND folders.project = project_facts.project AND "
                 "files.outcome = 'rejected' AND "
                 "(length(?2) = 0 OR files.path = ?2 OR (files.path >= ?3 AND files.path < ?4)))) "
                 "WHERE name = 'recorded.rejected' AND (?5 IS NULL OR project = ?5)"};
    sqlite::statement drop_files_{
        source_, "DELETE FROM files WHERE folder IN "
                 "(SELECT key FROM folders WHERE path = ?1 AND (?5 IS NULL OR project = ?5)) "
                 "AND outcome = 'rejected' AND "
                 "(length(?2) = 0 OR path = ?2 OR (path >= ?3 AND path < ?4))"};
};

} // namespace retraind::ledger
