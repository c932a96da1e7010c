#pragma once

#include <cstddef>
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

/// The length of well-formed UTF-8 as .NET counts characters, which is in UTF-16.
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// The text with U+FFFD in the place of each byte that is not part of well-formed UTF-8.
[[nodiscard]] std::string to_utf8(std::string text);

} // namespace sandbox::service
