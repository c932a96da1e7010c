#include "sandbox/service/tag_store.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view columns =
    "SELECT id, name, description, type, (SELECT COUNT(*) FROM image_tags "
    "WHERE iteration_id = '' AND tag_id = tags.id) FROM tags ";

tag read(const rows& row) {
    return {row.text(0), row.text(1), row.optional_text(2), row.text(3),
            static_cast<std::size_t>(row.integer(4))};
}

std::vector<tag> read_all(rows row) {
    std::vector<tag> found;
    while (row.next()) {
        found.push_back(read(row));
    }
    return found;
}

} // namespace

std::vector<tag> tag_store::all(std::string_view project_id) const {
    return read_all(
        database_.query(std::string(columns) + "WHERE project_id = ? ORDER BY id", project_id));
}

std::optional<tag> tag_store::find(std::string_view project_id, std::string_view id) const {
    rows row =
        database_.query(std::string(columns) + "WHERE project_id = ? AND id = ?", project_id, id);
    return row.next() ? std::optional(read(row)) : std::nullopt;
}

std::vector<tag> tag_store::of_iteration(std::string_view iteration_id) const {
    return read_all(database_.query(
        "SELECT tag_id, name, description, type, (SELECT COUNT(*) FROM image_tags "
        "WHERE iteration_id = iteration_tags.iteration_id AND tag_id = iteration_tags.tag_id) "
        "FROM iteration_tags WHERE iteration_id = ? ORDER BY tag_id",
        iteration_id));
}

bool tag_store::is_name_taken(std::string_view project_id, std::string_view name,
                              std::string_view except) const {
    return database_
        .scalar("SELECT 1 FROM tags WHERE project_id = ? AND name = ? AND id <> ?", project_id,
                name, except)
        .has_value();
}

bool tag_store::is_type_taken(std::string_view project_id, std::string_view type,
                              std::string_view except) const {
    return database_
        .scalar("SELECT 1 FROM tags WHERE project_id = ? AND type = ? AND id <> ?", project_id,
                type, except)
        .has_value();
}

std::size_t tag_store::count(std::string_view project_id) const {
    return static_cast<std::size_t>(
        database_.scalar("SELECT COUNT(*) FROM tags WHERE project_id = ?", project_id).value_or(0));
}

void tag_store::insert(std::string_view project_id, const tag& added) {
    database_.run("INSERT INTO tags(id, project_id, name, description, type) VALUES(?, ?, ?, ?, ?)",
                  added.id, project_id, added.name, added.description, added.type);
}

void tag_store::update(const tag& changed) {
    database_.run("UPDATE tags SET name = ?, description = ?, type = ? WHERE id = ?", changed.name,
                  changed.description, changed.type, changed.id);
}

void tag_store::remove(std::string_view id) {
    database_.run("DELETE FROM image_tags WHERE iteration_id = '' AND tag_id = ?", id);
    database_.run("DELETE FROM regions WHERE iteration_id = '' AND tag_id = ?", id);
    database_.run("DELETE FROM tags WHERE id = ?", id);
}

} // namespace sandbox::service
