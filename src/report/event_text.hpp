#pragma once

#include <string>

#include "retraind/base/event.hpp"

namespace retraind::report {

/// A field's value as text that breaks no line and no terminal.
[[nodiscard]] std::string value_text(const field_value& value);

/// `[wildlife] 64 pictures are confirmed images=64 path="a b.jpg"`: what is said of an event beside
/// its time, its level and its name.
[[nodiscard]] std::string event_text(const event& happened);

} // namespace retraind::report
