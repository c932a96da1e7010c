#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sandbox::service {

/// A new random id, in the form of the wire: lower case with dashes.
[[nodiscard]] std::string new_guid();

/// The lower-case form with dashes of what .NET's binder takes as a GUID: with dashes, without, and
/// either in braces; nothing for anything else.
[[nodiscard]] std::optional<std::string> parse_guid(std::string_view text);

/// A wire form without its dashes, as it stands in blob names.
[[nodiscard]] std::string without_dashes(std::string_view guid);

} // namespace sandbox::service
