#include "tag_pattern.hpp"

#include <string_view>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/options.hpp"

namespace retraind::intake {
namespace {

/// Where the character class that begins at `start` ends: at its closing bracket.
std::size_t class_end(std::string_view text, std::size_t start) {
    std::size_t at = start + 1;
    at += text.substr(at).starts_with('^') ? 1 : 0;
    at += text.substr(at).starts_with(']') ? 1 : 0;
    while (at < text.size() && text[at] != ']') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return at;
}

std::size_t groups_named_tag(std::string_view text) {
    std::size_t groups = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '[') {
            at = class_end(text, at);
        } else if (text.substr(at).starts_with("(?<tag>")) {
            ++groups;
        }
    }
    return groups;
}

} // namespace

result<boost::regex> compile_tag_pattern(const std::string& pattern) {
    if (groups_named_tag(pattern) != 1) {
        return fail(errc::invalid,
                    fmt::format("\"{}\" has not exactly one group named tag; write (?<tag>…) once",
                                printable(pattern)));
    }
    try {
        return boost::regex(pattern, boost::regex::perl | boost::regex::icase);
    } catch (const boost::regex_error& wrong) {
        return fail(errc::invalid, fmt::format("\"{}\" is not a regular expression: {}",
                                               printable(pattern), wrong.what()));
    }
}

result<void> check_tag_pattern(const std::string& pattern) {
    return compile_tag_pattern(pattern).map([](const boost::regex&) {});
}

} // namespace retraind::intake
