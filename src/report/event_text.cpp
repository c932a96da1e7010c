#include "event_text.hpp"

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

std::string plain(const std::string& text) {
    return printable(text);
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

/// Quoted where a blank or a quote would make `key=value` ambiguous.
std::string quoted(const std::string& shown) {
    if (!shown.empty() && shown.find_first_of(" \"=") == std::string::npos) {
        return shown;
    }
    std::string text = "\"";
    for (const char letter : shown) {
        if (letter == '"') {
            text += '\\';
        }
        text += letter;
    }
    return text + "\"";
}

} // namespace

std::string value_text(const field_value& value) {
    return std::visit([](const auto& each) { return plain(each); }, value);
}

std::string event_text(const event& happened) {
    std::string text =
        happened.project.empty() ? "" : fmt::format("[{}] ", printable(happened.project));
    text += printable(happened.sentence);
    for (const field& each : happened.fields) {
        text += fmt::format(" {}={}", each.name, quoted(value_text(each.value)));
    }
    return text;
}

} // namespace retraind::report
