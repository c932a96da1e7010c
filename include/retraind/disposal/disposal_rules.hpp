#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "retraind/base/outcome.hpp"
#include "retraind/disposal/options.hpp"

namespace retraind::disposal {

/// The longest name that the file systems we know take, in bytes.
inline constexpr std::size_t longest_name = 255;

/// What the name of a reason has behind the picture's.
inline constexpr std::string_view reason_ending = ".reason.json";

/// What becomes of a file with that outcome.
[[nodiscard]] after_upload action_for(outcome result, const options& chosen);

/// The `number`th name to try for a picture: NAME.EXT, then NAME~1.EXT, NAME~2.EXT, … What is
/// longer than `limit` bytes is shortened before the number, between characters.
[[nodiscard]] std::string numbered_name(std::string_view name, unsigned number, std::size_t limit);

/// The name of the reason beside a rejected picture: `too-big.png.reason.json`.
[[nodiscard]] std::string reason_name(std::string_view picture);

/// How long a rejected picture's name may be, so that its reason's name fits as well.
[[nodiscard]] std::size_t longest_rejected_name();

} // namespace retraind::disposal
