#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "retraind/base/clock.hpp"

namespace retraind::retrain {

/// When a project is trained; all conditions must hold.
struct options {
    std::uint64_t after_images = 50; ///< confirmed since the last training
    duration quiet_for = std::chrono::minutes(10);
    duration quiet_at_most =
        std::chrono::hours(24); ///< a folder that is never quiet trains all the same
    duration cooldown = std::chrono::hours(6);
    bool advanced = false;
    unsigned budget_hours = 0; ///< advanced only, at least 1
    duration deadline = std::chrono::hours(24);
};

struct publish_options {
    std::string name;
    std::string prediction_resource_id; ///< the full ARM id of the prediction resource
};

} // namespace retraind::retrain
