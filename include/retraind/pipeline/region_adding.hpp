#pragma once

#include <cstddef>
#include <vector>

#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/pipeline/project_state.hpp"

namespace retraind::pipeline {

/// What became of regions; those in none of these were there already.
struct added_regions {
    std::size_t created = 0;
    std::vector<customvision::image_region> exceeded;    ///< do not fit on their image
    std::vector<customvision::image_region> unmentioned; ///< its answers do not say
};

/// Gives images of the project these regions, each with its tag, in as many calls as it takes;
/// each call once. After a failure some may be there: what is missing is to be asked for anew. Loop
/// only.
[[nodiscard]] task<customvision::answer<added_regions>>
add_regions(project_state& project, std::vector<customvision::image_region> wanted);

} // namespace retraind::pipeline
