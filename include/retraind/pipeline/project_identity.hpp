#pragma once

#include <string>

#include "retraind/base/ids.hpp"

namespace retraind::pipeline {

/// A project as it was found on the service: what its loops are handed once it is known.
struct project_identity {
    std::string label; ///< what logs and status call it
    project_id id;
};

} // namespace retraind::pipeline
