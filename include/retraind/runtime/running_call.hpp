#pragma once

#include <string>

#include "retraind/base/clock.hpp"

namespace retraind::runtime {

/// A blocking call that has not returned yet.
struct running_call {
    mono_time since;
    std::string place; ///< the folder it is in, where whoever began it said so
};

} // namespace retraind::runtime
