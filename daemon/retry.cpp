#include <filesystem>
#include <iostream>
#include <optional>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/retrying.hpp"

namespace retraind::daemon {
namespace {

std::string absolute(const std::string& path) {
    std::string whole = std::filesystem::absolute(path).lexically_normal().string();
    while (whole.size() > 1 && whole.ends_with('/')) {
        whole.pop_back();
    }
    return whole;
}

} // namespace

int perform(const retry_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const std::vector<std::string> sockets = sockets_of(command.configuration, *configuration);
    std::vector<std::optional<std::string>> paths;
    for (const std::string& path : command.paths) {
        paths.emplace_back(absolute(path));
    }
    if (paths.empty()) {
        paths.emplace_back();
    }
    for (const std::optional<std::string>& path : paths) {
        const result<std::string> done = pipeline::retry_files(*configuration, sockets, path);
        if (!done) {
            std::cerr << "retraind retry: " << done.error().message << '\n';
            return done.error().code == errc::invalid ? wrong_usage : failed;
        }
        std::cout << (path ? *path + ": " : std::string()) << *done << '\n';
    }
    return exit_code::done;
}

} // namespace retraind::daemon
