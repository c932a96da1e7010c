#include "loading.hpp"

#include <cstdlib>
#include <iostream>

#include "retraind/config/parse.hpp"

namespace retraind::daemon {

std::optional<std::string> environment_variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::optional<config::configuration> load_or_say(const std::string& file) {
    auto loaded = config::load(file, environment_variable);
    if (loaded) {
        return std::move(*loaded);
    }
    for (const config::diagnostic& wrong : loaded.error()) {
        std::cerr << to_string(wrong) << '\n';
    }
    return std::nullopt;
}

} // namespace retraind::daemon
