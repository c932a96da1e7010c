#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::intake {

/// The lines of a text, without their ends (LF, or CR LF) and without a byte order mark.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The words of a line.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);

/// The finite number that `text` is, white space around it aside; nothing where it is none.
[[nodiscard]] std::optional<double> number_of(std::string_view text);

/// The number, from 1, of the line in which the byte at `offset` stands.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);

/// Fit for a sentence, and short whatever it is.
[[nodiscard]] std::string excerpt(std::string_view text);

} // namespace retraind::intake
