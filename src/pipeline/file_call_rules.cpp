#include "retraind/pipeline/file_call_rules.hpp"

#include <set>

#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::pipeline {

std::optional<std::string> judge_file_calls(const std::vector<runtime::running_call>& running,
                                            mono_time now) {
    bool any = false;
    std::set<std::string> places;
    for (const runtime::running_call& call : running) {
        if (now - call.since > longest_file_call) {
            any = true;
            places.insert(call.place);
        }
    }
    if (!any) {
        return std::nullopt;
    }
    places.erase("");
    return fmt::format("a file call{}{} has not returned for more than {}; the share may hang",
                       places.empty() ? "" : " in ", fmt::join(places, " and "),
                       format_duration(longest_file_call));
}

} // namespace retraind::pipeline
