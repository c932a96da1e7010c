#include "sandbox/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sandbox {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, int error) {
    throw std::runtime_error(
        fmt::format("{} cannot be {}: {}", path.string(), what, std::strerror(error)));
}

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() { ::close(number_); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return number_; }

private:
    int number_;
};

bool write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return ::fsync(file) == 0;
}

} // namespace

void write_file(const std::filesystem::path& path, std::string_view content, readers allowed) {
    const std::filesystem::path fresh = path.string() + ".new";
    ::unlink(fresh.c_str());
    const mode_t mode = allowed == readers::owner ? 0600 : 0644;
    const int number = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (number < 0) {
        fail(fresh, "made", errno);
    }
    const descriptor file(number);
    if (!write_all(file.get(), content) || ::rename(fresh.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(fresh.c_str());
        fail(path, "written", error);
    }
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        fail(path, "read", errno);
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        fail(path, "read", errno);
    }
    return std::string{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

} // namespace sandbox
