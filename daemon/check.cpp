#include <iostream>

#include <fmt/format.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/preflight.hpp"

namespace retraind::daemon {

int perform(const check_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const auto faults = pipeline::preflight(*configuration);
    for (const pipeline::disk_fault& fault : faults) {
        std::cerr << fmt::format("{}: {}: {}\n", command.configuration, fault.key, fault.sentence);
    }
    if (!faults.empty()) {
        return failed;
    }
    std::size_t folders = 0;
    for (const config::project_block& project : configuration->projects) {
        folders += project.watch.size();
        if (project.publish) {
            std::cout << fmt::format("{}: every iteration trained here will go live as \"{}\"\n",
                                     project.label(), project.publish->name);
        }
    }
    std::cout << fmt::format("{} is good: {} project{}, {} folder{}\n", command.configuration,
                             configuration->projects.size(),
                             configuration->projects.size() == 1 ? "" : "s", folders,
                             folders == 1 ? "" : "s");
    return done;
}

} // namespace retraind::daemon
