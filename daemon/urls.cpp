#include <algorithm>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "commands.hpp"
#include "loading.hpp"
#include "run_code.hpp"
#include "version.hpp"

namespace retraind::daemon {
namespace {

bool is_called(const config::project_block& project, const std::string& word) {
    const result<project_id> id = parse_id<project_id>(word);
    return project.name == word || (id && project.id == *id);
}

} // namespace

int perform(const urls_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const auto& projects = configuration->projects;
    const auto project = std::ranges::find_if(
        projects, [&](const auto& each) { return is_called(each, command.project); });
    if (project == projects.end()) {
        std::cerr << fmt::format("retraind urls: {} has no project \"{}\"\n", command.configuration,
                                 command.project);
        return wrong_usage;
    }
    pipeline::run_options options;
    options.once = true;
    options.version = version;
    options.only_list.emplace();
    options.only_list->project = static_cast<std::size_t>(project - projects.begin());
    options.only_list->list = std::filesystem::absolute(command.list).lexically_normal().string();
    options.code_of = code_of;
    return code_of(pipeline::run_daemon(*configuration, options));
}

} // namespace retraind::daemon
