#include "retraind/disposal/file_calls.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace retraind::disposal {
namespace {

int result_of(int returned) {
    return returned < 0 ? errno : 0;
}

} // namespace

int file_calls::rename_new(const place& from, const place& to) {
    return result_of(
        ::renameat2(from.folder, from.name.c_str(), to.folder, to.name.c_str(), RENAME_NOREPLACE));
}

int file_calls::rename(const place& from, const place& to) {
    return result_of(::renameat(from.folder, from.name.c_str(), to.folder, to.name.c_str()));
}

int file_calls::link(const place& from, const place& to) {
    return result_of(::linkat(from.folder, from.name.c_str(), to.folder, to.name.c_str(), 0));
}

int file_calls::make_symlink(const std::string& text, const place& at) {
    return result_of(::symlinkat(text.c_str(), at.folder, at.name.c_str()));
}

int file_calls::unlink(const place& at) {
    return result_of(::unlinkat(at.folder, at.name.c_str(), 0));
}

int file_calls::make_folder(const place& at, unsigned mode) {
    return result_of(::mkdirat(at.folder, at.name.c_str(), mode));
}

int file_calls::remove_folder(const place& at) {
    return result_of(::unlinkat(at.folder, at.name.c_str(), AT_REMOVEDIR));
}

int file_calls::create(const place& at, int& file) {
    file = ::openat(at.folder, at.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                    S_IRUSR | S_IWUSR);
    return result_of(file);
}

int file_calls::write(int file, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        bytes = bytes.subspan(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return 0;
}

int file_calls::sync(int file_or_folder) {
    return result_of(::fsync(file_or_folder));
}

file_calls& system_file_calls() {
    static file_calls calls;
    return calls;
}

} // namespace retraind::disposal
