#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace retraind::customvision {

/// How a body is written. The service names four media types for request bodies and three for
/// answers (CONTRACT.md section 7).
enum class notation { json, xml, form };

/// application/json, application/xml, text/xml and application/x-www-form-urlencoded, and what ends
/// in +json or +xml; parameters and case are ignored. Nothing for another. Pure.
[[nodiscard]] std::optional<notation> notation_of(std::string_view media_type);

/// What an answer is to be read as, by its own Content-Type whatever was asked for: XML where it
/// says so, else JSON, for gateways label their JSON as they like. Pure.
[[nodiscard]] notation notation_of_answer(std::optional<std::string_view> content_type);

/// The Content-Type of a body in that media type. XML names its characters, because text/xml once
/// meant US-ASCII where nothing was said (RFC 3023); the others are UTF-8 by definition. Pure.
[[nodiscard]] std::string content_type_of(std::string_view media_type);

} // namespace retraind::customvision
