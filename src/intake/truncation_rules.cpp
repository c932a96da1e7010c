#include "retraind/intake/truncation_rules.hpp"

#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::intake {

std::optional<refusal> refuse_truncated(const incomplete& found, mono_time::duration unchanged_for,
                                        duration truncated_after) {
    if (unchanged_for < truncated_after) {
        return std::nullopt;
    }
    return refusal{
        std::string(code::truncated),
        fmt::format("{}, and nothing changed for {}", found.sentence,
                    format_duration(std::chrono::floor<std::chrono::seconds>(unchanged_for))),
        "copy it here again, whole"};
}

} // namespace retraind::intake
