#include "retraind/watch/scanner.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>

#include "file_facts.hpp"
#include "retraind/base/text.hpp"

namespace retraind::watch {
namespace {

/// Folders in folders in folders: each level keeps a descriptor open while its pass lasts.
constexpr std::size_t deepest_level = 64;

struct close_listing {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

struct level {
    std::unique_ptr<DIR, close_listing> listing;
    std::string path; ///< below the root; "" for it
    bool on_network = false;

    [[nodiscard]] int folder() const { return ::dirfd(listing.get()); }
    [[nodiscard]] std::string below(const char* name) const {
        return path.empty() ? std::string(name) : path + "/" + name;
    }
};

std::string absolute(const std::string& root, const std::string& path) {
    return path.empty() ? root : root + "/" + path;
}

/// What a folder that is removed, renamed or replaced while it is looked at gives.
bool went_away(int number) {
    return number == ENOENT || number == ENOTDIR || number == ELOOP || number == ESTALE;
}

/// Whether the listing itself says that a name is neither a folder nor, perhaps, a picture.
bool is_certainly_not_wanted(const dirent& entry, bool folder_name, bool file_name) {
    const bool may_be_folder = entry.d_type == DT_DIR || entry.d_type == DT_UNKNOWN;
    const bool may_be_file =
        entry.d_type == DT_REG || entry.d_type == DT_LNK || entry.d_type == DT_UNKNOWN;
    return !(folder_name && may_be_folder) && !(file_name && may_be_file);
}

} // namespace

struct scan_cursor::state {
    std::string root;
    name_rules names;
    folder_listener before_folder;
    std::string below;
    bool begun = false;
    std::vector<level> levels;

    [[nodiscard]] result<void> begin();
    [[nodiscard]] result<void> enter(descriptor folder, std::string path);
    [[nodiscard]] error failure(int number, const std::string& path) const {
        return from_errno(number, printable(absolute(root, path)));
    }
    void step(scan_part& part);
    void visit(const dirent& entry, scan_part& part);
    void enter_below(const char* name, scan_part& part);
};

result<void> scan_cursor::state::begin() {
    begun = true;
    descriptor top = open_folder(AT_FDCWD, root.c_str(), true);
    if (top && !below.empty()) {
        top = open_below(top.get(), below);
    }
    if (!top) {
        return tl::unexpected(failure(errno, below));
    }
    return enter(std::move(top), below);
}

result<void> scan_cursor::state::enter(descriptor folder, std::string path) {
    level opened;
    opened.on_network = is_on_network(folder.get());
    before_folder(folder.get(), path);
    opened.listing.reset(::fdopendir(folder.get()));
    if (!opened.listing) {
        return tl::unexpected(failure(errno, path));
    }
    (void)folder.release(); // the listing closes it
    opened.path = std::move(path);
    levels.push_back(std::move(opened));
    return {};
}

void scan_cursor::state::step(scan_part& part) {
    errno = 0;
    const dirent* entry = ::readdir(levels.back().listing.get());
    if (entry == nullptr) {
        if (errno != 0 && !went_away(errno)) {
            part.problems.push_back(failure(errno, levels.back().path));
        }
        levels.pop_back();
        return;
    }
    if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0) {
        visit(*entry, part);
    }
}

void scan_cursor::state::visit(const dirent& entry, scan_part& part) {
    const char* name = entry.d_name;
    const bool folder_name = names.enters_folder(name);
    const bool file_name = names.takes_file(name);
    if (is_certainly_not_wanted(entry, folder_name, file_name)) {
        return;
    }
    const level& here = levels.back();
    const std::optional<file_facts> facts = facts_of(here.folder(), name, here.on_network);
    if (!facts) {
        return; // it went away between the listing and the look
    }
    if (facts->kind == file_kind::folder && folder_name) {
        enter_below(name, part);
    } else if (file_name) {
        std::string path = here.below(name);
        const auto identity =
            picture_identity(*facts, here.folder(), name, here.on_network, root, path);
        if (identity) {
            const file_fingerprint print = fingerprint(root, path, *identity);
            part.files.push_back({std::move(path), *identity, print});
        }
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
    descriptor folder = open_folder(levels.back().folder(), name, false);
    if (!folder) {
        if (!went_away(errno)) {
            part.problems.push_back(failure(errno, path));
        }
    } else if (result<void> entered = enter(std::move(folder), path); !entered) {
        part.problems.push_back(std::move(entered.error()));
    }
}

scan_cursor::scan_cursor(std::string root, name_rules names, folder_listener before_folder,
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

result<scan_part> scan_cursor::next(scan_limits limits) {
    const mono_time until = std::chrono::steady_clock::now() + limits.longest;
    if (!state_->begun) {
        if (result<void> begun = state_->begin(); !begun) {
            return tl::unexpected(std::move(begun.error()));
        }
    }
    scan_part part;
    do {
        if (state_->levels.empty()) {
            part.finished = true;
            break;
        }
        state_->step(part);
    } while (part.files.size() < limits.most && std::chrono::steady_clock::now() < until);
    return part;
}

namespace {

/// The folder that the last name lay in, kept for the next one, which is often its neighbour.
struct last_folder {
    std::string path;
    descriptor folder;
    bool on_network = false;

    void change_to(int top, const std::string& wanted) {
        if (folder && wanted == path) {
            return;
        }
        path = wanted;
        folder = open_below(top, path);
        on_network = folder && is_on_network(folder.get());
    }
};

} // namespace

std::vector<scanned_file> look_at(const std::string& root, const name_rules& names,
                                  const std::vector<std::string>& paths) {
    std::vector<scanned_file> found;
    const descriptor top = open_folder(AT_FDCWD, root.c_str(), true);
    last_folder in;
    for (const std::string& path : paths) {
        if (!top || !names.takes_path(path)) {
            continue;
        }
        const std::size_t slash = path.rfind('/');
        const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
        const char* name = path.c_str() + begin;
        in.change_to(top.get(), path.substr(0, begin == 0 ? 0 : slash));
        const std::optional<file_facts> facts =
            in.folder ? facts_of(in.folder.get(), name, in.on_network) : std::nullopt;
        const std::optional<file_identity> identity =
            facts ? picture_identity(*facts, in.folder.get(), name, in.on_network, root, path)
                  : std::nullopt;
        if (identity) {
            found.push_back({path, *identity, fingerprint(root, path, *identity)});
        }
    }
    return found;
}

} // namespace retraind::watch
