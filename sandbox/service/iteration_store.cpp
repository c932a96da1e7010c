#include "sandbox/service/iteration_store.hpp"

#include <algorithm>

namespace sandbox::service {

namespace {

constexpr std::string_view columns =
    "SELECT id, project_id, number, name, status, created, last_modified, trained_at, domain_id, "
    "classification, training_type, reserved_hours, training_minutes, publish_name, "
    "publish_resource, error, revision, selection FROM iterations ";

iteration read(const rows& row) {
    iteration read;
    read.id = row.text(0);
    read.project_id = row.text(1);
    read.number = row.integer(2);
    read.name = row.text(3);
    read.status = row.text(4);
    read.created = row.integer(5);
    read.last_modified = row.integer(6);
    read.trained_at = row.optional_integer(7);
    read.domain_id = row.optional_text(8);
    read.classification = row.optional_text(9);
    read.training_type = row.text(10);
    read.reserved_hours = row.integer(11);
    read.training_minutes = row.integer(12);
    read.publish_name = row.optional_text(13);
    read.publish_resource = row.optional_text(14);
    read.error = row.optional_text(15);
    read.revision = row.integer(16);
    read.selection = row.text(17);
    return read;
}

std::vector<iteration> read_all(rows row) {
    std::vector<iteration> found;
    while (row.next()) {
        found.push_back(read(row));
    }
    return found;
}

std::optional<iteration> read_one(rows row) {
    return row.next() ? std::optional(read(row)) : std::nullopt;
}

std::optional<std::string> read_bytes(rows row) {
    return row.next() ? row.optional_text(0) : std::nullopt;
}

} // namespace

std::vector<iteration> iteration_store::all(std::string_view project_id) const {
    return read_all(
        database_.query(std::string(columns) + "WHERE project_id = ? ORDER BY number", project_id));
}

std::vector<iteration> iteration_store::all_in_training() const {
    return read_all(
        database_.query(std::string(columns) + "WHERE status = 'Training' ORDER BY last_modified"));
}

std::optional<iteration> iteration_store::find(std::string_view project_id,
                                               std::string_view id) const {
    return read_one(
        database_.query(std::string(columns) + "WHERE project_id = ? AND id = ?", project_id, id));
}

std::optional<iteration> iteration_store::find_published(std::string_view project_id,
                                                         std::string_view name) const {
    return read_one(database_.query(
        std::string(columns) + "WHERE project_id = ? AND publish_name = ?", project_id, name));
}

bool iteration_store::is_name_taken(std::string_view project_id, std::string_view name,
                                    std::string_view except) const {
    return database_
        .scalar("SELECT 1 FROM iterations WHERE project_id = ? AND name = ? AND id <> ?",
                project_id, name, except)
        .has_value();
}

void iteration_store::insert(const iteration& added, const std::vector<tag>& tags,
                             const std::vector<std::string>& selected) {
    database_.run("INSERT INTO iterations(id, project_id, number, name, status, created, "
                  "last_modified, training_type, reserved_hours, revision, selection) "
                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  added.id, added.project_id, added.number, added.name, added.status, added.created,
                  added.last_modified, added.training_type, added.reserved_hours, added.revision,
                  added.selection);
    for (const tag& each : tags) {
        const bool chosen = std::find(selected.begin(), selected.end(), each.id) != selected.end();
        database_.run("INSERT INTO iteration_tags(iteration_id, tag_id, name, description, type, "
                      "selected) VALUES(?, ?, ?, ?, ?, ?)",
                      added.id, each.id, each.name, each.description, each.type, chosen);
    }
    database_.run("INSERT INTO members(iteration_id, image_id) SELECT ?1, image_id FROM members "
                  "JOIN images ON images.id = members.image_id "
                  "WHERE iteration_id = '' AND images.project_id = ?2",
                  added.id, added.project_id);
    database_.run("INSERT INTO image_tags(iteration_id, image_id, tag_id, created) "
                  "SELECT ?1, image_id, tag_id, image_tags.created FROM image_tags "
                  "JOIN images ON images.id = image_tags.image_id "
                  "WHERE iteration_id = '' AND images.project_id = ?2",
                  added.id, added.project_id);
    database_.run("INSERT INTO regions(iteration_id, id, image_id, tag_id, left, top, width, "
                  "height, created) SELECT ?1, regions.id, image_id, tag_id, left, top, "
                  "regions.width, regions.height, regions.created FROM regions "
                  "JOIN images ON images.id = regions.image_id "
                  "WHERE iteration_id = '' AND images.project_id = ?2",
                  added.id, added.project_id);
}

void iteration_store::update(const iteration& changed) {
    database_.run("UPDATE iterations SET name = ?, status = ?, last_modified = ?, trained_at = ?, "
                  "domain_id = ?, classification = ?, training_minutes = ?, publish_name = ?, "
                  "publish_resource = ?, error = ? WHERE id = ?",
                  changed.name, changed.status, changed.last_modified, changed.trained_at,
                  changed.domain_id, changed.classification, changed.training_minutes,
                  changed.publish_name, changed.publish_resource, changed.error, changed.id);
}

void iteration_store::remove(std::string_view id) {
    database_.run("DELETE FROM members WHERE iteration_id = ?", id);
    database_.run("DELETE FROM image_tags WHERE iteration_id = ?", id);
    database_.run("DELETE FROM regions WHERE iteration_id = ?", id);
    database_.run("DELETE FROM iterations WHERE id = ?", id);
}

std::vector<training_example> iteration_store::examples(std::string_view id) const {
    std::vector<training_example> found;
    rows row = database_.query(
        "SELECT image_tags.image_id, image_tags.tag_id FROM image_tags "
        "JOIN images ON images.id = image_tags.image_id "
        "JOIN iteration_tags ON iteration_tags.iteration_id = image_tags.iteration_id "
        "AND iteration_tags.tag_id = image_tags.tag_id "
        "WHERE image_tags.iteration_id = ? AND iteration_tags.selected = 1 "
        "ORDER BY images.seq, image_tags.tag_id",
        id);
    while (row.next()) {
        std::string image_id = row.text(0);
        if (found.empty() || found.back().image_id != image_id) {
            found.push_back({std::move(image_id), {}});
        }
        found.back().tag_ids.push_back(row.text(1));
    }
    return found;
}

std::vector<tag> iteration_store::classes(std::string_view id) const {
    std::vector<tag> found;
    rows row = database_.query("SELECT tag_id, name, description, type FROM iteration_tags "
                               "WHERE iteration_id = ? AND selected = 1 ORDER BY tag_id",
                               id);
    while (row.next()) {
        found.push_back({row.text(0), row.text(1), row.optional_text(2), row.text(3), 0});
    }
    return found;
}

void iteration_store::set_evaluation(std::string_view id, std::string_view bytes) {
    database_.run("UPDATE iterations SET evaluation = ? WHERE id = ?", blob{bytes}, id);
}

std::optional<std::string> iteration_store::evaluation(std::string_view id) const {
    return read_bytes(database_.query("SELECT evaluation FROM iterations WHERE id = ?", id));
}

std::optional<std::string> iteration_store::features(std::string_view image_id,
                                                     std::string_view method) const {
    return read_bytes(database_.query(
        "SELECT numbers FROM features WHERE image_id = ? AND method = ?", image_id, method));
}

void iteration_store::set_features(std::string_view image_id, std::string_view method,
                                   std::string_view bytes) {
    database_.run("INSERT OR REPLACE INTO features(image_id, method, numbers) "
                  "SELECT id, ?, ? FROM images WHERE id = ?",
                  method, blob{bytes}, image_id);
}

} // namespace sandbox::service
