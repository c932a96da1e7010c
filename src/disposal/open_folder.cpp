#include "disposal/open_folder.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace retraind::disposal {
namespace {

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

} // namespace

descriptor::~descriptor() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

int open_folders::open(const std::string& below, int& folder) {
    if (const auto known = folders_.find(below); known != folders_.end()) {
        folder = known->second.get();
        return 0;
    }
    descriptor opened;
    int failure = 0;
    if (below.empty()) {
        failure = open_root(opened);
    } else {
        const std::size_t slash = below.rfind('/');
        const std::string part = below.substr(slash == std::string::npos ? 0 : slash + 1);
        int parent = -1;
        failure = part.empty() || part == "." || part == ".."
                      ? EINVAL
                      : open(slash == std::string::npos ? "" : below.substr(0, slash), parent);
        if (failure == 0) {
            failure = enter(parent, part, O_NOFOLLOW, opened);
        }
    }
    if (failure == 0) {
        folder = opened.get();
        folders_.emplace(below, std::move(opened));
    }
    return failure;
}

int open_folders::sync() {
    int first = 0;
    for (const auto& [path, folder] : folders_) {
        if (const int failure = calls_.sync(folder.get()); failure != 0 && first == 0) {
            first = failure;
        }
    }
    return first;
}

int open_folders::open_root(descriptor& opened) {
    opened = descriptor(::open(root_.c_str(), folder_flags));
    if (opened.get() >= 0) {
        return 0;
    }
    if (errno != ENOENT || policy_ == missing::is_an_error) {
        return errno;
    }
    descriptor folder(::open("/", folder_flags));
    std::string_view rest = root_;
    while (!rest.empty()) {
        const std::string part(rest.substr(0, rest.find('/')));
        rest.remove_prefix(part.size() < rest.size() ? part.size() + 1 : part.size());
        if (part.empty()) {
            continue;
        }
        descriptor next;
        if (const int failure = enter(folder.get(), part, 0, next); failure != 0) {
            return failure;
        }
        folder = std::move(next);
    }
    opened = std::move(folder);
    return 0;
}

int open_folders::enter(int parent, const std::string& part, int flags, descriptor& opened) {
    opened = descriptor(::openat(parent, part.c_str(), folder_flags | flags));
    if (opened.get() >= 0) {
        return 0;
    }
    if (errno != ENOENT || policy_ == missing::is_an_error) {
        return errno;
    }
    int failure = calls_.make_folder({parent, part}, S_IRWXU | S_IRWXG | S_IRWXO);
    if (failure == 0) {
        failure = calls_.sync(parent);
    }
    if (failure != 0 && failure != EEXIST) {
        return failure;
    }
    opened = descriptor(::openat(parent, part.c_str(), folder_flags | flags));
    return opened.get() < 0 ? errno : 0;
}

} // namespace retraind::disposal
