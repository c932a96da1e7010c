#pragma once

#include <string>
#include <string_view>

/// Names that XML does not allow, as .NET's XmlConvert writes and reads them.
namespace sandbox::service {

/// EncodeLocalName: what may not stand in a name without colon of XML 1.0, fourth edition, becomes
/// _xHHHH_ (_xHHHHHHHH_ beyond the basic plane), and so does an underscore that would read as the
/// beginning of such a sequence. `name` is UTF-8 and not empty.
[[nodiscard]] std::string encode_local_name(std::string_view name);

/// DecodeName: the name that was encoded. A sequence that names no character is left as it is.
[[nodiscard]] std::string decode_name(std::string_view name);

/// Whether a name of XML 1.0, fourth edition, may contain a character, or begin with it. A colon is
/// none of either.
[[nodiscard]] bool is_name_character(char32_t character);
[[nodiscard]] bool is_name_start(char32_t character);

} // namespace sandbox::service
