#pragma once

#include <string_view>

#include "sandbox/http/message.hpp"

/// In which notation an answer goes: what the client accepts of what the service can write.
namespace sandbox::service {

/// The media type that an Accept header's ranges prefer among application/json, application/xml and
/// text/xml: the one of the highest q, a range that is more specific deciding over one that is
/// less; JSON where several are equal, where the header is empty, and where it takes none of them.
[[nodiscard]] std::string_view preferred_media_type(std::string_view accept);

/// Turns an answer in JSON into XML where the request prefers that; every other answer stays as it
/// is. The root element is the operation's, or CustomVisionError for a refusal.
void apply_accept(const http::request& asked, std::string_view operation, http::response& answer);

} // namespace sandbox::service
