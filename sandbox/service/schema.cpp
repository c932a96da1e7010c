#include "sandbox/service/schema.hpp"

#include <fmt/format.h>

namespace sandbox::service {

namespace {

constexpr std::int64_t schema_version = 3;

// The workspace, what the next training sees, is kept in the same tables as the iterations'
// snapshots of it: its iteration_id is ''.
constexpr const char* first_version = R"sql(
CREATE TABLE settings(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE projects(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    domain_id TEXT NOT NULL,
    classification TEXT,
    export_platforms TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_modified INTEGER NOT NULL,
    workspace_created INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    next_iteration INTEGER NOT NULL DEFAULT 1);

CREATE TABLE tags(
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL,
    UNIQUE(project_id, name));

CREATE TABLE images(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    sha256 BLOB NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    metadata TEXT,
    created INTEGER NOT NULL);
CREATE INDEX images_by_content ON images(project_id, sha256);
CREATE INDEX images_in_order ON images(project_id, seq);

CREATE TABLE members(
    iteration_id TEXT NOT NULL,
    image_id TEXT NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    PRIMARY KEY(iteration_id, image_id)) WITHOUT ROWID;
CREATE INDEX members_by_image ON members(image_id);

CREATE TABLE image_tags(
    iteration_id TEXT NOT NULL,
    image_id TEXT NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY(iteration_id, image_id, tag_id)) WITHOUT ROWID;
CREATE INDEX image_tags_by_tag ON image_tags(iteration_id, tag_id);
CREATE INDEX image_tags_by_image ON image_tags(image_id);

CREATE TABLE regions(
    iteration_id TEXT NOT NULL,
    id TEXT NOT NULL,
    image_id TEXT NOT NULL REFERENCES images(id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL,
    left REAL NOT NULL,
    top REAL NOT NULL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY(iteration_id, id)) WITHOUT ROWID;
CREATE INDEX regions_by_image ON regions(image_id);

CREATE TABLE iterations(
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_modified INTEGER NOT NULL,
    trained_at INTEGER,
    domain_id TEXT,
    classification TEXT,
    training_type TEXT NOT NULL,
    reserved_hours INTEGER NOT NULL,
    training_minutes INTEGER NOT NULL DEFAULT 0,
    publish_name TEXT,
    publish_resource TEXT,
    error TEXT,
    revision INTEGER NOT NULL,
    selection TEXT NOT NULL,
    evaluation BLOB);
CREATE INDEX iterations_by_project ON iterations(project_id, number);
CREATE UNIQUE INDEX iterations_by_publish_name ON iterations(project_id, publish_name);

CREATE TABLE iteration_tags(
    iteration_id TEXT NOT NULL REFERENCES iterations(id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL,
    selected INTEGER NOT NULL,
    PRIMARY KEY(iteration_id, tag_id)) WITHOUT ROWID;

CREATE TABLE features(
    image_id TEXT PRIMARY KEY REFERENCES images(id) ON DELETE CASCADE,
    method TEXT NOT NULL,
    numbers BLOB NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* second_version = R"sql(
CREATE TABLE predictions(
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
    iteration_id TEXT NOT NULL,
    domain_id TEXT NOT NULL,
    application TEXT NOT NULL,
    media_type TEXT NOT NULL,
    created INTEGER NOT NULL);
CREATE INDEX predictions_by_project ON predictions(project_id, seq);

CREATE TABLE prediction_tags(
    prediction_id TEXT NOT NULL REFERENCES predictions(id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    tag_id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY(prediction_id, place)) WITHOUT ROWID;

CREATE TABLE exports(
    iteration_id TEXT NOT NULL REFERENCES iterations(id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    flavor TEXT NOT NULL,
    ready INTEGER NOT NULL,
    PRIMARY KEY(iteration_id, platform, flavor)) WITHOUT ROWID;
)sql";

constexpr const char* third_version = R"sql(
ALTER TABLE projects ADD COLUMN export_container TEXT;
ALTER TABLE projects ADD COLUMN notification_queue TEXT;
CREATE INDEX predictions_by_age ON predictions(created);
CREATE TABLE prediction_calls(month TEXT PRIMARY KEY, calls INTEGER NOT NULL) WITHOUT ROWID;
)sql";

} // namespace

void prepare_schema(database& on) {
    const std::int64_t found = on.scalar("PRAGMA user_version").value_or(0);
    if (found > schema_version) {
        throw database_error(fmt::format("database: schema {} is newer than this program's {}",
                                         found, schema_version));
    }
    if (found == schema_version) {
        return;
    }
    transaction whole(on);
    if (found < 1) {
        on.script(first_version);
    }
    if (found < 2) {
        on.script(second_version);
    }
    on.script(third_version);
    on.script(fmt::format("PRAGMA user_version = {}", schema_version).c_str());
    whole.commit();
}

} // namespace sandbox::service
