#include "sandbox/data_folder.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <unistd.h>

#include "sandbox/private_file.hpp"

namespace sandbox {

namespace {

std::string random_key() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("there is no randomness to make a key from");
    }
    std::string key;
    for (const unsigned char byte : bytes) {
        key += fmt::format("{:02x}", byte);
    }
    return key;
}

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    return text;
}

} // namespace

data_folder::data_folder(const std::filesystem::path& path)
    : path_(std::filesystem::absolute(path).lexically_normal()) {
    std::error_code failure;
    if (std::filesystem::create_directories(path_, failure)) {
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, failure);
    }
    if (failure) {
        throw std::runtime_error(
            fmt::format("{} cannot be made: {}", path_.string(), failure.message()));
    }
    lock_ = ::open((path_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) {
        throw std::runtime_error(
            fmt::format("{} cannot be written to: {}", path_.string(), std::strerror(errno)));
    }
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock_);
        throw std::runtime_error(
            fmt::format("{} is in use by another customvision-sandbox", path_.string()));
    }
}

data_folder::~data_folder() {
    ::close(lock_);
}

std::string ensure_key(const std::filesystem::path& file) {
    const auto content = read_file(file);
    if (!content) {
        std::string fresh = random_key();
        write_file(file, fresh + "\n", readers::owner);
        return fresh;
    }
    std::string key = trimmed(*content);
    if (key.empty()) {
        throw std::runtime_error(
            fmt::format("{} holds no key; remove it and a new one is made", file.string()));
    }
    return key;
}

} // namespace sandbox
