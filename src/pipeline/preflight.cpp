#include "retraind/pipeline/preflight.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <variant>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/error.hpp"
#include "retraind/pipeline/key_store.hpp"

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

/// Makes the folder where it is missing; why it cannot be used, or nothing.
std::string make_usable(const std::string& path) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed) {
        return fmt::format("{} cannot be made: {}", path, failed.message());
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) {
        return fmt::format("{}; the daemon must be able to write there",
                           from_errno(errno, path).message);
    }
    return {};
}

std::string unreadable(const std::string& path) {
    return ::access(path.c_str(), R_OK) == 0 ? std::string() : from_errno(errno, path).message;
}

/// Deleting and moving change the watched folder itself.
bool changes_folder(const disposal::options& options) {
    return options.rejected || !std::holds_alternative<disposal::keep>(options.uploaded);
}

void look_at_folder(findings& found, const std::string& key, const config::watch_block& folder) {
    const std::string fault = folder_fault(folder.watch.path);
    found.add(key + ".path", fault);
    if (fault.empty() && changes_folder(folder.disposal) &&
        ::access(folder.watch.path.c_str(), W_OK) != 0) {
        found.add(key + ".path",
                  fmt::format("{} is not writable, but after_upload or rejected take "
                              "pictures out of it",
                              folder.watch.path));
    }
    if (const auto* move = std::get_if<disposal::move_to>(&folder.disposal.uploaded)) {
        found.add(key + ".after_upload.move_to", make_usable(move->folder));
    }
    if (folder.disposal.rejected) {
        found.add(key + ".rejected", make_usable(*folder.disposal.rejected));
    }
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

std::vector<disk_fault> preflight(const config::configuration& wanted) {
    findings found;
    if (const auto key = key_store(wanted.service.key).read(); !key) {
        found.add(wanted.service.key.environment.empty() ? "service.training_key_file"
                                                         : "service.training_key_env",
                  key.error().message);
    }
    if (wanted.service.client.ca_file) {
        found.add("service.ca_file", unreadable(*wanted.service.client.ca_file));
    }
    found.add("state", make_usable(wanted.state));
    for (std::size_t project = 0; project < wanted.projects.size(); ++project) {
        const auto& folders = wanted.projects[project].watch;
        for (std::size_t folder = 0; folder < folders.size(); ++folder) {
            look_at_folder(found, fmt::format("projects[{}].watch[{}]", project, folder),
                           folders[folder]);
        }
    }
    return found.take();
}

} // namespace retraind::pipeline
