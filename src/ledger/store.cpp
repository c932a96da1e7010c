#include "ledger/store.hpp"

#include <optional>

#include "ledger/schema.hpp"

namespace retraind::ledger {
namespace {

// FULL: a commit has been flushed when it returns; NORMAL would lose the last ones in a power cut.
constexpr const char* settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                                 "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; "
                                 "PRAGMA journal_size_limit = 67108864;";

/// A database that SQLite calls damaged, in its words.
struct damage {
    std::string words;
};

/// Nothing for a sound database; `damage` for a damaged one; an error where that is not known.
result<std::optional<damage>> look_for_damage(sqlite::database& source) {
    std::string words;
    const result<void> checked =
        sqlite::statement(source, "PRAGMA quick_check(1)").each([&words](const sqlite::row& row) {
            words = row.text(0);
        });
    if (!checked && source.says_damaged()) {
        return damage{checked.error().message};
    }
    if (!checked) {
        return tl::unexpected(checked.error());
    }
    return words == "ok" ? std::nullopt : std::optional(damage{std::move(words)});
}

/// Opens what is there, or makes it anew where that is damaged.
result<sqlite::database> open_sound(const state_folder& folder, wall_time now,
                                    open_report& report) {
    const result<bool> created = folder.make_database_file();
    if (!created) {
        return tl::unexpected(created.error());
    }
    report.created = *created;
    result<sqlite::database> source = sqlite::database::open(folder.database_path());
    if (!source) {
        return source;
    }
    const result<std::optional<damage>> found = look_for_damage(*source);
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (!*found) {
        return source;
    }
    // SQLite's handle is closed before its files go, or closing would write into the new ones.
    source = fail(errc::database, "");
    result<std::string> aside = folder.set_database_aside(now);
    if (!aside) {
        return tl::unexpected(std::move(aside.error()));
    }
    report.set_aside = std::move(*aside);
    report.damage = (*found)->words;
    return open_sound(folder, now, report);
}

} // namespace

result<opened_store> store::open(const std::string& state_dir, wall_time now) {
    result<state_folder> folder = state_folder::take(state_dir);
    if (!folder) {
        return tl::unexpected(std::move(folder.error()));
    }
    opened_store done;
    result<sqlite::database> source = open_sound(*folder, now, done.report);
    if (!source) {
        return tl::unexpected(std::move(source.error()));
    }
    const result<void> ready =
        source->execute(settings).and_then([&] { return migrate(*source, schema_steps()); });
    if (!ready) {
        return tl::unexpected(ready.error());
    }
    done.opened = std::make_unique<store>(std::move(*folder), std::move(*source));
    return done;
}

} // namespace retraind::ledger
