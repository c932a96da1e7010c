#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox::http {

/// A request target, taken apart.
struct target {
    std::string path;                                       ///< percent-decoded
    std::vector<std::pair<std::string, std::string>> query; ///< percent-decoded, in order
};

/// Origin form ("/path?query") or absolute form ("http://host/path?query"). A `+` in the query is
/// a blank. Nothing for any other form, a malformed escape or a NUL in either part.
[[nodiscard]] std::optional<target> parse_target(std::string_view text);

} // namespace sandbox::http
