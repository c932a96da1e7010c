#include "retraind/report/event_fan.hpp"

#include <utility>

namespace retraind::report {

event_fan::event_fan(std::vector<event_sink*> sinks) : sinks_(std::move(sinks)) {}

void event_fan::emit(const event& happened) {
    for (event_sink* each : sinks_) {
        each->emit(happened);
    }
}

} // namespace retraind::report
