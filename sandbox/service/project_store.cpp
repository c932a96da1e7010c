#include "sandbox/service/project_store.hpp"

#include "sandbox/service/text_list.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view columns =
    "SELECT id, name, description, domain_id, classification, export_platforms, created, "
    "last_modified, workspace_created, revision, next_iteration, export_container, "
    "notification_queue FROM projects ";

project read(const rows& row) {
    project read;
    read.id = row.text(0);
    read.name = row.text(1);
    read.description = row.text(2);
    read.domain_id = row.text(3);
    read.classification = row.optional_text(4);
    read.export_platforms = split_list(row.text(5));
    read.created = row.integer(6);
    read.last_modified = row.integer(7);
    read.workspace_created = row.integer(8);
    read.revision = row.integer(9);
    read.next_iteration = row.integer(10);
    read.export_container = row.optional_text(11);
    read.notification_queue = row.optional_text(12);
    return read;
}

} // namespace

std::vector<project> project_store::all() const {
    std::vector<project> found;
    rows row = database_.query(std::string(columns) + "ORDER BY created DESC, id");
    while (row.next()) {
        found.push_back(read(row));
    }
    return found;
}

std::optional<project> project_store::find(std::string_view id) const {
    rows row = database_.query(std::string(columns) + "WHERE id = ?", id);
    return row.next() ? std::optional(read(row)) : std::nullopt;
}

bool project_store::is_name_taken(std::string_view name, std::string_view except) const {
    return database_.scalar("SELECT 1 FROM projects WHERE name = ? AND id <> ?", name, except)
        .has_value();
}

std::size_t project_store::count() const {
    return static_cast<std::size_t>(database_.scalar("SELECT COUNT(*) FROM projects").value_or(0));
}

void project_store::insert(const project& added) {
    database_.run("INSERT INTO projects(id, name, description, domain_id, classification, "
                  "export_platforms, created, last_modified, workspace_created, "
                  "export_container, notification_queue) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  added.id, added.name, added.description, added.domain_id, added.classification,
                  join_list(added.export_platforms), added.created, added.last_modified,
                  added.workspace_created, added.export_container, added.notification_queue);
}

void project_store::update(const project& changed) {
    database_.run("UPDATE projects SET name = ?, description = ?, domain_id = ?, "
                  "classification = ?, export_platforms = ?, last_modified = ?, "
                  "export_container = ?, notification_queue = ? WHERE id = ?",
                  changed.name, changed.description, changed.domain_id, changed.classification,
                  join_list(changed.export_platforms), changed.last_modified,
                  changed.export_container, changed.notification_queue, changed.id);
}

void project_store::remove(std::string_view id) {
    database_.run("DELETE FROM projects WHERE id = ?", id);
}

void project_store::mark_changed(std::string_view id) {
    database_.run("UPDATE projects SET revision = revision + 1 WHERE id = ?", id);
}

void project_store::begin_workspace(std::string_view id, ticks moment) {
    database_.run("UPDATE projects SET next_iteration = next_iteration + 1, "
                  "workspace_created = ? WHERE id = ?",
                  moment, id);
}

std::optional<std::string> project_store::setting(std::string_view name) const {
    rows row = database_.query("SELECT value FROM settings WHERE name = ?", name);
    return row.next() ? std::optional(row.text(0)) : std::nullopt;
}

void project_store::set(std::string_view name, std::string_view bytes) {
    database_.run("INSERT INTO settings(name, value) VALUES(?, ?) "
                  "ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                  name, blob{bytes});
}

} // namespace sandbox::service
