#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/intake/reasons.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::pipeline {

/// The project does not have it.
struct is_new {};
/// The project has it, under these labels: an outcome without a request.
struct is_duplicate {
    std::optional<image_id> image;
};
/// The project has it without these labels, or perhaps without its boxes, which it is to get; no
/// second upload.
struct lacks_labels {
    image_id image;
    std::vector<std::string> missing; ///< sorted; empty where only boxes are in doubt
};
/// The project has it under another label; a person must say which is right.
using is_conflict = intake::held;

using duplicate_verdict = std::variant<is_new, is_duplicate, lacks_labels, is_conflict>;

/// Whether a file whose content the ledger knows may be called a duplicate. `path` is the file's,
/// `labels` are sorted tag names. `known` is null for a content the ledger does not know.
/// `several_tags`: a picture of the project may have more than one, so that further labels are
/// added to it; the negative tag never beside others. `has_boxes`: regions belong to it, which the
/// ledger does not remember.
[[nodiscard]] duplicate_verdict judge_duplicate(const ledger::content_record* known,
                                                const std::string& path,
                                                const std::vector<std::string>& labels,
                                                bool several_tags, bool has_boxes);

} // namespace retraind::pipeline
