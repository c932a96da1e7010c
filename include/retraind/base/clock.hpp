#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "retraind/base/error.hpp"

namespace retraind {

/// Intervals, deadlines, settling: never set back, unaffected by wrong clocks.
using mono_time = std::chrono::steady_clock::time_point;
/// What people and the service read, in milliseconds, UTC.
using wall_time = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
/// Every configured duration.
using duration = std::chrono::milliseconds;

/// Where shells take time from. Decisions never see it: they are handed a time.
class clock {
public:
    virtual ~clock() = default;
    [[nodiscard]] virtual mono_time now() const noexcept = 0;
    [[nodiscard]] virtual wall_time wall() const noexcept = 0;
};

/// The machine's clocks.
[[nodiscard]] const clock& system_clock() noexcept;

/// `2026-11-23T10:00:00.000Z`
[[nodiscard]] std::string format_utc(wall_time at);

/// Reads what the service writes (CONTRACT.md, fact 13): 0 to 7 fraction digits, `Z` or nothing,
/// UTC either way.
[[nodiscard]] result<wall_time> parse_utc(std::string_view text);

} // namespace retraind
