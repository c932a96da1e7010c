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

namespace retraind::pipeline {
namespace {

class findings {
public:
    void add(std::string key, std::string sentence) {
        if (!sentence.empty()) {
            found_.push_back({std::move(key), std::move(sentence)});
        }
    }
    [[nodiscard]] std::vector<disk_fault> take() { return std::move(found_); }

private:
    std::vector<disk_fault> found_;
};

/// What stands in the way of writing to an existing folder, or nothing.
std::string unwritable(const std::string& path, const service_unit& unit) {
    const bool refused = ::access(path.c_str(), W_OK | X_OK) != 0;
    const int why = refused ? errno : 0;
    const bool closed_to_service =
        !unit.writable.empty() && !report::is_writable_for_service(path, unit.writable);
    if (closed_to_service || (why == EROFS && !unit.name.empty())) {
        return fmt::format("{} is read-only for {}; to open it: {}", path, unit.name,
                           report::drop_in_command(path, unit.name));
    }
    return refused ? fmt::format("{}; the daemon must be able to write there",
                                 from_errno(why, path).message)
                   : std::string();
}

/// Makes the folder where it is missing; why it cannot be used, or nothing.
std::string make_usable(const std::string& path, const service_unit& unit) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed == std::errc::read_only_file_system && !unit.name.empty()) {
        return fmt::format("{} cannot be made, its place is read-only for {}; make it, and to open "
                           "it: {}",
                           path, unit.name, report::drop_in_command(path, unit.name));
    }
    if (failed) {
        return fmt::format("{} cannot be made: {}", path, failed.message());
    }
    return unwritable(path, unit);
}

std::string unreadable(const std::string& path) {
    return ::access(path.c_str(), R_OK) == 0 ? std::string() : from_errno(errno, path).message;
}

/// Deleting and moving change the watched folder itself.
bool changes_folder(const disposal::options& options) {
    return options.rejected || !std::holds_alternative<disposal::keep>(options.uploaded);
}

void look_at_writing(findings& found, const std::string& key, const config::watch_block& folder,
                     const service_unit& unit) {
    if (changes_folder(folder.disposal) && folder_fault(folder.watch.path).empty()) {
        const std::string closed = unwritable(folder.watch.path, unit);
        found.add(key + ".path",
                  closed.empty()
                      ? closed
                      : "after_upload or rejected take pictures out of a folder, but " + closed);
    }
    if (const auto* move = std::get_if<disposal::move_to>(&folder.disposal.uploaded)) {
        found.add(key + ".after_upload.move_to", make_usable(move->folder, unit));
    }
    if (folder.disposal.rejected) {
        found.add(key + ".rejected", make_usable(*folder.disposal.rejected, unit));
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
                                     const service_unit& unit) {
    findings found;
    for (std::size_t at = 0; at < project.watch.size(); ++at) {
        look_at_writing(found, fmt::format("watch[{}]", at), project.watch[at], unit);
    }
    return found.take();
}

std::vector<disk_fault> preflight(const config::configuration& wanted, const service_unit& unit) {
    findings found;
    if (const auto key = key_store(wanted.service.key).read(); !key) {
        found.add(wanted.service.key.environment.empty() ? "service.training_key_file"
                                                         : "service.training_key_env",
                  key.error().message);
    }
    if (wanted.service.client.ca_file) {
        found.add("service.ca_file", unreadable(*wanted.service.client.ca_file));
    }
    found.add("state", make_usable(wanted.state, unit));
    for (std::size_t project = 0; project < wanted.projects.size(); ++project) {
        const auto& folders = wanted.projects[project].watch;
        for (std::size_t at = 0; at < folders.size(); ++at) {
            const std::string key = key_of(project, at);
            found.add(key + ".path", folder_fault(folders[at].watch.path));
            look_at_writing(found, key, folders[at], unit);
            found.add(key + ".path", replaced_fault(wanted.state, folders[at].watch.path));
        }
    }
    return found.take();
}

} // namespace retraind::pipeline
