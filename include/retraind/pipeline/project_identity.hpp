#pragma once

#include <cstdint>
#include <string>

#include "retraind/base/ids.hpp"

namespace retraind::pipeline {

/// A project as it was found on the service: what its loops are handed once it is known.
struct project_identity {
    std::string label; ///< what logs and status call it
    project_id id;
    /// Below it the service trains no tag: 5 for classification, 15 for detection (CONTRACT.md
    /// section 4).
    std::uint64_t least_images_per_tag = 5;
    bool detection = false; ///< its pictures take regions
};

} // namespace retraind::pipeline
