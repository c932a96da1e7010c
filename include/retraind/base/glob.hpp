#pragma once

#include <string_view>

namespace retraind {

/// Whether a file name matches a pattern of `*`, `?` and `[a-z]`; ASCII case is ignored, so that
/// `IMG_1.JPG` is a picture. A name is matched whole and as bytes.
[[nodiscard]] bool glob_matches(const char* pattern, const char* name) noexcept;

} // namespace retraind
