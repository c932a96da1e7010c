#include "retraind/report/status_view_codec.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/terminal_text.hpp"
#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"

namespace retraind::report {
namespace {

constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

constexpr std::size_t label_columns = 13; ///< two blanks, the longest label, two blanks
constexpr std::size_t narrowest = 40;
/// From here on a quota is worth a look.
constexpr double nearly_full = 0.9;

using texts = std::vector<std::string>;

std::string coloured(std::string_view colour, const std::string& text, const view_options& with) {
    return with.colour && !text.empty() ? fmt::format("{}{}{}", colour, text, plain) : text;
}

/// The words of `text` in lines of at most `columns`; a word that is wider has a line of its own.
texts wrapped(std::string_view text, std::size_t columns) {
    texts lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t blank = text.find(' ');
        const std::string word(text.substr(0, blank));
        text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
        if (!line.empty() && terminal_columns(line) + 1 + terminal_columns(word) > columns) {
            lines.push_back(std::exchange(line, word));
        } else {
            line += (line.empty() ? "" : " ") + word;
        }
    }
    lines.push_back(line);
    return lines;
}

std::string counted(std::uint64_t count, std::string_view what) {
    return fmt::format("{} {}", format_count(count), what);
}

std::string waiting_text(const project_status& project, bool with_age) {
    std::string text = counted(project.files.waiting, "waiting");
    if (with_age && project.files.waiting > 0 && project.oldest_waiting_seconds > 0) {
        text += fmt::format(" (oldest {})", age_text(project.oldest_waiting_seconds));
    }
    return text;
}

std::string files_text(const project_status& project, bool with_age) {
    const file_counts& files = project.files;
    texts parts;
    if (files.settling > 0) {
        parts.push_back(counted(files.settling, "settling"));
    }
    if (files.waiting > 0) {
        parts.push_back(waiting_text(project, with_age));
    }
    if (files.in_flight > 0) {
        parts.push_back(counted(files.in_flight, "in flight"));
    }
    if (files.held > 0) {
        parts.push_back(counted(files.held, "held"));
    }
    return parts.empty() ? "nothing waits" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string totals_text(const outcome_totals& totals) {
    texts parts{counted(totals.confirmed, "confirmed")};
    const auto add = [&parts](std::uint64_t count, std::string_view one, std::string_view more) {
        if (count > 0) {
            parts.push_back(counted(count, count == 1 ? one : more));
        }
    };
    add(totals.duplicate, "duplicate", "duplicates");
    add(totals.held_out, "held out", "held out");
    add(totals.removed, "removed", "removed");
    add(totals.rejected, "rejected", "rejected");
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string training_text(const training_status& training) {
    std::string text = printable(training.state);
    if (!training.reason.empty()) {
        text += ": " + printable(training.reason);
    }
    return text;
}

std::int64_t seconds_since(wall_time at, wall_time now) {
    return std::chrono::duration_cast<std::chrono::seconds>(now - at).count();
}

std::string last_training_text(const training_result& last, wall_time now) {
    std::string words = printable(last.result);
    std::replace(words.begin(), words.end(), '_', ' ');
    std::string text = "last: " + words;
    if (last.at != wall_time()) {
        text += fmt::format(" {} ago", age_text(seconds_since(last.at, now)));
    }
    if (!last.iteration.empty()) {
        text += fmt::format(" ({})", printable(last.iteration));
    }
    return text;
}

class view {
public:
    view(const view_options& options, wall_time now) : options_(options), now_(now) {
        options_.columns = std::max(options_.columns, narrowest);
    }

    void head(const daemon_status& status);
    void project(const project_status& project);
    [[nodiscard]] texts take() { return std::move(lines_); }

private:
    void heading(const project_status& project);
    void fact(std::string_view label, const std::string& text, std::string_view colour = {});
    void training(const training_status& training);
    void capacity(const capacity_status& capacity);
    void use(texts& parts, std::string_view what, const capacity_use& use);

    view_options options_;
    wall_time now_;
    texts lines_;
    bool full_ = false;
};

void view::head(const daemon_status& status) {
    std::string line = fmt::format("retraind {}", printable(status.version));
    if (status.started != wall_time()) {
        line += fmt::format(", up {}", age_text(seconds_since(status.started, now_)));
    }
    lines_.push_back(std::move(line));
}

void view::heading(const project_status& project) {
    const std::string name = printable(project.name);
    if (project.ready) {
        lines_.push_back(fmt::format("{}  {}", coloured(bold, name, options_),
                                     coloured(green, "ready", options_)));
        return;
    }
    lines_.push_back(fmt::format("{}  {}", coloured(bold, name, options_),
                                 coloured(red, "not ready", options_)));
    fact("reason", printable(project.reason.value_or("starting")), red);
}

/// The label stands before the first line only.
void view::fact(std::string_view label, const std::string& text, std::string_view colour) {
    std::string before = fmt::format("  {}", label);
    before.resize(label_columns, ' ');
    for (const std::string& line : wrapped(text, options_.columns - label_columns)) {
        lines_.push_back(before + coloured(colour, line, options_));
        before.assign(label_columns, ' ');
    }
}

void view::training(const training_status& training) {
    if (training.state == "off" && !training.last) {
        fact("training", "off");
        return;
    }
    fact("training", training_text(training));
    if (training.last) {
        const bool bad = training.last->result == "failed" || training.last->result == "timed_out";
        fact("", last_training_text(*training.last, now_), bad ? red : std::string_view());
    }
}

void view::use(texts& parts, std::string_view what, const capacity_use& use) {
    if (use.limit == 0) {
        return; // not known before the project was found
    }
    parts.push_back(
        fmt::format("{} {} of {}", what, format_count(use.used), format_count(use.limit)));
    full_ = full_ || static_cast<double>(use.used) >= nearly_full * static_cast<double>(use.limit);
}

void view::capacity(const capacity_status& capacity) {
    full_ = false;
    texts parts;
    use(parts, "images", capacity.images);
    use(parts, "tags", capacity.tags);
    use(parts, "iterations", capacity.iterations);
    if (!parts.empty()) {
        fact("used", fmt::format("{}", fmt::join(parts, ", ")),
             full_ ? yellow : std::string_view());
    }
}

void view::project(const project_status& project) {
    lines_.emplace_back();
    heading(project);
    fact("files", files_text(project, true), project.files.held > 0 ? yellow : std::string_view());
    fact("so far", totals_text(project.totals));
    training(project.training);
    std::string_view label = "published";
    for (const published_iteration& each : project.published) {
        fact(std::exchange(label, ""),
             fmt::format("{} ({})", printable(each.name), printable(each.iteration)));
    }
    capacity(project.capacity);
}

} // namespace

std::string age_text(std::int64_t seconds) {
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    if (seconds < minute) {
        return fmt::format("{} s", std::max<std::int64_t>(seconds, 0));
    }
    if (seconds < hour) {
        return fmt::format("{} min", seconds / minute);
    }
    if (seconds < 2 * day) {
        return fmt::format("{} h", seconds / hour);
    }
    return fmt::format("{} days", seconds / day);
}

std::vector<std::string> status_view(const daemon_status& status, wall_time now,
                                     const view_options& options) {
    view made(options, now);
    made.head(status);
    for (const project_status& project : status.projects) {
        made.project(project);
    }
    return made.take();
}

std::string status_summary(const project_status& project) {
    std::string text = fmt::format("{}: ", printable(project.name));
    text += project.ready
                ? std::string("ready")
                : fmt::format("not ready ({})", printable(project.reason.value_or("starting")));
    return fmt::format("{}; {}; {}; training {}", text, files_text(project, false),
                       totals_text(project.totals), printable(project.training.state));
}

std::vector<std::string> fit_rows(std::vector<std::string> lines, std::size_t rows) {
    if (rows == 0 || lines.size() <= rows) {
        return lines;
    }
    const std::size_t left_out = lines.size() - (rows - 1);
    lines.resize(rows - 1);
    lines.push_back(fmt::format("… {} more lines; without --watch all are shown", left_out));
    return lines;
}

} // namespace retraind::report
