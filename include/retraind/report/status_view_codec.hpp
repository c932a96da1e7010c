#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/status.hpp"

namespace retraind::report {

struct view_options {
    std::size_t columns = 80; ///< a line's width in columns; at least 40 are taken
    bool colour = false;      ///< ANSI escapes for ready, not ready and what is nearly full
};

/// `40 s`, `3 min`, `2 h`, `5 days`; less than nothing is `0 s`.
[[nodiscard]] std::string age_text(std::int64_t seconds);

/// What `retraind status` shows: a line about the daemon, then a block a project. Texts of the
/// document are escaped for a terminal. Lines are without their end and, where words allow it, no
/// wider than `columns`.
[[nodiscard]] std::vector<std::string> status_view(const daemon_status& status, wall_time now,
                                                   const view_options& options);

/// The same in one line a project, for output that is read line by line; without ages, so that it
/// changes only when something happened.
[[nodiscard]] std::string status_summary(const project_status& project);

/// At most `rows` of the lines; where some do not fit, the last one says how many.
[[nodiscard]] std::vector<std::string> fit_rows(std::vector<std::string> lines, std::size_t rows);

} // namespace retraind::report
