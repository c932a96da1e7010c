#pragma once

#include <atomic>

#include "sandbox/service/state.hpp"

namespace sandbox::service {

/// Trains an iteration that is in state Training and leaves it Completed with its model and
/// evaluation, or Failed with the reason. Left as it was when `is_stopping` turns true; dropped
/// when the iteration goes. Never throws.
void run_training(state& in, const iteration& wanted, const std::atomic<bool>& is_stopping);

} // namespace sandbox::service
