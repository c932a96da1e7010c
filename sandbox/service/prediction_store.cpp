#include "sandbox/service/prediction_store.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view columns =
    "SELECT seq, id, project_id, iteration_id, domain_id, application, media_type, created "
    "FROM predictions ";

} // namespace

void prediction_store::insert(const prediction& added) {
    const auto inserted = database_.run(
        "INSERT OR IGNORE INTO predictions(id, project_id, iteration_id, domain_id, application, "
        "media_type, created) VALUES(?, ?, ?, ?, ?, ?, ?)",
        added.id, added.project_id, added.iteration_id, added.domain_id, added.application,
        added.media_type, added.created);
    if (inserted == 0) {
        return;
    }
    for (std::size_t i = 0; i < added.tags.size(); ++i) {
        const predicted_tag& each = added.tags[i];
        database_.run("INSERT INTO prediction_tags(prediction_id, place, tag_id, name, type, "
                      "probability) VALUES(?, ?, ?, ?, ?, ?)",
                      added.id, i, each.tag_id, each.name, each.type, each.probability);
    }
}

std::vector<prediction> prediction_store::all(std::string_view project_id) const {
    return read(
        database_.query(std::string(columns) + "WHERE project_id = ? ORDER BY seq", project_id));
}

std::optional<prediction> prediction_store::find(std::string_view project_id,
                                                 std::string_view id) const {
    auto found = read(
        database_.query(std::string(columns) + "WHERE project_id = ? AND id = ?", project_id, id));
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

bool prediction_store::remove(std::string_view project_id, std::string_view id) {
    return database_.run("DELETE FROM predictions WHERE project_id = ? AND id = ?", project_id,
                         id) > 0;
}

std::vector<prediction_key> prediction_store::remove_older(ticks moment) {
    std::vector<prediction_key> removed;
    rows row = database_.query("DELETE FROM predictions WHERE created < ? RETURNING project_id, id",
                               moment);
    while (row.next()) {
        removed.push_back({row.text(0), row.text(1)});
    }
    return removed;
}

bool prediction_store::count_call(std::string_view month, std::size_t most) {
    database_.run("DELETE FROM prediction_calls WHERE month <> ?", month);
    return database_.run("INSERT INTO prediction_calls(month, calls) VALUES(?, 1) "
                         "ON CONFLICT(month) DO UPDATE SET calls = calls + 1 WHERE calls < ?",
                         month, most) > 0;
}

std::vector<prediction> prediction_store::read(rows row) const {
    std::vector<prediction> found;
    while (row.next()) {
        found.push_back({row.integer(0),
                         row.text(1),
                         row.text(2),
                         row.text(3),
                         row.text(4),
                         row.text(5),
                         row.text(6),
                         row.integer(7),
                         {}});
        rows tags = database_.query("SELECT tag_id, name, type, probability FROM prediction_tags "
                                    "WHERE prediction_id = ? ORDER BY place",
                                    found.back().id);
        while (tags.next()) {
            found.back().tags.push_back({tags.text(0), tags.text(1), tags.text(2), tags.real(3)});
        }
    }
    return found;
}

} // namespace sandbox::service
