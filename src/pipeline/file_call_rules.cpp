#include "retraind/pipeline/file_call_rules.hpp"

#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::pipeline {

std::optional<std::string> judge_file_calls(std::optional<mono_time> busy_since, mono_time now) {
    if (!busy_since || now - *busy_since <= longest_file_call) {
        return std::nullopt;
    }
    return fmt::format("a file call has not returned for more than {}; the share may hang",
                       format_duration(longest_file_call));
}

} // namespace retraind::pipeline
