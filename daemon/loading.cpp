#include "loading.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "retraind/config/parse.hpp"

namespace retraind::daemon {
namespace {

/// What the unit of this configuration has below /run and /var/lib: "retraind" for
/// retraind.service, "retraind/NAME" for retraind@NAME.service and NAME.yaml; nothing where the
/// file is no unit's.
std::optional<std::string> folder_of_unit(const std::string& file) {
    const std::filesystem::path path = std::filesystem::absolute(file).lexically_normal();
    if (path.parent_path() != "/etc/retraind") {
        return std::nullopt;
    }
    const std::string name = path.stem().string();
    return name == "retraind" ? "retraind" : "retraind/" + name;
}

} // namespace

std::optional<std::string> environment_variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::function<std::optional<std::string>(std::string_view)> variables_for(const std::string& file) {
    return [folder = folder_of_unit(file)](std::string_view name) {
        auto value = environment_variable(name);
        if (!value && folder && name == "STATE_DIRECTORY") {
            value = "/var/lib/" + *folder;
        }
        return value;
    };
}

std::vector<std::string> sockets_of(const std::string& file) {
    const auto by_hand = variables_for(file);
    const auto as_the_service = [&file, &by_hand](std::string_view name) {
        const auto folder = folder_of_unit(file);
        return name == "RUNTIME_DIRECTORY" && folder ? "/run/" + *folder : by_hand(name);
    };
    std::vector<std::string> sockets{config::load_socket(file, by_hand)};
    std::string of_the_service = config::load_socket(file, as_the_service);
    if (of_the_service != sockets.front()) {
        sockets.push_back(std::move(of_the_service));
    }
    return sockets;
}

std::optional<config::configuration> load_or_say(const std::string& file) {
    auto loaded = config::load(file, variables_for(file));
    if (loaded) {
        return std::move(*loaded);
    }
    for (const config::diagnostic& wrong : loaded.error()) {
        std::cerr << to_string(wrong) << '\n';
    }
    return std::nullopt;
}

void say_asking_all_the_same(std::string_view command) {
    std::cerr << "retraind " << command
              << ": warning: a running daemon works on with the configuration it has; asking it\n";
}

} // namespace retraind::daemon
