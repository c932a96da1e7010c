#include "retraind/pipeline/key_store.hpp"

#include <chrono>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/stat.h>

#include "retraind/pipeline/secret_file.hpp"

namespace retraind::pipeline {
namespace {

const secret_words words{"the key file", "key", "training key"};

result<secret> read_variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        return fail(errc::not_found, fmt::format("the variable {} is not set; it should hold the "
                                                 "training key",
                                                 name));
    }
    return as_secret(value, fmt::format("the variable {}", name), words);
}

} // namespace

result<secret> key_store::read() const {
    return where_.environment.empty() ? read_secret_file(where_.file, words)
                                      : read_variable(where_.environment);
}

std::optional<key_stamp> key_store::stamp() const {
    struct stat facts {};
    if (::stat(where_.file.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    const auto nanoseconds = [](const timespec& at) {
        return std::int64_t{at.tv_sec} * std::nano::den + at.tv_nsec;
    };
    return key_stamp{facts.st_dev, facts.st_ino, static_cast<std::uint64_t>(facts.st_size),
                     nanoseconds(facts.st_mtim), nanoseconds(facts.st_ctim)};
}

std::string key_store::place() const {
    return can_change() ? where_.file : fmt::format("the variable {}", where_.environment);
}

} // namespace retraind::pipeline
