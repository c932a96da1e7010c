#include "sidecar_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "retraind/base/text.hpp"

namespace retraind::intake {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view blanks = " \t\r\v\f";
/// Of what a file says, so much is repeated.
constexpr std::size_t longest_excerpt = 40;

} // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            return words;
        }
        line.remove_prefix(begin);
        const std::size_t end = std::min(line.find_first_of(blanks), line.size());
        words.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

std::optional<double> number_of(std::string_view text) {
    const std::string_view trimmed = trim(text);
    double number = 0;
    const auto [end, failed] =
        std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), number);
    if (failed != std::errc() || end != trimmed.data() + trimmed.size() || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

std::string excerpt(std::string_view text) {
    std::string shown = printable(text.substr(0, longest_excerpt));
    if (text.size() > longest_excerpt) {
        shown += "…";
    }
    return shown;
}

} // namespace retraind::intake
