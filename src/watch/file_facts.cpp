#include "file_facts.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

namespace retraind::watch {
namespace {

std::int64_t nanoseconds(const struct statx_timestamp& time) {
    constexpr std::uint64_t in_a_second = 1'000'000'000;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * in_a_second +
                                     time.tv_nsec);
}

file_identity identity_in(const struct statx& facts) {
    file_identity identity;
    identity.device = makedev(facts.stx_dev_major, facts.stx_dev_minor);
    identity.inode = facts.stx_ino;
    identity.size = facts.stx_size;
    identity.modified_ns = nanoseconds(facts.stx_mtime);
    identity.changed_ns = nanoseconds(facts.stx_ctime);
    return identity;
}

bool look(int folder, const char* name, bool on_network, int more_flags, struct statx& facts) {
    const int flags =
        more_flags | AT_NO_AUTOMOUNT | (on_network ? AT_STATX_FORCE_SYNC : AT_STATX_SYNC_AS_STAT);
    return ::statx(folder, name, flags, STATX_BASIC_STATS, &facts) == 0;
}

/// The identity of the regular file that a link leads to; nothing where it leads to none.
std::optional<file_identity> target_identity(int folder, const char* name, bool on_network) {
    struct statx facts {};
    if (!look(folder, name, on_network, 0, facts) || !S_ISREG(facts.stx_mode)) {
        return std::nullopt;
    }
    return identity_in(facts);
}

bool leads_inside(const std::string& root, const std::string& path) {
    using real_path = std::unique_ptr<char, decltype(&std::free)>;
    const real_path top(::realpath(root.c_str(), nullptr), &std::free);
    const real_path target(::realpath((root + "/" + path).c_str(), nullptr), &std::free);
    return top && target && std::string(target.get()).starts_with(std::string(top.get()) + "/");
}

} // namespace

std::optional<file_facts> facts_of(int folder, const char* name, bool on_network) {
    struct statx facts {};
    if (!look(folder, name, on_network, AT_SYMLINK_NOFOLLOW, facts)) {
        return std::nullopt;
    }
    file_facts found;
    found.identity = identity_in(facts);
    if (S_ISREG(facts.stx_mode)) {
        found.kind = file_kind::regular;
    } else if (S_ISDIR(facts.stx_mode)) {
        found.kind = file_kind::folder;
    } else if (S_ISLNK(facts.stx_mode)) {
        found.kind = file_kind::link;
    }
    return found;
}

std::optional<file_identity> picture_identity(const file_facts& facts, int folder, const char* name,
                                              bool on_network, const std::string& root,
                                              const std::string& path) {
    if (facts.kind == file_kind::regular) {
        return facts.identity;
    }
    if (facts.kind == file_kind::link && leads_inside(root, path)) {
        return target_identity(folder, name, on_network);
    }
    return std::nullopt;
}

descriptor open_folder(int parent, const char* name, bool follow) {
    const int no_links = follow ? 0 : O_NOFOLLOW;
    return descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | no_links));
}

descriptor open_below(int top, std::string_view path) {
    descriptor folder = open_folder(top, ".", false);
    while (folder && !path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        folder = open_folder(folder.get(), std::string(path.substr(0, end)).c_str(), false);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return folder;
}

bool is_on_network(int folder) {
    constexpr long cifs = 0xFF534D42;
    constexpr long smb2 = 0xFE534D42;
    constexpr long fuse = 0x65735546;
    struct statfs facts {};
    if (::fstatfs(folder, &facts) != 0) {
        return false;
    }
    const long type = facts.f_type;
    return type == NFS_SUPER_MAGIC || type == SMB_SUPER_MAGIC || type == cifs || type == smb2 ||
           type == fuse || type == AFS_SUPER_MAGIC || type == V9FS_MAGIC;
}

} // namespace retraind::watch
