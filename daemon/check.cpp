#include <array>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/key_store.hpp"
#include "retraind/pipeline/preflight.hpp"
#include "retraind/portal/online_check.hpp"
#include "retraind/report/service_unit.hpp"
#include "retraind/report/writable_path_rules.hpp"
#include "service_user.hpp"
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

/// The systemd unit of a configuration, as far as systemd says.
struct known_unit {
    std::string file; ///< the configuration by its whole path
    std::string name; ///< empty for none
    report::unit_facts facts;
};

known_unit unit_for(const std::string& file) {
    std::error_code ignored;
    const std::string whole = std::filesystem::absolute(file, ignored).lexically_normal().string();
    const auto unit = report::unit_of_configuration(whole, "/etc/retraind");
    if (!unit) {
        return {whole, {}, {}};
    }
    return {whole, *unit, report::ask_about_unit(*unit).value_or(report::unit_facts())};
}

/// systemd reads a credential with rights that the service does not have, from a file that then is
/// not where the daemon finds it.
std::optional<result<secret>> key_of_unit(config::configuration& configuration,
                                          const report::unit_facts& unit) {
    const auto credential = unit.credentials.find("training-key");
    const config::written_keys& written = configuration.written;
    const bool used = credential != unit.credentials.end() &&
                      !written.contains("service.training_key_file") &&
                      !written.contains("service.training_key_env");
    if (!used || !credential->second.starts_with('/')) {
        return std::nullopt;
    }
    configuration.service.key = {credential->second, {}};
    return pipeline::key_store(configuration.service.key).read();
}

/// What root may do says nothing about the service: from here on its user looks.
void look_as_service(const known_unit& unit, const std::string& file) {
    if (::geteuid() != 0 || unit.facts.user.empty()) {
        return;
    }
    const result<void> done = become({unit.facts.user, unit.facts.group, unit.facts.groups});
    if (!done) {
        std::cerr << fmt::format("{}: warning: looked at as root, who may do more than {}: {}\n",
                                 file, unit.name, done.error().message);
        return;
    }
    std::cout << fmt::format("looked at as the user {}, as {} runs\n", unit.facts.user, unit.name);
}

/// The configuration itself, for whoever looks now: by its whole path, for the service does not
/// come to it by the folder that this command was called in.
std::vector<pipeline::disk_fault> faults_of_file(const std::string& file) {
    if (::access(file.c_str(), R_OK) == 0) {
        return {};
    }
    return {{"the file itself", fmt::format("{}; the service must be able to read it",
                                            from_errno(errno, file).message)}};
}

portal::ending ask_service(const config::configuration& configuration,
                           const std::optional<result<secret>>& key) {
    report::log_writer events = quiet_log(configuration.log);
    pipeline::service_session session(configuration.service, events);
    if (key && *key) {
        session.take(**key);
    }
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
    auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const known_unit unit = unit_for(command.configuration);
    const auto key = key_of_unit(*configuration, unit.facts);
    look_as_service(unit, command.configuration);
    std::vector<pipeline::disk_fault> faults = faults_of_file(unit.file);
    const auto [on_disk, to_make] = pipeline::look_at_disk(
        *configuration, {unit.name, unit.facts.writable, key, unit.facts.user});
    faults.insert(faults.end(), on_disk.begin(), on_disk.end());
    for (const pipeline::disk_fault& folder : to_make) {
        std::cout << fmt::format("{}: {}\n", folder.key, folder.sentence);
    }
    for (const pipeline::disk_fault& fault : faults) {
        std::cerr << fmt::format("{}: {}: {}\n", command.configuration, fault.key, fault.sentence);
    }
    if (faults.empty()) {
        say_good(command.configuration, *configuration);
    }
    const int code =
        command.online ? code_of(ask_service(*configuration, key)) : static_cast<int>(done);
    return code == done && !faults.empty() ? static_cast<int>(failed) : code;
}

} // namespace retraind::daemon
