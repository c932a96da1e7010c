#include "retraind/pipeline/shared.hpp"

#include <string>

namespace retraind::pipeline {

void shared::internal_error(const std::exception_ptr& thrown) {
    std::string what = "an exception of no known type";
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& known) {
        what = known.what();
    } catch (...) { // said as it is: nothing more is known of it
    }
    events.emit({event_name::internal_error,
                 severity::error,
                 "",
                 "a part of the daemon ended by a bug, so all of it ends: " + what,
                 {}});
    broken = true;
    stop.request();
}

} // namespace retraind::pipeline
