#include "disposal/reservation.hpp"

#include <array>
#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/disposal/disposal_rules.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"

namespace retraind::disposal {
namespace {

/// The server is asked on network file systems: what is cached proves nothing.
int look_at(int folder, const char* name, int flags, struct statx& found) {
    return ::statx(folder, name, flags | AT_STATX_FORCE_SYNC | AT_NO_AUTOMOUNT, STATX_BASIC_STATS,
                   &found);
}

bool is_same(const struct statx& found, const file_identity& sent) {
    constexpr std::int64_t second = 1'000'000'000;
    return S_ISREG(found.stx_mode) && found.stx_ino == sent.inode && found.stx_size == sent.size &&
           found.stx_mtime.tv_sec * second + found.stx_mtime.tv_nsec == sent.modified_ns;
}

look verdict_of_failure() {
    return errno == ENOENT || errno == ENOTDIR ? look::missing : look::failed;
}

look compare_target(const place& link, int home, const file_identity& sent) {
    std::array<char, 4096> text{};
    const ssize_t size = ::readlinkat(link.folder, link.name.c_str(), text.data(), text.size() - 1);
    if (size < 0) {
        return verdict_of_failure();
    }
    struct statx found {};
    if (look_at(home, text.data(), 0, found) != 0) {
        return look::different;
    }
    return is_same(found, sent) ? look::same : look::different;
}

} // namespace

int reservation::begin() {
    const std::optional<std::string> name = reserved_name(random_(), original_.name);
    if (!name) {
        return begin_in_folder();
    }
    held_ = {original_.folder, *name};
    // Where a rename may replace, the random name is what keeps it from doing so. Linking or
    // copying would leave the file under its own name, or make another of it.
    int failure = calls_.rename_new(original_, held_);
    if (failure == EINVAL || failure == ENOSYS || failure == EOPNOTSUPP) {
        failure = calls_.rename(original_, held_);
    }
    return failure;
}

int reservation::begin_in_folder() {
    holder_ = {original_.folder, reserved_folder(random_())};
    int failure = calls_.make_folder(holder_, S_IRWXU);
    if (failure != 0) {
        return failure;
    }
    inside_ = descriptor(::openat(holder_.folder, holder_.name.c_str(),
                                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    held_ = {inside_.get(), original_.name};
    failure = inside_.get() < 0 ? errno : calls_.rename(original_, held_);
    if (failure != 0) {
        close();
    }
    return failure;
}

moved reservation::give_back() {
    mover hands(calls_, random_);
    moved back =
        hands.move_to_free_name(held_, {original_.folder, original_.name, longest_name, {}});
    if (back.failure == 0) {
        close();
    }
    return back;
}

void reservation::close() {
    if (!holder_.name.empty()) {
        // One that stays is empty and reserved: the next start removes it.
        calls_.remove_folder(holder_);
    }
}

look compare(const place& at, int home, const file_identity& sent) {
    struct statx found {};
    if (look_at(at.folder, at.name.c_str(), AT_SYMLINK_NOFOLLOW, found) != 0) {
        return verdict_of_failure();
    }
    if (S_ISLNK(found.stx_mode)) {
        return compare_target(at, home, sent);
    }
    return is_same(found, sent) ? look::same : look::different;
}

} // namespace retraind::disposal
