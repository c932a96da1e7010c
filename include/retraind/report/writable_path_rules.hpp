#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::report {

/// The unit of `systemd/` that runs with this configuration file: retraind.service for
/// /etc/retraind/retraind.yaml, retraind@NAME.service for another of that folder; nothing else has
/// one. `folder` is where the units look, absolute.
[[nodiscard]] std::optional<std::string> unit_of_configuration(std::string_view file,
                                                               std::string_view folder);

/// The service that a process is in, by the text of its /proc/PID/cgroup, of either hierarchy
/// (cgroups(7)); empty for a process that is in a scope or in nothing of systemd's.
[[nodiscard]] std::string service_in_cgroups(std::string_view cgroups);

/// Whether a service with these writable paths may write to `path`, both absolute. As in a unit's
/// ReadWritePaths (systemd.exec(5)), an entry may begin with "-" or "+", and covers what is below
/// it. Compares text: what leads through links is to be resolved before.
[[nodiscard]] bool is_writable_for_service(std::string_view path,
                                           const std::vector<std::string>& writable);

/// The command that lets `unit` write to `folder`: one line, to be pasted into a shell. The folder
/// may be missing at a later start, which else would not come to pass at all (226/NAMESPACE).
[[nodiscard]] std::string drop_in_command(std::string_view folder, std::string_view unit);

/// The same where `folder` is still to be made: systemd opens none that is missing.
[[nodiscard]] std::string making_command(std::string_view folder, std::string_view unit);

/// The command that lets a user (a name or a number) take files out of `folder` and of all that is
/// in it, and out of the folders that are made in it later, whoever makes them.
[[nodiscard]] std::string emptying_command(std::string_view folder, std::string_view user);

} // namespace retraind::report
