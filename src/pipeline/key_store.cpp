#include "retraind/pipeline/key_store.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

/// More than any key has; a file that is larger is another file.
constexpr std::size_t longest_key = 1024;

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

result<secret> as_key(std::string_view text, const std::string& where) {
    const std::string_view key = trim(text);
    if (key.empty()) {
        return fail(errc::invalid,
                    fmt::format("{} holds no key; put the training key into it", where));
    }
    const bool printable_ascii = std::all_of(
        key.begin(), key.end(), [](char letter) { return letter > ' ' && letter < '\x7f'; });
    if (!printable_ascii) {
        return fail(errc::invalid,
                    fmt::format("{} holds more than a key; it should be the training "
                                "key alone, on one line",
                                where));
    }
    return secret(std::string(key));
}

result<secret> read_variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        return fail(errc::not_found, fmt::format("the variable {} is not set; it should hold the "
                                                 "training key",
                                                 name));
    }
    return as_key(value, fmt::format("the variable {}", name));
}

result<secret> read_file(const std::string& path) {
    const std::string what = fmt::format("the key file {}", path);
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
    std::array<char, longest_key + 1> buffer{};
    const ssize_t length = ::read(file.value(), buffer.data(), buffer.size());
    if (length < 0) {
        return tl::unexpected(from_errno(errno, what));
    }
    if (static_cast<std::size_t>(length) > longest_key) {
        OPENSSL_cleanse(buffer.data(), buffer.size());
        return fail(errc::invalid, fmt::format("{} holds more than a key", what));
    }
    result<secret> key =
        as_key(std::string_view(buffer.data(), static_cast<std::size_t>(length)), what);
    OPENSSL_cleanse(buffer.data(), buffer.size());
    return key;
}

} // namespace

result<secret> key_store::read() const {
    return where_.environment.empty() ? read_file(where_.file) : read_variable(where_.environment);
}

} // namespace retraind::pipeline
