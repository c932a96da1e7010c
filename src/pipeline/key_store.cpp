#include "retraind/pipeline/key_store.hpp"

#include <cstdlib>

#include <fmt/format.h>

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

} // namespace retraind::pipeline
