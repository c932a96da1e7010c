#pragma once

#include <string_view>

namespace sandbox::service {

/// Whether the whole of `text` matches `pattern`: `*` is any run of characters, none included, `?`
/// any one; everything else is itself, case counts.
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view text);

} // namespace sandbox::service
