#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"

namespace retraind {

/// A duration as people write it: a whole or decimal number and one of ms, s, m, h, d; or `0`.
/// `1h30m` is one as well. Fails with a sentence that shows how to write it.
[[nodiscard]] result<duration> parse_duration(std::string_view text);

/// The shortest way to write it that `parse_duration` reads back exactly: `1h30m`, `500ms`, `0s`.
[[nodiscard]] std::string format_duration(duration span);

/// A number of bytes: a whole number, or a whole or decimal one with B, kB, MB, GB, KiB, MiB, GiB.
[[nodiscard]] result<std::uint64_t> parse_bytes(std::string_view text);

/// For people: `6,750,123`.
[[nodiscard]] std::string format_count(std::uint64_t number);

/// The shortest exact way to write it: `24MiB`, `6MB`, `123`.
[[nodiscard]] std::string format_bytes(std::uint64_t bytes);

} // namespace retraind
