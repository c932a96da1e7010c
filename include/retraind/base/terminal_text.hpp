#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace retraind {

/// How many columns of a terminal the text takes: two for wide East Asian characters and emoji,
/// none for combining marks, one for a byte that is not UTF-8.
[[nodiscard]] std::size_t terminal_columns(std::string_view text) noexcept;

/// The text, cut so that it takes at most `columns`, the last of them an ellipsis where it was cut.
/// A base character keeps its marks.
[[nodiscard]] std::string fit_columns(std::string_view text, std::size_t columns);

} // namespace retraind
