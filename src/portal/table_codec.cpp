#include "retraind/portal/table_codec.hpp"

#include <algorithm>
#include <numeric>

#include "retraind/base/terminal_text.hpp"
#include "retraind/base/text.hpp"

namespace retraind::portal {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 12;

std::string padded(const std::string& text, std::size_t width, bool to_the_right) {
    const std::size_t own = terminal_columns(text);
    const std::string blanks(width > own ? width - own : 0, ' ');
    return to_the_right ? blanks + text : text + blanks;
}

std::size_t line_width(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
           (widths.empty() ? 0 : (widths.size() - 1) * gap);
}

std::string without_trailing_blanks(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace

void table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        cell = printable(cell);
    }
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> table::widths(std::optional<std::size_t> most) const {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        std::size_t width = terminal_columns(columns_[at].header);
        for (const auto& row : rows_) {
            width = std::max(width, terminal_columns(row[at]));
        }
        found.push_back(width);
    }
    while (most && line_width(found) > *most) {
        std::size_t* widest = nullptr;
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            const bool shrinks = columns_[at].may_shrink && found[at] > narrowest;
            if (shrinks && (widest == nullptr || found[at] > *widest)) {
                widest = &found[at];
            }
        }
        if (widest == nullptr) {
            break;
        }
        --*widest;
    }
    return found;
}

std::string table::text(std::optional<std::size_t> width) const {
    const std::vector<std::size_t> room = widths(width);
    const auto line_of = [&](const auto& cell_at) {
        std::string line;
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            line += at > 0 ? std::string(gap, ' ') : std::string();
            line += padded(fit_columns(cell_at(at), room[at]), room[at], columns_[at].to_the_right);
        }
        return without_trailing_blanks(std::move(line)) + '\n';
    };
    std::string all = line_of([&](std::size_t at) { return columns_[at].header; });
    for (const auto& row : rows_) {
        all += line_of([&](std::size_t at) { return row[at]; });
    }
    return all;
}

std::string fact_lines(const std::vector<std::pair<std::string, std::string>>& facts) {
    std::size_t width = 0;
    for (const auto& [name, value] : facts) {
        width = value.empty() ? width : std::max(width, terminal_columns(name));
    }
    std::string lines;
    for (const auto& [name, value] : facts) {
        if (!value.empty()) {
            lines += padded(name, width + gap, false) + printable(value) + '\n';
        }
    }
    return lines;
}

} // namespace retraind::portal
