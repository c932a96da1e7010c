#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/report/journal.hpp"
#include "retraind/report/options.hpp"

namespace retraind::report {

/// One event as a line of the log, without the line's end; `journal` has the line of `text`. Bytes
/// that would break a line or a terminal are escaped.
[[nodiscard]] std::string to_line(const event& happened, wall_time at, log_format format);

/// The log: every event of the wanted level as a line to `write`, or as an entry of the journal.
class log_writer final : public event_sink {
public:
    /// `write` takes a whole line with its end; the log of the daemon goes to stderr in one write.
    /// Where `journal` is wanted and nobody takes entries, the log is text, which it says.
    log_writer(log_options options, const clock& time,
               std::function<void(std::string_view line)> write,
               journal entries = system_journal());

    void emit(const event& happened) override;
    /// Another level or format from the next event on.
    void change(log_options options);

private:
    log_options options_;
    const clock& time_;
    std::function<void(std::string_view line)> write_;
    journal journal_;
    log_format format_ = log_format::text;
};

/// One write to stderr: lines of several threads or processes do not mix.
void write_to_stderr(std::string_view line);

} // namespace retraind::report
