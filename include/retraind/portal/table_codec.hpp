#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace retraind::portal {

struct column {
    std::string header;
    bool to_the_right = false; ///< numbers
    bool may_shrink = false;   ///< names: cut where the table is too wide for the terminal
};

/// A table for people: aligned by what a terminal shows (wide characters count twice), unprintable
/// bytes escaped, the last column without trailing blanks. Pure.
class table {
public:
    explicit table(std::vector<column> columns) : columns_(std::move(columns)) {}

    /// As many cells as there are columns.
    void add(std::vector<std::string> cells);
    /// Each line with its end; only the header where there are no rows. Columns that may shrink are
    /// cut, the widest first and none below 12, until a line has at most `width` columns; nothing
    /// is cut where no width is given, so that what goes into a pipe is whole.
    [[nodiscard]] std::string text(std::optional<std::size_t> width) const;

private:
    [[nodiscard]] std::vector<std::size_t> widths(std::optional<std::size_t> most) const;

    std::vector<column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// Facts of one thing, a line each, the values aligned; facts without a value are left out.
[[nodiscard]] std::string fact_lines(const std::vector<std::pair<std::string, std::string>>& facts);

} // namespace retraind::portal
