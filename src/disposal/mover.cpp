#include "disposal/mover.hpp"

#include <array>
#include <cerrno>
#include <span>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disposal/open_folder.hpp"
#include "retraind/disposal/disposal_rules.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"

namespace retraind::disposal {
namespace {

constexpr unsigned most_names = 10'000;
constexpr std::size_t copy_bytes_at_once = 256 * 1024;

static_assert(mover::written_meanwhile == ETXTBSY);

/// The file system cannot promise not to replace.
bool cannot_rename_new(int failure) {
    return failure == EINVAL || failure == ENOSYS || failure == EOPNOTSUPP;
}

/// The file system has no hard links, or none for this file.
bool cannot_link(int failure) {
    return failure == EPERM || failure == ENOSYS || failure == EOPNOTSUPP || failure == EMLINK;
}

bool exists(const place& at) {
    struct stat found {};
    return ::fstatat(at.folder, at.name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0;
}

bool same_state(const struct stat& before, const struct stat& after) {
    return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
           before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

int give_mode_and_time(int file, const struct stat& source) {
    const std::array<timespec, 2> times{source.st_atim, source.st_mtim};
    if (::fchmod(file, source.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) != 0 ||
        ::futimens(file, times.data()) != 0) {
        return errno;
    }
    return 0;
}

} // namespace

int mover::move_new(const place& from, const place& to) {
    const int failure = calls_.rename_new(from, to);
    return cannot_rename_new(failure) ? link_and_unlink(from, to) : failure;
}

int mover::link_and_unlink(const place& from, const place& to) {
    int failure = calls_.link(from, to);
    if (cannot_link(failure)) {
        return copy_and_unlink(from, to);
    }
    if (failure == 0) {
        failure = calls_.unlink(from);
        return failure == 0 ? 0 : take_back(to, failure);
    }
    return failure;
}

int mover::copy_and_unlink(const place& from, const place& to) {
    int failure = copy(from, to);
    if (failure == 0) {
        failure = calls_.sync(to.folder);
        if (failure == 0) {
            failure = calls_.unlink(from);
        }
        return failure == 0 ? 0 : take_back(to, failure);
    }
    return failure;
}

moved mover::move_to_free_name(const place& from, const target& to) {
    moved done = try_names(from, to);
    return done.failure == EXDEV ? move_across(from, to) : done;
}

moved mover::try_names(const place& from, const target& to) {
    moved tried{EEXIST, {}};
    for (unsigned number = 0; tried.failure == EEXIST && number < most_names; ++number) {
        tried.name = numbered_name(to.name, number, to.limit);
        tried.failure = move_with_reason(from, {to.folder, tried.name}, to);
    }
    return tried;
}

int mover::move_with_reason(const place& from, const place& to, const target& whole) {
    if (!whole.reason) {
        return move_new(from, to);
    }
    if (exists(to)) {
        return EEXIST;
    }
    const place waiting{to.folder, *whole.reason};
    const place beside{to.folder, to.name + whole.ending};
    int failure = move_new(waiting, beside);
    if (failure == 0) {
        failure = move_new(from, to);
        // Where it cannot go back, the next name's try says that it is gone.
        if (failure != 0 && move_new(beside, waiting) != 0) {
            return take_back(beside, failure);
        }
    }
    return failure;
}

moved mover::move_across(const place& from, const target& to) {
    const place part{to.folder, partial_name(random_())};
    if (const int failure = copy(from, part); failure != 0) {
        return {failure, {}};
    }
    moved done = try_names(part, to);
    if (done.failure != 0) {
        return {take_back(part, done.failure), {}};
    }
    int failure = calls_.sync(to.folder);
    if (failure == 0) {
        failure = calls_.unlink(from);
    }
    if (failure == 0) {
        return done;
    }
    if (to.reason) {
        take_back({to.folder, done.name + to.ending}, failure);
    }
    return {take_back({to.folder, done.name}, failure), {}};
}

int mover::copy(const place& from, const place& to) {
    if (exists(to)) {
        return EEXIST;
    }
    std::array<char, 4096> text{};
    const ssize_t size = ::readlinkat(from.folder, from.name.c_str(), text.data(), text.size());
    if (size >= 0) {
        return calls_.make_symlink(std::string(text.data(), static_cast<std::size_t>(size)), to);
    }
    const descriptor source(
        ::openat(from.folder, from.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (source.get() < 0) {
        return errno;
    }
    int file = -1;
    if (const int failure = calls_.create(to, file); failure != 0) {
        return failure;
    }
    const descriptor copied(file);
    const int failure = copy_bytes(source.get(), copied.get());
    return failure == 0 ? 0 : take_back(to, failure);
}

int mover::copy_bytes(int source, int copied) {
    struct stat before {};
    struct stat after {};
    if (::fstat(source, &before) != 0) {
        return errno;
    }
    std::vector<std::byte> buffer(copy_bytes_at_once);
    ssize_t size = 0;
    std::int64_t copied_size = 0;
    // A source that grows has an end only in its first size.
    while (copied_size <= before.st_size &&
           (size = ::read(source, buffer.data(), buffer.size())) > 0) {
        copied_size += size;
        const auto bytes = std::span(buffer).first(static_cast<std::size_t>(size));
        if (const int failure = calls_.write(copied, bytes); failure != 0) {
            return failure;
        }
    }
    if (size < 0 || ::fstat(source, &after) != 0) {
        return errno;
    }
    if (!same_state(before, after)) {
        return written_meanwhile;
    }
    const int failure = give_mode_and_time(copied, before);
    return failure == 0 ? calls_.sync(copied) : failure;
}

int mover::write_new(const place& at, const std::string& text) {
    bool given = false;
    return write_new(at, [&]() -> std::optional<std::string> {
        return std::exchange(given, true) ? std::string() : text;
    });
}

moved mover::place_beside(const place& part, const target& to) {
    moved tried{EEXIST, {}};
    for (unsigned number = 0; tried.failure == EEXIST && number < most_names; ++number) {
        tried.name = numbered_name(to.name, number, to.limit);
        tried.failure = move_new(part, {to.folder, tried.name + to.ending});
    }
    return tried;
}

int mover::write_new(const place& at, const std::function<std::optional<std::string>()>& next) {
    int file = -1;
    if (const int failure = calls_.create(at, file); failure != 0) {
        return failure;
    }
    const descriptor opened(file);
    int failure = 0;
    while (failure == 0) {
        const std::optional<std::string> piece = next();
        if (piece && piece->empty()) {
            break;
        }
        failure = piece ? calls_.write(opened.get(), std::as_bytes(std::span(*piece))) : EIO;
    }
    if (failure == 0) {
        ::fchmod(opened.get(), S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
        failure = calls_.sync(opened.get());
    }
    return failure == 0 ? 0 : take_back(at, failure);
}

int mover::take_back(const place& begun, int failure) {
    // Nothing more can be done where this fails too: a copy too many is no loss.
    calls_.unlink(begun);
    return failure;
}

} // namespace retraind::disposal
