#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace retraind::intake {

/// A tag's name out of raw bytes (NFC, trimmed), or the end of a sentence why there is none in
/// them: `"…" is not UTF-8 and cannot name a tag; rename it`.
[[nodiscard]] tl::expected<std::string, std::string> tag_name(std::string_view raw);

/// Whether a byte of it is a control character.
[[nodiscard]] bool has_control(std::string_view text);

/// Sorted, each once.
[[nodiscard]] std::vector<std::string> sorted_names(std::vector<std::string> names);

} // namespace retraind::intake
