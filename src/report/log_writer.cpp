#include "retraind/report/log_writer.hpp"

#include <cerrno>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

/// A value of `key=value`: quoted where a blank or a quote would make it ambiguous.
std::string plain(const std::string& text) {
    const std::string shown = printable(text);
    if (!shown.empty() && shown.find_first_of(" \"=") == std::string::npos) {
        return shown;
    }
    std::string quoted = "\"";
    for (const char letter : shown) {
        if (letter == '"') {
            quoted += '\\';
        }
        quoted += letter;
    }
    return quoted + "\"";
}

std::string plain(std::int64_t number) {
    return std::to_string(number);
}
std::string plain(double number) {
    return fmt::format("{:.6g}", number);
}
std::string plain(bool flag) {
    return flag ? "true" : "false";
}

std::string text_line(const event& happened, wall_time at) {
    std::string line = fmt::format("{} {:<7} {}", format_utc(at), to_string(happened.level),
                                   to_string(happened.name));
    if (!happened.project.empty()) {
        line += fmt::format(" [{}]", printable(happened.project));
    }
    line += fmt::format(" {}", printable(happened.sentence));
    for (const field& each : happened.fields) {
        line += fmt::format(" {}={}", each.name,
                            std::visit([](const auto& value) { return plain(value); }, each.value));
    }
    return line;
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
        line[each.name] = json_value(each.value);
    }
    return boost::json::serialize(line);
}

} // namespace

std::string to_line(const event& happened, wall_time at, log_format format) {
    return format == log_format::json ? json_line(happened, at) : text_line(happened, at);
}

log_writer::log_writer(log_options options, const clock& time,
                       std::function<void(std::string_view line)> write)
    : options_(options), time_(time), write_(std::move(write)) {}

void log_writer::emit(const event& happened) {
    if (happened.level >= options_.level) {
        write_(to_line(happened, time_.wall(), options_.format) + "\n");
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
