#include "retraind/watch/mount_codec.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace retraind::watch {
namespace {

bool is_octal(char letter) {
    return letter >= '0' && letter <= '7';
}

/// The kernel writes space, tab, newline and backslash as `\040`.
std::string unescaped(std::string_view text) {
    constexpr std::size_t digits = 3;
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::string_view code = text.substr(std::min(at + 1, text.size()), digits);
        const bool escaped =
            text[at] == '\\' && code.size() == digits && std::ranges::all_of(code, is_octal);
        if (!escaped) {
            plain += text[at];
            continue;
        }
        unsigned value = 0;
        std::from_chars(code.data(), code.data() + digits, value, 8);
        plain += static_cast<char>(value);
        at += digits;
    }
    return plain;
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(' '), line.size());
        if (end > 0) {
            words.push_back(line.substr(0, end));
        }
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return words;
}

/// `36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/root rw`: of the optional fields before
/// the lone hyphen there are none or several.
std::optional<mount> decode_line(std::string_view line) {
    constexpr std::size_t point = 4;
    constexpr std::size_t first_optional = 6;
    const std::vector<std::string_view> words = words_of(line);
    if (words.size() < first_optional) {
        return std::nullopt;
    }
    const auto hyphen = std::find(words.begin() + first_optional, words.end(), "-");
    if (words.end() - hyphen < 3) {
        return std::nullopt;
    }
    mount found;
    const auto [end, failed] =
        std::from_chars(words[0].data(), words[0].data() + words[0].size(), found.id);
    if (failed != std::errc() || end != words[0].data() + words[0].size()) {
        return std::nullopt;
    }
    found.point = unescaped(words[point]);
    found.type = unescaped(*(hyphen + 1));
    found.source = unescaped(*(hyphen + 2));
    return found;
}

bool lies_on(std::string_view path, std::string_view point) {
    if (point == "/") {
        return path.starts_with('/');
    }
    return path.starts_with(point) && (path.size() == point.size() || path[point.size()] == '/');
}

} // namespace

std::vector<mount> decode_mounts(std::string_view text) {
    std::vector<mount> all;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (std::optional<mount> found = decode_line(text.substr(0, end))) {
            all.push_back(std::move(*found));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return all;
}

const mount* find_mount(const std::vector<mount>& all, std::uint64_t id) {
    const auto found = std::ranges::find_if(all, [id](const mount& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const mount* find_mount(const std::vector<mount>& all, std::string_view path) {
    const mount* found = nullptr;
    for (const mount& each : all) {
        const bool nearer = found == nullptr || each.point.size() >= found->point.size();
        if (nearer && lies_on(path, each.point)) {
            found = &each;
        }
    }
    return found;
}

} // namespace retraind::watch
