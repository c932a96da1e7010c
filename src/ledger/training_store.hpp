#pragma once

#include <cstdint>
#include <vector>

#include "ledger/project_table.hpp"
#include "ledger/sqlite.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// Training intents, what became of them, and what is counted for the next. Writing functions are
/// called inside a transaction; ledger thread only.
class training_store {
public:
    training_store(sqlite::database& source, project_table& projects)
        : source_(source), projects_(projects) {}

    [[nodiscard]] result<training_facts> facts(const project_id& project);
    [[nodiscard]] result<std::int64_t> intend(const project_id& project,
                                              const std::vector<iteration_id>& known, wall_time at);
    [[nodiscard]] result<void> update(const project_id& project, const training_record& changed);
    [[nodiscard]] result<std::vector<training_use>> uses(const project_id& project,
                                                         wall_time since);

private:
    [[nodiscard]] result<void> count_confirmed(std::int64_t project, training_facts& facts);
    [[nodiscard]] result<void> add_step(std::int64_t project, const training_record& training);

    sqlite::database& source_;
    project_table& projects_;
    // By the order of steps, not by times: a clock that is set back moves no picture into a
    // training that never saw it.
    sqlite::statement count_{
        source_, "WITH seen (step) AS (SELECT coalesce(max(seen_step), 0) FROM "
                 "trainings WHERE project = ?1 AND state IN "
                 "('completed', 'published', 'not_needed')), "
                 "unseen AS (SELECT step, at FROM contents WHERE project = ?1 AND "
                 "outcome IN ('confirmed', 'duplicate') AND step > (SELECT step FROM seen) "
                 "UNION ALL SELECT step, at FROM addresses WHERE project = ?1 AND "
                 "outcome IN ('confirmed', 'duplicate') AND step > (SELECT step FROM seen)) "
                 "SELECT count(*), (SELECT at FROM unseen ORDER BY step LIMIT 1) FROM unseen"};
    sqlite::statement last_confirmed_{
        source_, "SELECT at FROM (SELECT * FROM (SELECT step, at FROM contents WHERE "
                 "project = ?1 AND outcome IN ('confirmed', 'duplicate') "
                 "ORDER BY step DESC LIMIT 1) UNION ALL SELECT * FROM (SELECT step, at FROM "
                 "addresses WHERE project = ?1 AND outcome IN ('confirmed', 'duplicate') "
                 "ORDER BY step DESC LIMIT 1)) ORDER BY step DESC LIMIT 1"};
    sqlite::statement newest_{
        source_,
        "SELECT number, state, intended_at, known, iteration, precision, recall, detail, "
        "changed_at, used_seconds FROM trainings WHERE project = ?1 ORDER BY number DESC LIMIT 1"};
    sqlite::statement add_{
        source_, "INSERT INTO trainings (project, state, intended_at, seen_step, known, detail, "
                 "changed_at) VALUES (?1, ?2, ?3, (SELECT coalesce(max(step), 0) FROM history), "
                 "?4, '', ?3)"};
    sqlite::statement update_{
        source_, "UPDATE trainings SET state = ?3, iteration = ?4, precision = ?5, recall = ?6, "
                 "detail = ?7, changed_at = ?8, used_seconds = ?9 WHERE project = ?1 AND number = "
                 "?2 RETURNING number"};
    sqlite::statement uses_{
        source_, "SELECT intended_at, used_seconds FROM trainings WHERE project = ?1 AND "
                 "intended_at >= ?2 AND used_seconds IS NOT NULL ORDER BY number"};
    sqlite::statement add_step_{
        source_, "INSERT INTO history (project, event, detail, at) VALUES (?1, ?2, ?3, ?4)"};
};

} // namespace retraind::ledger
