#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace sandbox::service {

/// The content of a field of a multipart/form-data body, a view into `body`; nothing where there is
/// no such field or the body is malformed.
[[nodiscard]] std::optional<std::string_view>
multipart_field(std::string_view content_type, std::string_view body, std::string_view name);

/// A part of a multipart body; views into it.
struct multipart_part {
    std::string_view file_name; ///< as it stands in the header, its quotes included; or empty
    std::string_view content;
};

/// The parts of a multipart/form-data body, whatever their names; none where it is malformed.
[[nodiscard]] std::vector<multipart_part> multipart_parts(std::string_view content_type,
                                                          std::string_view body);

} // namespace sandbox::service
