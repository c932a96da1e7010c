#include "ledger/state_folder.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/text.hpp"

namespace retraind::ledger {
namespace {

constexpr mode_t ours_alone = S_IRUSR | S_IWUSR;

tl::unexpected<error> failed(const std::string& path) {
    return tl::unexpected(from_errno(errno, printable(path)));
}

result<void> make_folder(const std::string& path) {
    std::error_code failure;
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    if (!parent.empty()) {
        std::filesystem::create_directories(parent, failure);
    }
    if (failure) {
        return tl::unexpected(from_errno(failure.value(), printable(parent.native())));
    }
    if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
        return failed(path);
    }
    return {};
}

/// The process that has the lock, as it wrote itself down; empty where it did not yet.
std::string holder_of(int lock) {
    std::array<char, 16> number{};
    const ssize_t size = ::pread(lock, number.data(), number.size(), 0);
    const std::string text(number.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return text.substr(0, text.find('\n'));
}

result<void> lock_or_say_who(int lock, const std::string& path) {
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) {
        return {};
    }
    if (errno != EWOULDBLOCK) {
        return failed(path + "/lock");
    }
    const std::string holder = holder_of(lock);
    return fail(errc::refused,
                fmt::format("{} is in use by another retraind{}; stop that one, or give this one "
                            "its own `state`",
                            printable(path),
                            holder.empty() ? "" : fmt::format(" (process {})", printable(holder))));
}

/// Only for the sentence above: where it cannot be written, that sentence has no number.
void write_down_who(int lock) {
    const std::string number = fmt::format("{}\n", ::getpid());
    if (::ftruncate(lock, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(lock, number.data(), number.size(), 0);
    }
}

/// A name that is free, made of the time; a counter where two fall into one second.
std::string free_name(const std::string& database, wall_time at) {
    std::string time;
    for (const char letter : format_utc(std::chrono::floor<std::chrono::seconds>(at))) {
        if ((letter >= '0' && letter <= '9') || letter == 'T') {
            time += letter;
        }
    }
    const std::string base = fmt::format("{}.damaged-{}Z", database, time.substr(0, 15));
    std::string name = base;
    std::error_code ignored;
    for (int next = 1; std::filesystem::exists(name, ignored); ++next) {
        name = fmt::format("{}-{}", base, next);
    }
    return name;
}

} // namespace

result<state_folder> state_folder::take(std::string path) {
    if (result<void> made = make_folder(path); !made) {
        return tl::unexpected(std::move(made.error()));
    }
    const std::string name = path + "/lock";
    const int lock = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ours_alone);
    if (lock < 0) {
        return failed(name);
    }
    state_folder folder(std::move(path), lock);
    if (result<void> locked = lock_or_say_who(lock, folder.path_); !locked) {
        return tl::unexpected(std::move(locked.error()));
    }
    write_down_who(lock);
    return folder;
}

state_folder::~state_folder() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

state_folder::state_folder(state_folder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

result<bool> state_folder::make_database_file() const {
    const std::string path = database_path();
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, ours_alone);
    if (file < 0) {
        return errno == EEXIST ? result<bool>(false) : failed(path);
    }
    ::close(file);
    return sync().map([] { return true; });
}

result<std::string> state_folder::set_database_aside(wall_time at) const {
    const std::string path = database_path();
    std::string aside = free_name(path, at);
    // The database last: after a crash in between it is found damaged again, and none is left
    // behind that a new database would take for its own.
    for (const char* companion : {"-wal", "-shm", ""}) {
        const std::string source = path + companion;
        const std::string target = aside + companion;
        if (::rename(source.c_str(), target.c_str()) != 0 && errno != ENOENT) {
            return failed(source);
        }
    }
    return sync().map([&aside] { return std::move(aside); });
}

result<void> state_folder::sync() const {
    const int folder = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return failed(path_);
    }
    result<void> done;
    if (::fsync(folder) != 0) {
        done = failed(path_);
    }
    ::close(folder);
    return done;
}

} // namespace retraind::ledger
