#pragma once

#include "sandbox/service/state.hpp"

namespace sandbox::service {

/// Lets go of predictions, and their pictures, that were kept for 30 days. Whoever looks for stored
/// predictions calls it first, so that an old one is never seen. With the state's guard held.
void forget_expired_predictions(state& in);

} // namespace sandbox::service
