#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sandbox::service {

/// Takes the first character off `text`. Nothing, and `text` stays, where it does not begin with
/// well-formed UTF-8.
[[nodiscard]] std::optional<char32_t> take_character(std::string_view& text);

/// Appends a character, which is one of Unicode's and no surrogate.
void append_utf8(std::string& to, char32_t character);

[[nodiscard]] bool is_utf8(std::string_view text);

} // namespace sandbox::service
