#include "retraind/pipeline/secret_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

/// More than any key or token has; a file that is larger is another file.
constexpr std::size_t longest_secret = 1024;

class descriptor {
public:
    explicit descriptor(const std::string& path)
        : value_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int value() const noexcept { return value_; }

private:
    int value_;
};

bool kept_by_the_system(const std::string& path) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    const bool credential = credentials != nullptr && *credentials != '\0' &&
                            path.starts_with(std::string(credentials) + "/");
    return credential || path.starts_with("/run/secrets/");
}

} // namespace

result<secret> as_secret(std::string_view text, const std::string& where,
                         const secret_words& words) {
    const std::string_view value = trim(text);
    if (value.empty()) {
        return fail(errc::invalid, fmt::format("{} holds no {}; put the {} into it", where,
                                               words.brief, words.full));
    }
    const bool printable_ascii = std::all_of(
        value.begin(), value.end(), [](char letter) { return letter > ' ' && letter < '\x7f'; });
    if (!printable_ascii) {
        return fail(errc::invalid,
                    fmt::format("{} holds more than a {}; it should be the {} alone, on one "
                                "line",
                                where, words.brief, words.full));
    }
    return secret(std::string(value));
}

result<secret> read_secret_file(const std::string& path, const secret_words& words) {
    const std::string what = fmt::format("{} {}", words.file, path);
    const descriptor file(path);
    struct stat facts {};
    if (file.value() < 0 || ::fstat(file.value(), &facts) != 0) {
        return tl::unexpected(from_errno(errno, what));
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(errc::invalid, fmt::format("{} is not a file", what));
    }
    if ((facts.st_mode & S_IROTH) != 0 && !kept_by_the_system(path)) {
        return fail(errc::denied,
                    fmt::format("{} can be read by everyone; run: chmod o-r {}", what, path));
    }
    std::array<char, longest_secret + 1> buffer{};
    const ssize_t length = ::read(file.value(), buffer.data(), buffer.size());
    if (length < 0) {
        return tl::unexpected(from_errno(errno, what));
    }
    if (static_cast<std::size_t>(length) > longest_secret) {
        OPENSSL_cleanse(buffer.data(), buffer.size());
        return fail(errc::invalid, fmt::format("{} holds more than a {}", what, words.brief));
    }
    result<secret> found =
        as_secret(std::string_view(buffer.data(), static_cast<std::size_t>(length)), what, words);
    OPENSSL_cleanse(buffer.data(), buffer.size());
    return found;
}

} // namespace retraind::pipeline
