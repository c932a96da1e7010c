#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::intake {

/// No name of one picture alone is longer, in bytes.
inline constexpr std::size_t max_wire_name = 255;
/// What telling names apart adds to one at most, in bytes, in a batch of up to 900.
inline constexpr std::size_t wire_name_slack = 4;

/// A picture's name for the service, out of its path below the watched folder: NFC, valid UTF-8
/// without control characters (each such byte, and each that is not UTF-8, as %XX). A longer path
/// keeps its end, behind a digest of the whole.
[[nodiscard]] std::string wire_name(std::string_view path);

/// The names of a batch's pictures, in the same order, each different from all others: where two
/// would meet, the later one gets `~2`, `~3`… before its extension. Results are matched by them.
[[nodiscard]] std::vector<std::string> unique_wire_names(std::span<const std::string> paths);

} // namespace retraind::intake
