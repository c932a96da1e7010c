#include "retraind/watch/mount_table.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>

#include "descriptor.hpp"
#include "file_facts.hpp"
#include "retraind/base/text.hpp"

namespace retraind::watch {
namespace {

constexpr const char* table_path = "/proc/self/mountinfo";

result<std::string> read_table() {
    const descriptor table(::open(table_path, O_RDONLY | O_CLOEXEC));
    std::string text;
    std::array<char, 16 * 1024> piece{};
    ssize_t count = table ? 1 : -1;
    while (count > 0) {
        count = ::read(table.get(), piece.data(), piece.size());
        if (count > 0) {
            text.append(piece.data(), static_cast<std::size_t>(count));
        } else if (count < 0 && errno == EINTR) {
            count = 1;
        }
    }
    if (count < 0) {
        return tl::unexpected(from_errno(errno, table_path));
    }
    return text;
}

const mount* find_by_number(const std::vector<mount>& all, int folder) {
    struct statx facts {};
    const bool known = ::statx(folder, "", AT_EMPTY_PATH, STATX_MNT_ID, &facts) == 0 &&
                       (facts.stx_mask & STATX_MNT_ID) != 0;
    return known ? find_mount(all, facts.stx_mnt_id) : nullptr;
}

const mount* find_by_path(const std::vector<mount>& all, const std::string& folder) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(folder.c_str(), nullptr),
                                                           &std::free);
    return real ? find_mount(all, std::string_view(real.get())) : nullptr;
}

} // namespace

result<mount> mount_of(const std::string& folder) {
    const descriptor opened = open_folder(AT_FDCWD, folder.c_str(), true);
    if (!opened) {
        return tl::unexpected(from_errno(errno, printable(folder)));
    }
    const result<std::string> text = read_table();
    if (!text) {
        return tl::unexpected(text.error());
    }
    const std::vector<mount> all = decode_mounts(*text);
    const mount* found = find_by_number(all, opened.get());
    if (found == nullptr) {
        found = find_by_path(all, folder);
    }
    if (found == nullptr) {
        return fail(errc::io, fmt::format("{} has no mount for {}", table_path, printable(folder)));
    }
    return *found;
}

mount_changes::mount_changes() : descriptor_(::open(table_path, O_RDONLY | O_CLOEXEC)) {}

mount_changes::~mount_changes() {
    const descriptor closed(descriptor_);
}

bool mount_changes::any() {
    pollfd table{descriptor_, POLLPRI, 0};
    return ::poll(&table, 1, 0) > 0 && (table.revents & (POLLPRI | POLLERR)) != 0;
}

} // namespace retraind::watch
