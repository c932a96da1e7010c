#include "retraind/report/log_writer.hpp"

#include <cerrno>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "event_text.hpp"
#include "retraind/base/text.hpp"
#include "retraind/report/journal_codec.hpp"

namespace retraind::report {
namespace {

std::string text_line(const event& happened, wall_time at) {
    return fmt::format("{} {:<7} {} {}", format_utc(at), to_string(happened.level),
                       to_string(happened.name), event_text(happened));
}

boost::json::value json_value(const field_value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return boost::json::value(printable(*text));
    }
    return std::visit(
        [](const auto& plain_value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(plain_value)>, std::string>) {
                return boost::json::value(nullptr);
            } else {
                return boost::json::value(plain_value);
            }
        },
        value);
}

/// What a line has of its own: no field may take its place.
bool is_own(std::string_view name) {
    return name == "time" || name == "level" || name == "event" || name == "project" ||
           name == "message";
}

std::string json_line(const event& happened, wall_time at) {
    boost::json::object line;
    line["time"] = format_utc(at);
    line["level"] = to_string(happened.level);
    line["event"] = to_string(happened.name);
    if (!happened.project.empty()) {
        line["project"] = printable(happened.project);
    }
    line["message"] = printable(happened.sentence);
    for (const field& each : happened.fields) {
        const std::string name(each.name);
        line[is_own(name) ? name + "_" : name] = json_value(each.value);
    }
    return boost::json::serialize(line);
}

} // namespace

std::string to_line(const event& happened, wall_time at, log_format format) {
    return format == log_format::json ? json_line(happened, at) : text_line(happened, at);
}

log_writer::log_writer(log_options options, const clock& time,
                       std::function<void(std::string_view line)> write, journal entries)
    : time_(time), write_(std::move(write)), journal_(std::move(entries)) {
    change(options);
}

void log_writer::change(log_options options) {
    options_ = options;
    format_ = options.format.value_or(journal_.is_stderr ? log_format::journal : log_format::text);
    if (format_ == log_format::journal && !journal_.send) {
        format_ = log_format::text;
        emit({event_name::configuration_warning,
              severity::warning,
              "",
              "there is no journal here; the log is text on stderr",
              {{"key", "log.format"}}});
    }
}

void log_writer::emit(const event& happened) {
    if (happened.level < options_.level) {
        return;
    }
    const bool sent = format_ == log_format::journal && journal_.send(journal_fields(happened));
    if (!sent) {
        write_(to_line(happened, time_.wall(), format_) + "\n");
    }
}

void write_to_stderr(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written < 0 && errno != EINTR) {
            return; // there is nowhere left to say that the log cannot be written
        }
        line.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
}

} // namespace retraind::report
