#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace sandbox::service {

/// A moment: 100 ns steps since 1970-01-01T00:00:00 UTC, the resolution of the service's clock.
using ticks = std::int64_t;

inline constexpr ticks ticks_per_second = 10'000'000;
inline constexpr ticks ticks_per_day = 24 * 60 * 60 * ticks_per_second;

[[nodiscard]] ticks now();

/// `2020-11-06T17:40:44.883Z`: projects and iterations (CONTRACT.md fact 13).
[[nodiscard]] std::string milliseconds_text(ticks moment);

/// `2020-11-06T17:40:45.493677`: images, image tags and regions. Up to seven digits, trailing zeros
/// trimmed (the point too when all are zero), no `Z` although it is UTC.
[[nodiscard]] std::string trimmed_text(ticks moment);

/// `2019-03-15T06:14:49.7782526Z`: predictions.
[[nodiscard]] std::string seven_digit_text(ticks moment);

/// `2020-11`, and how long it still is from `moment` on: 1 s at least.
[[nodiscard]] std::string month_text(ticks moment);
[[nodiscard]] std::chrono::seconds rest_of_month(ticks moment);

/// `2020-11-07T17:40:45Z`: the end of an image link's validity.
[[nodiscard]] std::string seconds_text(ticks moment);

} // namespace sandbox::service
