#include "retraind/report/journal_codec.hpp"

#include <syslog.h>

#include <fmt/format.h>

#include "event_text.hpp"
#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

int priority_of(severity level) {
    switch (level) {
    case severity::debug:
        return LOG_DEBUG;
    case severity::info:
        return LOG_INFO;
    case severity::warning:
        return LOG_WARNING;
    case severity::error:
        return LOG_ERR;
    }
    return LOG_ERR;
}

/// journald drops entries' fields whose names have other letters than these, or more of them.
std::string field_name(std::string_view name) {
    constexpr std::size_t longest = 64;
    std::string made = "RETRAIND_";
    for (const char letter : name.substr(0, longest - made.size())) {
        const bool small = letter >= 'a' && letter <= 'z';
        const bool fits = (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        made += small ? static_cast<char>(letter - 'a' + 'A') : fits ? letter : '_';
    }
    return made;
}

} // namespace

std::vector<std::string> journal_fields(const event& happened) {
    std::vector<std::string> fields{
        "MESSAGE=" + event_text(happened), fmt::format("PRIORITY={}", priority_of(happened.level)),
        "SYSLOG_IDENTIFIER=retraind", fmt::format("RETRAIND_EVENT={}", to_string(happened.name))};
    if (!happened.project.empty()) {
        fields.push_back("RETRAIND_PROJECT=" + printable(happened.project));
    }
    for (const field& each : happened.fields) {
        fields.push_back(fmt::format("{}={}", field_name(each.name), value_text(each.value)));
    }
    return fields;
}

bool names_stream(std::string_view variable, std::uint64_t device, std::uint64_t inode) {
    return variable == fmt::format("{}:{}", device, inode);
}

} // namespace retraind::report
