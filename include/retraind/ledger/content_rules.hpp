#pragma once

#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// What the ledger keeps of a content when `fresh` is recorded over what was `known` (null:
/// nothing). A duplicate is no news of a content the project has: outcome, image and first path
/// stay, labels are added. Any other outcome is newer and wins; the first path stays for as long as
/// the content was never removed. Never called for rejected files: they are no content of the
/// project.
[[nodiscard]] content_record merge_content(const content_record* known, content_record fresh);

} // namespace retraind::ledger
