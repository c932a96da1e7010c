#include "retraind/report/writable_path_rules.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace retraind::report {
namespace {

/// What a shell, printf and systemd's own reading of the value would take for something else.
std::string quoted_for_unit(std::string_view folder) {
    std::string text;
    for (const char each : folder) {
        switch (each) {
        case '%':
            text += "%%%%"; // printf makes two of it, and those stand for one in a unit
            break;
        case '\\':
            text += R"(\\\\)";
            break;
        case '"':
            text += R"(\\")";
            break;
        case '\'':
            text += R"('\'')";
            break;
        case '\n':
            text += R"(\\n)";
            break;
        default:
            text += each;
        }
    }
    return text;
}

/// One word for a shell, on one line.
std::string quoted_for_shell(std::string_view folder) {
    std::string text = "'";
    for (const char each : folder) {
        if (each == '\'') {
            text += R"('\'')";
        } else if (each == '\n') {
            text += R"('$'\n'')";
        } else {
            text += each;
        }
    }
    return text + "'";
}

} // namespace

std::optional<std::string> unit_of_configuration(std::string_view file, std::string_view folder) {
    constexpr std::string_view ending = ".yaml";
    if (!file.starts_with(folder) || !file.ends_with(ending)) {
        return std::nullopt;
    }
    std::string_view name = file.substr(folder.size());
    if (!name.starts_with('/')) {
        return std::nullopt;
    }
    name = name.substr(1, name.size() - 1 - ending.size());
    const bool plain = !name.empty() && name.find('/') == std::string_view::npos;
    if (!plain) {
        return std::nullopt;
    }
    return name == "retraind" ? std::string("retraind.service")
                              : fmt::format("retraind@{}.service", name);
}

std::string service_in_cgroups(std::string_view cgroups) {
    while (!cgroups.empty()) {
        const std::string_view line = cgroups.substr(0, cgroups.find('\n'));
        cgroups.remove_prefix(std::min(line.size() + 1, cgroups.size()));
        const bool named =
            line.starts_with("0::/") || line.find(":name=systemd:/") != std::string_view::npos;
        std::string_view unit = line.substr(line.rfind('/') + 1);
        if (named && unit.ends_with(".service")) {
            // systemd puts it before a name that would read as something of the kernel's.
            unit.remove_prefix(unit.starts_with('_') ? 1 : 0);
            return std::string(unit);
        }
    }
    return {};
}

bool is_writable_for_service(std::string_view path, const std::vector<std::string>& writable) {
    for (const std::string& entry : writable) {
        std::string_view allowed = entry;
        allowed.remove_prefix(std::min(allowed.find_first_not_of("-+"), allowed.size()));
        while (allowed.size() > 1 && allowed.ends_with('/')) {
            allowed.remove_suffix(1);
        }
        if (allowed.empty()) {
            continue;
        }
        const bool below =
            path.starts_with(allowed) &&
            (path.size() == allowed.size() || allowed == "/" || path[allowed.size()] == '/');
        if (below) {
            return true;
        }
    }
    return false;
}

std::string drop_in_command(std::string_view folder, std::string_view unit) {
    return fmt::format(R"(sudo mkdir -p /etc/systemd/system/{0}.d && )"
                       R"(printf '[Service]\nReadWritePaths="-{1}"\n' | )"
                       R"(sudo tee -a /etc/systemd/system/{0}.d/folders.conf && )"
                       R"(sudo systemctl daemon-reload && sudo systemctl restart {0})",
                       unit, quoted_for_unit(folder));
}

std::string making_command(std::string_view folder, std::string_view unit) {
    return fmt::format("sudo install -d -o retraind -g retraind -m 2770 {} && {}",
                       quoted_for_shell(folder), drop_in_command(folder, unit));
}

std::string emptying_command(std::string_view folder, std::string_view user) {
    return fmt::format("sudo setfacl -R -m u:{0}:rwX,d:u:{0}:rwX -- {1}", user,
                       quoted_for_shell(folder));
}

} // namespace retraind::report
