#include <array>
#include <iostream>

#include <fmt/format.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/preflight.hpp"
#include "retraind/portal/online_check.hpp"
#include "session.hpp"

namespace retraind::daemon {
namespace {

void say_good(const std::string& file, const config::configuration& configuration) {
    std::size_t folders = 0;
    for (const config::project_block& project : configuration.projects) {
        folders += project.watch.size();
        if (project.publish) {
            std::cout << fmt::format("{}: every iteration trained here will go live as \"{}\"\n",
                                     project.label(), project.publish->name);
        }
    }
    std::cout << fmt::format(
        "{} is good: {} project{}, {} folder{}\n", file, configuration.projects.size(),
        configuration.projects.size() == 1 ? "" : "s", folders, folders == 1 ? "" : "s");
}

portal::ending ask_service(const config::configuration& configuration) {
    report::log_writer events = quiet_log(configuration.log);
    pipeline::service_session session(configuration.service, events);
    std::array<std::size_t, 3> counts{};
    const portal::ending how =
        portal::check_online(session, configuration, [&](const portal::finding& found) {
            ++counts.at(static_cast<std::size_t>(found.judged));
            std::cout << portal::line_of(found) << std::flush;
        });
    std::cout << fmt::format("{} ok, {} wrong, {} cannot be told\n",
                             counts[static_cast<std::size_t>(portal::mark::ok)],
                             counts[static_cast<std::size_t>(portal::mark::wrong)],
                             counts[static_cast<std::size_t>(portal::mark::cannot_tell)]);
    return how;
}

} // namespace

int perform(const check_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const auto faults = pipeline::preflight(*configuration);
    for (const pipeline::disk_fault& fault : faults) {
        std::cerr << fmt::format("{}: {}: {}\n", command.configuration, fault.key, fault.sentence);
    }
    if (faults.empty()) {
        say_good(command.configuration, *configuration);
    }
    const int code = command.online ? code_of(ask_service(*configuration)) : static_cast<int>(done);
    return code == done && !faults.empty() ? static_cast<int>(failed) : code;
}

} // namespace retraind::daemon
