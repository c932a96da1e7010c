#include <array>
#include <filesystem>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/preflight.hpp"
#include "retraind/portal/online_check.hpp"
#include "retraind/report/service_unit.hpp"
#include "retraind/report/writable_path_rules.hpp"
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

/// What systemd would let the daemon write to, where there is a systemd and a unit for this file.
pipeline::service_unit unit_for(const std::string& file) {
    std::error_code ignored;
    const std::string whole = std::filesystem::absolute(file, ignored).lexically_normal().string();
    const auto unit = report::unit_of_configuration(whole, "/etc/retraind");
    if (!unit) {
        return {};
    }
    return {*unit, report::writable_paths(*unit).value_or(std::vector<std::string>())};
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
    const auto [faults, to_make] =
        pipeline::look_at_disk(*configuration, unit_for(command.configuration));
    for (const pipeline::disk_fault& folder : to_make) {
        std::cout << fmt::format("{}: {}\n", folder.key, folder.sentence);
    }
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
