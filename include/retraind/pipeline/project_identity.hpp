#pragma once

#include <cstdint>
#include <string>

#include "retraind/base/ids.hpp"

namespace retraind::pipeline {

/// What a project's pictures may carry: one tag, several, or boxes with tags.
enum class project_type { multiclass, multilabel, detection };

/// A project as it was found on the service: what its loops are handed once it is known.
struct project_identity {
    std::string label; ///< what logs and status call it
    project_id id;
    /// Below it the service trains no tag: 5 for classification, 15 for detection (CONTRACT.md
    /// section 4).
    std::uint64_t least_images_per_tag = 5;
    project_type kind = project_type::multiclass;

    /// Whether a picture may have several tags.
    [[nodiscard]] bool several_tags() const noexcept { return kind != project_type::multiclass; }
    /// Whether its pictures take regions.
    [[nodiscard]] bool detection() const noexcept { return kind == project_type::detection; }
};

} // namespace retraind::pipeline
