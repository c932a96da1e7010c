#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/sqlite.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger::column {

// How values stand in the database. Reading is lenient where a person may have edited: what is not
// a value of its kind is left out, never invented.

[[nodiscard]] std::int64_t from_time(wall_time at);
[[nodiscard]] wall_time to_time(std::int64_t milliseconds);

/// A JSON array of strings.
[[nodiscard]] std::string from_labels(const std::vector<std::string>& labels);
[[nodiscard]] std::vector<std::string> to_labels(std::string_view text);

[[nodiscard]] std::string from_iterations(const std::vector<iteration_id>& ids);
[[nodiscard]] std::vector<iteration_id> to_iterations(std::string_view text);

[[nodiscard]] std::optional<outcome> to_outcome(std::string_view word);

[[nodiscard]] std::string_view from_state(training_state state);
[[nodiscard]] std::optional<training_state> to_state(std::string_view word);

/// 16 bytes, most significant first.
[[nodiscard]] std::array<std::byte, 16> from_print(const file_fingerprint& print);
[[nodiscard]] std::optional<file_fingerprint> to_print(std::string_view bytes);

[[nodiscard]] std::optional<sha256> to_digest(std::string_view bytes);

template <class Id>
[[nodiscard]] std::optional<std::string> from_id(const std::optional<Id>& id) {
    return id ? std::optional<std::string>(to_string(*id)) : std::nullopt;
}

template <class Id>
[[nodiscard]] std::optional<Id> to_id(std::string_view text) {
    const result<Id> id = parse_id<Id>(text);
    return id ? std::optional<Id>(*id) : std::nullopt;
}

} // namespace retraind::ledger::column
