#pragma once

#include <string>

#include "retraind/config/configuration.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"

namespace retraind::pipeline {

/// Finds the configured project on the service, or makes it where the configuration says how. A
/// failure's sentence names the project and the mend. One attempt; `project_runner` repeats.
[[nodiscard]] task<customvision::answer<customvision::project>>
find_or_create_project(shared& common, service_contact& contact,
                       const config::project_block& wanted);

} // namespace retraind::pipeline
