#include "retraind/intake/image_file.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"

namespace retraind::intake {
namespace {

/// Wraps for years that do not fit, like every file system's own idea of them.
std::int64_t nanoseconds(const struct statx_timestamp& time) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u +
                                     time.tv_nsec);
}

result<struct statx> status_of(int descriptor) {
    struct statx status {};
    if (::statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_BASIC_STATS, &status) !=
        0) {
        return tl::unexpected(from_errno(errno, "statx"));
    }
    return status;
}

file_identity identity_from(const struct statx& status) {
    return {makedev(status.stx_dev_major, status.stx_dev_minor), status.stx_ino, status.stx_size,
            nanoseconds(status.stx_mtime), nanoseconds(status.stx_ctime)};
}

/// Does not hang on a pipe that took the file's name, nor touch the access time where only the
/// file's owner may ask for that.
int open_quietly(const char* path) {
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    const int descriptor = ::open(path, flags | O_NOATIME);
    return descriptor < 0 && errno == EPERM ? ::open(path, flags) : descriptor;
}

error not_the_same(std::string_view what) {
    return {errc::changed, fmt::format("the file {}", what)};
}

result<sha256> hash_all(image_file& file) {
    constexpr std::size_t chunk = std::size_t{256} << 10;
    std::vector<std::byte> buffer(std::min<std::uint64_t>(chunk, file.identity().size + 1));
    sha256_hasher hasher;
    std::uint64_t offset = 0;
    for (;;) {
        const result<std::size_t> got = file.read_at(offset, buffer);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            break;
        }
        hasher.update(std::span(buffer).first(*got));
        offset += *got;
    }
    if (offset != file.identity().size) {
        return tl::unexpected(not_the_same("has another length than it had"));
    }
    return hasher.finish();
}

result<std::string> read_all(image_file& file) {
    std::string bytes(static_cast<std::size_t>(file.identity().size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const auto rest = std::as_writable_bytes(std::span(bytes)).subspan(filled);
        const result<std::size_t> got = file.read_at(filled, rest);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == 0) {
            return tl::unexpected(not_the_same("has another length than it had"));
        }
        filled += *got;
    }
    return bytes;
}

/// `work` over the file at `path`, which is `expected` before and after it.
template <class Value, class Work>
result<Value> while_unchanged(const std::string& path, const file_identity& expected, Work work) {
    const std::string shown = printable(path);
    result<image_file> file = image_file::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (const result<void> same = file->expect(expected); !same) {
        return tl::unexpected(same.error().in(shown));
    }
    result<Value> value = work(*file);
    if (!value) {
        return tl::unexpected(std::move(value.error()).in(shown));
    }
    if (const result<void> same = file->expect(expected); !same) {
        return tl::unexpected(same.error().in(shown));
    }
    return value;
}

} // namespace

result<file_identity> identity_of(int descriptor) {
    return status_of(descriptor).map(identity_from);
}

result<file_identity> regular_file_at(const std::string& path) {
    struct statx status {};
    if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_STATX_FORCE_SYNC,
                STATX_BASIC_STATS, &status) != 0) {
        return tl::unexpected(from_errno(errno, printable(path)));
    }
    if (!S_ISREG(status.stx_mode)) {
        return fail(errc::not_found, fmt::format("{} is not a regular file", printable(path)));
    }
    return identity_from(status);
}

image_file::image_file(int descriptor, const file_identity& identity) noexcept
    : descriptor_(descriptor), identity_(identity) {}

image_file::~image_file() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

image_file::image_file(image_file&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), identity_(other.identity_) {}

image_file& image_file::operator=(image_file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(identity_, other.identity_);
    return *this;
}

result<image_file> image_file::open(const std::string& path) {
    const int descriptor = open_quietly(path.c_str());
    if (descriptor < 0) {
        return tl::unexpected(from_errno(errno, printable(path)));
    }
    image_file file(descriptor, {});
    const auto status = status_of(descriptor);
    if (!status) {
        return tl::unexpected(status.error().in(printable(path)));
    }
    if (!S_ISREG(status->stx_mode)) {
        return fail(errc::invalid, fmt::format("{} is not a regular file", printable(path)));
    }
    file.identity_ = identity_from(*status);
    return file;
}

result<void> image_file::expect(const file_identity& expected) const {
    const result<file_identity> now = identity_of(descriptor_);
    if (!now) {
        return tl::unexpected(now.error());
    }
    if (*now != expected) {
        return tl::unexpected(not_the_same("is not the one that was looked at"));
    }
    return {};
}

result<std::size_t> image_file::read_at(std::uint64_t offset, std::span<std::byte> into) {
    for (;;) {
        const ssize_t got =
            ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return tl::unexpected(from_errno(errno, "read"));
        }
    }
}

void image_file::read_ahead() const noexcept {
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

result<verdict> probe_file(const std::string& path, const file_identity& expected,
                           const picture_limits& limits) {
    return while_unchanged<verdict>(
        path, expected, [&](image_file& file) { return probe(file, expected.size, limits); });
}

result<std::string> read_file(const std::string& path, const file_identity& expected,
                              std::uint64_t most) {
    if (expected.size > most) {
        return fail(errc::invalid,
                    fmt::format("{}: has {} bytes; at most {} are read", printable(path),
                                format_count(expected.size), format_count(most)));
    }
    return while_unchanged<std::string>(path, expected,
                                        [](image_file& file) { return read_all(file); });
}

result<sha256> hash_file(const std::string& path, const file_identity& expected) {
    return while_unchanged<sha256>(path, expected, [](image_file& file) {
        file.read_ahead();
        return hash_all(file);
    });
}

} // namespace retraind::intake
