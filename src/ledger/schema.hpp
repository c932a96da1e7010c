#pragma once

#include <span>

#include "ledger/sqlite.hpp"

namespace retraind::ledger {

/// The ledger's schema as its versions made it: `schema_steps()[n]` leads from version n to n + 1.
/// A step that was released is never edited; what changes is a new step.
[[nodiscard]] std::span<const char* const> schema_steps();

/// Brings `target` to the newest version, each step in a transaction with its number. Refuses what
/// a newer program wrote.
[[nodiscard]] result<void> migrate(sqlite::database& target, std::span<const char* const> steps);

} // namespace retraind::ledger
