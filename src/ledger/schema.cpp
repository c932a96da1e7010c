#include "ledger/schema.hpp"

#include <array>

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::ledger {
namespace {

// Times are milliseconds since the epoch, UTC. Paths are the raw bytes of the file system, hence
// blobs; ids are the service's GUIDs as it writes them. `step` orders what happened where a wall
// clock may be set back: it is the number of a row of history.
constexpr const char* first_version = R"sql(
CREATE TABLE projects (
    key INTEGER PRIMARY KEY,
    guid TEXT NOT NULL UNIQUE,
    known_since INTEGER NOT NULL
) STRICT;

-- `recorded.OUTCOME`: how many files ended so since the ledger began.
CREATE TABLE project_facts (
    project INTEGER NOT NULL REFERENCES projects (key),
    name TEXT NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY (project, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE folders (
    key INTEGER PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES projects (key),
    path BLOB NOT NULL,
    UNIQUE (project, path)
) STRICT;

CREATE TABLE batches (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES projects (key),
    request_id TEXT NOT NULL,
    body_bytes INTEGER NOT NULL,
    files INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE history (
    step INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES projects (key),
    batch INTEGER REFERENCES batches (number),
    folder INTEGER REFERENCES folders (key),
    path BLOB,
    digest BLOB,
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX history_of_file ON history (folder, path) WHERE path IS NOT NULL;
CREATE INDEX history_of_content ON history (project, digest) WHERE digest IS NOT NULL;

CREATE TABLE contents (
    project INTEGER NOT NULL REFERENCES projects (key),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    bytes INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('confirmed', 'duplicate', 'held_out', 'removed')),
    image TEXT,
    labels TEXT NOT NULL,
    path BLOB NOT NULL,
    at INTEGER NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (project, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX contents_of_size ON contents (project, bytes);
CREATE INDEX contents_in_order ON contents (project, outcome, step);

CREATE TABLE files (
    folder INTEGER NOT NULL REFERENCES folders (key),
    path BLOB NOT NULL,
    print BLOB NOT NULL CHECK (length(print) = 16),
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    digest BLOB,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_of_print ON files (print);

CREATE TABLE rejections (
    folder INTEGER NOT NULL REFERENCES folders (key),
    path BLOB NOT NULL,
    code TEXT NOT NULL,
    sentence TEXT NOT NULL,
    mend TEXT NOT NULL,
    labels TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    service_status INTEGER,
    service_code TEXT NOT NULL,
    service_message TEXT NOT NULL,
    request_id TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    rejected_at INTEGER NOT NULL,
    PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;

-- `seen_step`: the last step when it was intended; what was confirmed later is not in it.
CREATE TABLE trainings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES projects (key),
    state TEXT NOT NULL,
    intended_at INTEGER NOT NULL,
    seen_step INTEGER NOT NULL,
    known TEXT NOT NULL,
    iteration TEXT,
    precision REAL,
    recall REAL,
    detail TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trainings_of_project ON trainings (project, number);
)sql";

// The content stays keyed by what lay in the folder; where a smaller picture of it was sent, this
// is the digest of that.
constexpr const char* what_was_sent = R"sql(
ALTER TABLE contents ADD COLUMN sent BLOB CHECK (length(sent) = 32);
)sql";

// `list`: the fingerprint of the list that the outcome was recorded for, until that list has its
// end: a restart in the middle of one knows its own lines by it.
constexpr const char* addresses_of_lists = R"sql(
CREATE TABLE addresses (
    project INTEGER NOT NULL REFERENCES projects (key),
    url TEXT NOT NULL,
    outcome TEXT NOT NULL
        CHECK (outcome IN ('confirmed', 'duplicate', 'held_out', 'removed', 'rejected')),
    image TEXT,
    labels TEXT NOT NULL,
    code TEXT NOT NULL,
    sentence TEXT NOT NULL,
    mend TEXT NOT NULL,
    list BLOB CHECK (length(list) = 16),
    at INTEGER NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (project, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_in_order ON addresses (project, outcome, step);
CREATE INDEX addresses_of_list ON addresses (project, list) WHERE list IS NOT NULL;
)sql";

// What each watched folder lay on when that was accepted. The source is a path, hence a blob.
constexpr const char* mounts_of_folders = R"sql(
CREATE TABLE mounts (
    folder INTEGER PRIMARY KEY REFERENCES folders (key),
    source BLOB NOT NULL,
    type TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
)sql";

// What a training took of the service's time. Of older ones that is not known.
constexpr const char* time_of_trainings = R"sql(
ALTER TABLE trainings ADD COLUMN used_seconds INTEGER CHECK (used_seconds >= 0);
)sql";

constexpr std::array<const char*, 5> steps_of_schema{
    first_version, what_was_sent, addresses_of_lists, mounts_of_folders, time_of_trainings};

result<void> apply(sqlite::database& target, const char* step, std::size_t version) {
    result<sqlite::transaction> change = sqlite::transaction::begin(target);
    if (!change) {
        return tl::unexpected(std::move(change.error()));
    }
    return target.execute(step)
        .and_then([&] { return target.execute(fmt::format("PRAGMA user_version = {}", version)); })
        .and_then([&] { return change->commit(); });
}

} // namespace

std::span<const char* const> schema_steps() {
    return steps_of_schema;
}

result<void> migrate(sqlite::database& target, std::span<const char* const> steps) {
    const result<std::int64_t> found = target.integer("PRAGMA user_version");
    if (!found) {
        return tl::unexpected(found.error());
    }
    const auto version = static_cast<std::size_t>(*found);
    if (*found < 0 || version > steps.size()) {
        return fail(errc::refused,
                    fmt::format("{}: a newer retraind wrote this ledger (version {}, this one "
                                "knows {}); install that version again",
                                printable(target.path()), *found, steps.size()));
    }
    for (std::size_t next = version; next < steps.size(); ++next) {
        if (result<void> done = apply(target, steps[next], next + 1); !done) {
            return done;
        }
    }
    return {};
}

} // namespace retraind::ledger
