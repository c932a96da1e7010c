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

std::vector<std::optional<std::string>> asked_for(const retry_command& command) {
    std::vector<std::optional<std::string>> paths;
    paths.reserve(command.paths.size() + 1);
    for (const std::string& path : command.paths) {
        paths.emplace_back(absolute(path));
    }
    if (paths.empty()) {
        paths.emplace_back();
    }
    return paths;
}

/// Says how it went; the exit code of that.
int say(const std::optional<std::string>& path, const result<std::string>& done) {
    if (!done) {
        std::cerr << "retraind retry: " << done.error().message << '\n';
        return done.error().code == errc::invalid ? wrong_usage : failed;
    }
    std::cout << (path ? *path + ": " : std::string()) << *done << '\n';
    return exit_code::done;
}

int retry_one(const std::optional<config::configuration>& known,
              const std::vector<std::string>& sockets, const std::optional<std::string>& path) {
    result<std::optional<std::string>> told = pipeline::retry_by_daemon(sockets, path);
    if (!told) {
        return say(path, tl::unexpected(std::move(told.error())));
    }
    if (*told) {
        return say(path, std::move(**told));
    }
    if (known) {
        return say(path, pipeline::retry_in_ledger(*known, path));
    }
    std::cerr << "retraind retry: no daemon runs, and only a good configuration says where its "
                 "ledger is\n";
    return configuration_wrong;
}

} // namespace

int perform(const retry_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        say_asking_all_the_same("retry");
    }
    const std::vector<std::string> sockets = sockets_of(command.configuration);
    for (const std::optional<std::string>& path : asked_for(command)) {
        const int code = retry_one(configuration, sockets, path);
        if (code != done) {
            return code;
        }
    }
    return exit_code::done;
}

} // namespace retraind::daemon
