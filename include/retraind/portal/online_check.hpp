#pragma once

#include <functional>

#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/service_session.hpp"
#include "retraind/portal/check_rules.hpp"
#include "retraind/portal/trouble_rules.hpp"

namespace retraind::portal {

/// Asks the service whether it is as the configuration needs it and tells each finding as it is
/// made. Reads only, from the service and from the names in the watched folders. Opens the session.
[[nodiscard]] ending check_online(pipeline::service_session& session,
                                  const config::configuration& wanted,
                                  const std::function<void(const finding&)>& tell);

} // namespace retraind::portal
