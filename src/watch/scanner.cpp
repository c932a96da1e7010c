#include "retraind/watch/scanner.hpp"

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_facts.hpp"
#include "retraind/base/text.hpp"

namespace retraind::watch {
namespace {

/// Folders in folders in folders: each level keeps a descriptor open while its pass lasts.
constexpr std::size_t deepest_level = 64;

struct close_folder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};
using open_folder = std::unique_ptr<DIR, close_folder>;

struct level {
    open_folder folder;
    std::string path; ///< below the root; "" for it
    [[nodiscard]] std::string below(const char* name) const {
        return path.empty() ? std::string(name) : path + "/" + name;
    }
};

std::string absolute(const std::string& root, const std::string& path) {
    return path.empty() ? root : root + "/" + path;
}

} // namespace

struct scan_cursor::state {
    std::string root;
    name_rules names;
    std::function<void(const std::string&)> before_folder;
    std::string below;
    bool begun = false;
    bool on_network = false;
    std::vector<level> levels;

    [[nodiscard]] result<void> begin(scan_part& part);
    [[nodiscard]] result<level> open(int parent, const char* name, std::string path) const;
    void enter(level opened, scan_part& part);
    void step(scan_part& part);
    void visit(const char* name, scan_part& part);
    void enter_below(const char* name, scan_part& part);
};

result<level> scan_cursor::state::open(int parent, const char* name, std::string path) const {
    const int no_links = parent == AT_FDCWD ? 0 : O_NOFOLLOW;
    const int descriptor =
        ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | no_links);
    DIR* folder = descriptor < 0 ? nullptr : ::fdopendir(descriptor);
    if (folder == nullptr) {
        const int number = errno;
        if (descriptor >= 0) {
            ::close(descriptor);
        }
        return tl::unexpected(from_errno(number, printable(absolute(root, path))));
    }
    return level{open_folder(folder), std::move(path)};
}

void scan_cursor::state::enter(level opened, scan_part& part) {
    before_folder(absolute(root, opened.path));
    part.folders.push_back(opened.path);
    levels.push_back(std::move(opened));
}

result<void> scan_cursor::state::begin(scan_part& part) {
    begun = true;
    const std::string top = absolute(root, below);
    result<level> opened = open(AT_FDCWD, top.c_str(), below);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    on_network = is_on_network(::dirfd(opened->folder.get()));
    enter(std::move(*opened), part);
    return {};
}

void scan_cursor::state::step(scan_part& part) {
    errno = 0;
    const dirent* entry = ::readdir(levels.back().folder.get());
    if (entry == nullptr) {
        if (errno != 0) {
            part.problems.push_back(
                from_errno(errno, printable(absolute(root, levels.back().path))));
        }
        levels.pop_back();
        return;
    }
    const char* name = entry->d_name;
    if (std::strcmp(name, ".") != 0 && std::strcmp(name, "..") != 0) {
        visit(name, part);
    }
}

void scan_cursor::state::visit(const char* name, scan_part& part) {
    const bool folder_name = names.enters_folder(name);
    const bool file_name = names.takes_file(name);
    if (!folder_name && !file_name) {
        return;
    }
    const int parent = ::dirfd(levels.back().folder.get());
    const std::string path = levels.back().below(name);
    const std::optional<file_facts> facts = facts_of(parent, name, on_network);
    if (!facts) {
        return; // it went away between the listing and the look
    }
    if (facts->kind == file_kind::folder && folder_name) {
        enter_below(name, part);
        return;
    }
    const bool takes = facts->kind == file_kind::regular ||
                       (facts->kind == file_kind::link && leads_inside(root, path));
    if (!takes || !file_name) {
        return;
    }
    const std::optional<file_identity> identity = facts->kind == file_kind::link
                                                      ? target_identity(parent, name, on_network)
                                                      : std::optional(facts->identity);
    if (identity) {
        part.files.push_back({path, *identity, fingerprint(root, path, *identity)});
    }
}

void scan_cursor::state::enter_below(const char* name, scan_part& part) {
    const std::string path = levels.back().below(name);
    if (levels.size() >= deepest_level) {
        part.problems.push_back(
            {errc::invalid, fmt::format("{}: lies more than {} folders deep and is not looked into",
                                        printable(absolute(root, path)), deepest_level)});
        return;
    }
    result<level> opened = open(::dirfd(levels.back().folder.get()), name, path);
    if (opened) {
        enter(std::move(*opened), part);
    } else if (opened.error().code != errc::not_found) {
        part.problems.push_back(std::move(opened.error()));
    }
}

scan_cursor::scan_cursor(std::string root, name_rules names,
                         std::function<void(const std::string& path)> before_folder,
                         std::string below)
    : state_(std::make_unique<state>()) {
    state_->root = std::move(root);
    state_->names = std::move(names);
    state_->before_folder = std::move(before_folder);
    state_->below = std::move(below);
}

scan_cursor::~scan_cursor() = default;
scan_cursor::scan_cursor(scan_cursor&&) noexcept = default;
scan_cursor& scan_cursor::operator=(scan_cursor&&) noexcept = default;

result<scan_part> scan_cursor::next(std::size_t most) {
    scan_part part;
    if (!state_->begun) {
        if (result<void> begun = state_->begin(part); !begun) {
            return tl::unexpected(begun.error());
        }
    }
    while (!state_->levels.empty() && part.files.size() < most) {
        state_->step(part);
    }
    part.finished = state_->levels.empty();
    return part;
}

std::vector<scanned_file> look_at(const std::string& root, const name_rules& names,
                                  const std::vector<std::string>& paths) {
    std::vector<scanned_file> found;
    const int folder = ::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return found;
    }
    const bool on_network = is_on_network(folder);
    for (const std::string& path : paths) {
        const std::optional<file_facts> facts =
            names.takes_path(path) ? facts_of(folder, path.c_str(), on_network) : std::nullopt;
        if (!facts) {
            continue;
        }
        if (facts->kind == file_kind::regular) {
            found.push_back({path, facts->identity, fingerprint(root, path, facts->identity)});
        } else if (facts->kind == file_kind::link && leads_inside(root, path)) {
            if (const auto identity = target_identity(folder, path.c_str(), on_network)) {
                found.push_back({path, *identity, fingerprint(root, path, *identity)});
            }
        }
    }
    ::close(folder);
    return found;
}

} // namespace retraind::watch
