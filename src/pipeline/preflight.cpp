#include "retraind/pipeline/preflight.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <variant>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/error.hpp"
#include "retraind/ledger/peek.hpp"
#include "retraind/pipeline/key_store.hpp"
#include "retraind/pipeline/mount_rules.hpp"
#include "retraind/report/writable_path_rules.hpp"
#include "retraind/watch/mount_table.hpp"
#include "retraind/watch/name_rules.hpp"

namespace retraind::pipeline {
namespace {

/// What becomes of folders that are made when missing.
enum class missing { make, leave };

class findings {
public:
    explicit findings(missing folders) : folders_(folders) {}

    void add(std::string key, std::string sentence) {
        if (!sentence.empty()) {
            found_.faults.push_back({std::move(key), std::move(sentence)});
        }
    }
    void add_to_make(std::string key, const std::string& path) {
        found_.to_make.push_back({std::move(key), fmt::format("{} is not there yet; the daemon "
                                                              "makes it",
                                                              path)});
    }
    [[nodiscard]] missing folders() const { return folders_; }
    [[nodiscard]] disk_view take() { return std::move(found_); }

private:
    missing folders_;
    disk_view found_;
};

/// Where a path leads; what is missing of it is left as it is.
std::string real_path(const std::string& path) {
    std::error_code failed;
    const std::filesystem::path real = std::filesystem::weakly_canonical(path, failed);
    return failed ? path : real.string();
}

/// systemd follows links in what it opens, so paths are compared by where they lead.
service_unit with_real_paths(service_unit unit) {
    for (std::string& entry : unit.writable) {
        const std::size_t path = std::min(entry.find_first_not_of("-+"), entry.size());
        if (path < entry.size()) {
            entry.replace(path, std::string::npos, real_path(entry.substr(path)));
        }
    }
    return unit;
}

/// What stands in the way of writing to an existing folder, or nothing.
std::string unwritable(const std::string& path, const service_unit& unit) {
    const bool refused = ::access(path.c_str(), W_OK | X_OK) != 0;
    const int why = refused ? errno : 0;
    const bool closed_to_service =
        !unit.writable.empty() && !report::is_writable_for_service(real_path(path), unit.writable);
    if (closed_to_service || (why == EROFS && !unit.name.empty())) {
        return fmt::format("{} is read-only for {}; to open it: {}", path, unit.name,
                           report::drop_in_command(path, unit.name));
    }
    return refused ? fmt::format("{}; the daemon must be able to write there",
                                 from_errno(why, path).message)
                   : std::string();
}

std::string cannot_be_made(const std::string& path, const service_unit& unit) {
    return fmt::format("{} cannot be made, its place is read-only for {}; to make it and to open "
                       "it: {}",
                       path, unit.name, report::making_command(path, unit.name));
}

/// Makes the folder where it is missing; why it cannot be used, or nothing.
std::string make_usable(const std::string& path, const service_unit& unit) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed == std::errc::read_only_file_system && !unit.name.empty()) {
        return cannot_be_made(path, unit);
    }
    if (failed) {
        return fmt::format("{} cannot be made: {}", path, failed.message());
    }
    return unwritable(path, unit);
}

/// The nearest thing above a missing path that is there.
std::string place_of(const std::string& path) {
    std::error_code failed;
    std::filesystem::path above = path;
    while (above.has_relative_path() && !std::filesystem::exists(above, failed) &&
           (!failed || failed == std::errc::not_a_directory)) {
        above = above.parent_path();
    }
    return above.string();
}

/// Why a missing folder could not be made, or nothing.
std::string unmakable(const std::string& path, const service_unit& unit) {
    const std::string place = place_of(path);
    // What is listed as it stands is made by systemd (StateDirectory=) or has to be there before
    // the unit starts; an entry with "-" does nothing while it is missing.
    const auto& open = unit.writable;
    if (std::ranges::find(open, real_path(path)) != open.end()) {
        return {};
    }
    const bool closed_to_service =
        !open.empty() && !report::is_writable_for_service(real_path(place), open);
    if (closed_to_service) {
        return cannot_be_made(path, unit);
    }
    struct stat facts {};
    const bool in_the_way = ::stat(place.c_str(), &facts) == 0 && !S_ISDIR(facts.st_mode);
    if (in_the_way || ::access(place.c_str(), W_OK | X_OK) != 0) {
        return fmt::format("{} cannot be made: {}", path,
                           from_errno(in_the_way ? ENOTDIR : errno, place).message);
    }
    return {};
}

/// A folder that is made when missing.
void look_at_made(findings& found, const std::string& key, const std::string& path,
                  const service_unit& unit) {
    std::error_code ignored;
    if (found.folders() == missing::make) {
        found.add(key, make_usable(path, unit));
    } else if (std::filesystem::is_directory(path, ignored)) {
        found.add(key, unwritable(path, unit));
    } else if (std::string why = unmakable(path, unit); !why.empty()) {
        found.add(key, std::move(why));
    } else {
        found.add_to_make(key, path);
    }
}

std::string unreadable(const std::string& path) {
    return ::access(path.c_str(), R_OK) == 0 ? std::string() : from_errno(errno, path).message;
}

/// Deleting and moving change the watched folder itself.
bool changes_folder(const disposal::options& options) {
    return options.rejected || !std::holds_alternative<disposal::keep>(options.uploaded);
}

/// Why pictures cannot be taken out of a folder in the watched one; empty where they can. Who makes
/// a folder for a tag decides who may write to it. Of a folder without end its first entries are
/// looked at.
std::string closed_inside(const watch::options& watched, const service_unit& unit) {
    constexpr int entries_looked_at = 4096;
    const watch::name_rules names(watched);
    std::error_code failed;
    std::filesystem::directory_iterator entry(watched.path, failed);
    for (int looked = 0;
         !failed && entry != std::filesystem::directory_iterator() && looked < entries_looked_at;
         ++looked, entry.increment(failed)) {
        std::error_code vanished;
        const std::string path = entry->path().string();
        const bool entered =
            names.enters_folder(entry->path().filename().c_str()) &&
            entry->symlink_status(vanished).type() == std::filesystem::file_type::directory &&
            ::access(path.c_str(), R_OK | X_OK) == 0;
        if (entered && ::access(path.c_str(), W_OK) != 0 && errno == EACCES) {
            const std::string user = unit.user.empty() ? std::to_string(::geteuid()) : unit.user;
            return fmt::format("{}; to open it and those that are made later: {}",
                               from_errno(EACCES, path).message,
                               report::emptying_command(watched.path, user));
        }
    }
    return {};
}

void look_at_writing(findings& found, const std::string& key, const config::watch_block& folder,
                     const service_unit& unit) {
    if (changes_folder(folder.disposal) && folder_fault(folder.watch.path).empty()) {
        std::string closed = unwritable(folder.watch.path, unit);
        if (closed.empty()) {
            closed = closed_inside(folder.watch, unit);
        }
        found.add(key + ".path",
                  closed.empty()
                      ? closed
                      : "after_upload or rejected take pictures out of a folder, but " + closed);
    }
    if (const auto* move = std::get_if<disposal::move_to>(&folder.disposal.uploaded)) {
        look_at_made(found, key + ".after_upload.move_to", move->folder, unit);
    }
    if (folder.disposal.rejected) {
        look_at_made(found, key + ".rejected", *folder.disposal.rejected, unit);
    }
}

std::string key_of(std::size_t project, std::size_t folder) {
    return fmt::format("projects[{}].watch[{}]", project, folder);
}

/// Why a folder that is there is not the one that the ledger knows; empty where it is, or where
/// there is no ledger that could say so.
std::string replaced_fault(const std::string& state, const std::string& folder) {
    auto memory = ledger::peek::open(state);
    if (!memory || !*memory) {
        return {};
    }
    const auto remembered = (*memory)->mounts_of(folder);
    const auto found = watch::mount_of(folder);
    if (!remembered || remembered->empty() || !found) {
        return {};
    }
    const ledger::mount_record now{found->source, found->type};
    const bool known = std::ranges::find(*remembered, now) != remembered->end();
    return known ? std::string() : replaced_sentence(folder, remembered->front(), now);
}

disk_view look(const config::configuration& wanted, const service_unit& named, missing folders) {
    const service_unit unit = with_real_paths(named);
    findings found(folders);
    if (const result<secret> key = unit.key ? *unit.key : key_store(wanted.service.key).read();
        !key) {
        found.add(wanted.service.key.environment.empty() ? "service.training_key_file"
                                                         : "service.training_key_env",
                  key.error().message);
    }
    if (wanted.service.client.ca_file) {
        found.add("service.ca_file", unreadable(*wanted.service.client.ca_file));
    }
    look_at_made(found, "state", wanted.state, unit);
    for (std::size_t project = 0; project < wanted.projects.size(); ++project) {
        const auto& watched = wanted.projects[project].watch;
        for (std::size_t at = 0; at < watched.size(); ++at) {
            const std::string key = key_of(project, at);
            found.add(key + ".path", folder_fault(watched[at].watch.path));
            look_at_writing(found, key, watched[at], unit);
            found.add(key + ".path", replaced_fault(wanted.state, watched[at].watch.path));
        }
    }
    return found.take();
}

} // namespace

std::string folder_fault(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return errno == ENOENT
                   ? fmt::format("{} is not there; make it, or mount what holds it", path)
                   : from_errno(errno, path).message;
    }
    if (!S_ISDIR(facts.st_mode)) {
        return fmt::format("{} is not a folder", path);
    }
    if (::access(path.c_str(), R_OK | X_OK) != 0) {
        return fmt::format("{} is not readable for this user; grant read and search on it", path);
    }
    return {};
}

std::vector<disk_fault> write_faults(const config::project_block& project,
                                     const service_unit& named) {
    const service_unit unit = with_real_paths(named);
    findings found(missing::make);
    for (std::size_t at = 0; at < project.watch.size(); ++at) {
        look_at_writing(found, fmt::format("watch[{}]", at), project.watch[at], unit);
    }
    return found.take().faults;
}

std::vector<disk_fault> preflight(const config::configuration& wanted, const service_unit& unit) {
    return look(wanted, unit, missing::make).faults;
}

disk_view look_at_disk(const config::configuration& wanted, const service_unit& unit) {
    return look(wanted, unit, missing::leave);
}

} // namespace retraind::pipeline
