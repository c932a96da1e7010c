#include "retraind/base/event.hpp"

#include <algorithm>

namespace retraind {

std::string_view to_string(event_name name) noexcept {
    const auto* found = std::find_if(event_names.begin(), event_names.end(),
                                     [name](const auto& entry) { return entry.first == name; });
    return found == event_names.end() ? "unknown" : found->second;
}

std::string_view to_string(severity level) noexcept {
    switch (level) {
    case severity::debug:
        return "debug";
    case severity::info:
        return "info";
    case severity::warning:
        return "warning";
    case severity::error:
        return "error";
    }
    return "unknown";
}

} // namespace retraind
