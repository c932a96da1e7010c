#pragma once

#include <optional>
#include <string_view>

namespace sandbox::service {

/// The content of a field of a multipart/form-data body, a view into `body`; nothing where there is
/// no such field or the body is malformed.
[[nodiscard]] std::optional<std::string_view>
multipart_field(std::string_view content_type, std::string_view body, std::string_view name);

} // namespace sandbox::service
