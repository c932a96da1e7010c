#pragma once

#include <vector>

#include "retraind/base/event.hpp"

namespace retraind::report {

/// Tells every event to several sinks, in their order. They outlive it.
class event_fan final : public event_sink {
public:
    explicit event_fan(std::vector<event_sink*> sinks);

    void emit(const event& happened) override;

private:
    std::vector<event_sink*> sinks_;
};

} // namespace retraind::report
