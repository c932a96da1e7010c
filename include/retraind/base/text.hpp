#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retraind {

/// The NFC form of valid UTF-8; nothing for bytes that are not UTF-8. Tags and wire names are NFC,
/// paths on disk stay the bytes they are.
[[nodiscard]] std::optional<std::string> to_nfc(std::string_view text);

/// Case-folded NFC, for "differs only in case"; nothing for bytes that are not UTF-8.
[[nodiscard]] std::optional<std::string> fold_case(std::string_view text);

/// Without white space at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// Fit for a log line or a terminal whatever the bytes are: control characters and bytes that are
/// not UTF-8 become `\xNN`.
[[nodiscard]] std::string printable(std::string_view bytes);

/// Valid UTF-8 for a name on the wire: NFC where the bytes are UTF-8, else each wrong byte as %XX.
[[nodiscard]] std::string wire_text(std::string_view bytes);

} // namespace retraind
