#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/config/parse.hpp"

namespace retraind::testing {

inline config::environment variables(std::map<std::string, std::string> values = {}) {
    return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
        const auto found = values.find(std::string(name));
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
}

inline auto parse(std::string_view yaml, const config::environment& environment = variables()) {
    return config::parse(yaml, "r.yaml", "/etc/retraind", environment);
}

/// Every message, one a line.
inline std::string messages(std::string_view yaml) {
    std::string text;
    const auto parsed = parse(yaml);
    if (!parsed) {
        for (const auto& wrong : parsed.error()) {
            text += to_string(wrong) + "\n";
        }
    }
    return text;
}

/// A good file around the text of one watched folder's block, in flow style.
inline std::string with_watch(std::string_view block) {
    return "service: {endpoint: \"https://x.example\"}\nprojects:\n- name: p\n  watch:\n  - " +
           std::string(block) + "\n";
}

/// A good file whose project has these further keys, in flow style.
inline std::string with_project(std::string_view keys) {
    return "service: {endpoint: \"https://x.example\"}\nprojects:\n- {name: p, watch: [{path: "
           "/d}], " +
           std::string(keys) + "}\n";
}

inline std::string with_service(std::string_view keys) {
    return "service: {endpoint: \"https://x.example\", " + std::string(keys) +
           "}\nprojects: [{name: p, watch: [{path: /d}]}]\n";
}

} // namespace retraind::testing
