#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sandbox::service {

/// Standard base64 with its padding and nothing else: no line breaks, no blanks, no URL alphabet.
/// Nothing where the text is not that. The empty text decodes to the empty string.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

[[nodiscard]] std::string encode_base64(std::string_view bytes);

} // namespace sandbox::service
