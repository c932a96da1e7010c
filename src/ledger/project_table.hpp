#pragma once

#include <cstdint>
#include <string>

#include "ledger/sqlite.hpp"
#include "retraind/base/clock.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::ledger {

/// Projects and their watched folders by their keys in the database; 0 is the key of none.
class project_table {
public:
    explicit project_table(sqlite::database& source) : source_(source) {}

    [[nodiscard]] result<std::int64_t> find(const project_id& project);
    [[nodiscard]] result<std::int64_t> find_or_add(const project_id& project, wall_time at);
    [[nodiscard]] result<std::int64_t> find_folder(std::int64_t project, const std::string& path);
    [[nodiscard]] result<std::int64_t> find_or_add_folder(std::int64_t project,
                                                          const std::string& path);

private:
    sqlite::database& source_;
    sqlite::statement find_{source_, "SELECT key FROM projects WHERE guid = ?1"};
    sqlite::statement add_{source_, "INSERT INTO projects (guid, known_since) VALUES (?1, ?2)"};
    sqlite::statement find_folder_{source_,
                                   "SELECT key FROM folders WHERE project = ?1 AND path = ?2"};
    sqlite::statement add_folder_{source_, "INSERT INTO folders (project, path) VALUES (?1, ?2)"};
};

} // namespace retraind::ledger
