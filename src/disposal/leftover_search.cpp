#include "disposal/leftover_search.hpp"

#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "disposal/file_disposal.hpp"
#include "disposal/mover.hpp"
#include "retraind/base/text.hpp"
#include "retraind/disposal/disposal_rules.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"

namespace retraind::disposal {
namespace {

struct close_folder {
    void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

bool is_folder(int folder, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) {
        return entry.d_type == DT_DIR;
    }
    struct stat found {};
    return ::fstatat(folder, entry.d_name, &found, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(found.st_mode);
}

std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

} // namespace

leftovers leftover_search::run() {
    waiting_.emplace_back();
    while (!waiting_.empty()) {
        const std::string below = std::move(waiting_.back());
        waiting_.pop_back();
        look_into(below);
    }
    return std::move(result_);
}

void leftover_search::look_into(const std::string& below) {
    // Opened anew from the root each time: a tree may have more folders than a process descriptors.
    open_folders folders(root_, open_folders::missing::is_an_error, calls_);
    const std::size_t before = result_.given_back.size();
    std::vector<entry> found;
    int folder = -1;
    int failure = folders.open(below, folder);
    if (failure == 0) {
        failure = list(folder, false, found);
    }
    for (const entry& each : found) {
        look_at(folder, below, each);
    }
    if (failure == 0 && result_.given_back.size() > before) {
        failure = folders.sync();
    }
    if (failure != 0) {
        complain(failure, below);
    }
}

void leftover_search::look_at(int folder, const std::string& below, const entry& found) {
    if (!is_reserved(found.name)) {
        waiting_.push_back(joined(below, found.name));
    } else if (found.is_folder && is_reserved_folder(found.name)) {
        give_back_inside(folder, below, found.name);
    } else if (const auto original = original_name(found.name); original && !found.is_folder) {
        give_back({folder, found.name}, folder, below, *original);
    }
}

void leftover_search::give_back_inside(int folder, const std::string& below,
                                       const std::string& reserved) {
    const descriptor inside(
        ::openat(folder, reserved.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    std::vector<entry> found;
    int failure = inside.get() < 0 ? errno : list(inside.get(), true, found);
    for (const entry& each : found) {
        give_back({inside.get(), each.name}, folder, below, each.name);
    }
    if (failure == 0) {
        failure = calls_.remove_folder({folder, reserved});
    }
    if (failure != 0) {
        complain(failure, joined(below, reserved));
    }
}

void leftover_search::give_back(const place& held, int folder, const std::string& below,
                                const std::string& original) {
    mover hands(calls_, draw_random);
    const moved back = hands.move_to_free_name(held, {folder, original, longest_name, {}});
    if (back.failure == 0) {
        result_.given_back.push_back(joined(below, back.name));
    } else {
        complain(back.failure, joined(below, held.name));
    }
}

int leftover_search::list(int folder, bool all, std::vector<entry>& found) {
    const int again = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, close_folder> opened(again < 0 ? nullptr : ::fdopendir(again));
    if (!opened) {
        return errno;
    }
    errno = 0;
    while (const dirent* each = ::readdir(opened.get())) {
        const std::string name = each->d_name;
        const bool folder_found = is_folder(folder, *each);
        if (name != "." && name != ".." && (all || folder_found || is_reserved(name))) {
            found.push_back({name, folder_found});
        }
        errno = 0;
    }
    return errno;
}

void leftover_search::complain(int failure, const std::string& below) {
    result_.problems.push_back(from_errno(failure, printable(joined(root_, below))));
}

} // namespace retraind::disposal
