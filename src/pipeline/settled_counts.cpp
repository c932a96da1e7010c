#include "retraind/pipeline/settled_counts.hpp"

#include <chrono>

#include <fmt/format.h>

namespace retraind::pipeline {

void settled_counts::add(outcome result, std::string reason, std::uint64_t files) {
    files_[{result, std::move(reason)}] += files;
}

void settled_counts::say(const project_state& project, std::optional<mono_time::duration> took) {
    for (const auto& [kind, files] : files_) {
        std::vector<field> fields{
            {"outcome", to_string(kind.first)}, {"reason", kind.second}, {"files", files}};
        if (took) {
            const std::chrono::duration<double, std::milli> milliseconds = *took;
            fields.emplace_back("ms", milliseconds.count());
            took.reset();
        }
        project.emit(event_name::ledger_committed, severity::debug,
                     fmt::format("{} {}", files, to_string(kind.first)), std::move(fields));
    }
    files_.clear();
}

} // namespace retraind::pipeline
