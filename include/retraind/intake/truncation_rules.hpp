#pragma once

#include <optional>

#include "retraind/base/clock.hpp"
#include "retraind/intake/image_probe.hpp"

namespace retraind::intake {

/// What becomes of a picture without its end: nothing while somebody may still be writing it, a
/// refusal `Truncated` once it lay unchanged for `truncated_after` by the monotonic clock.
[[nodiscard]] std::optional<refusal> refuse_truncated(const incomplete& found,
                                                      mono_time::duration unchanged_for,
                                                      duration truncated_after);

} // namespace retraind::intake
