#pragma once

#include <string_view>

#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_state.hpp"

namespace retraind::pipeline {

/// What a request that failed costs the loop that sent it: nothing that was planned, and time. One
/// for each loop that sends, with its own name in health; the requests of one loop share it. Loop
/// only.
class service_recovery {
public:
    /// `source`: the loop's name in health, a literal.
    service_recovery(project_state& project, std::string_view source, patience waits = {})
        : project_(project), source_(source), patience_(waits) {}

    /// Takes note of a call's end, and hands it on. One that the service has judged, for good or
    /// ill, says that nothing keeps this loop from its work.
    template <class T>
    const customvision::answer<T>& heard(const customvision::answer<T>& call) {
        if (call || call.error().meaning == customvision::verdict::refused_batch) {
            on_judged();
        }
        return project_.contact.heard(call, project_.common.time.now());
    }

    /// Says a failure and returns when the same may be sent again, or stopping is requested. A
    /// refused key, a missing project and a limit that a person must change are waited for with a
    /// read of the project, for a body is dear. A project that is read-only is told to the capacity
    /// and waited for by whoever sends.
    [[nodiscard]] task<void> after(customvision::failure why);

    /// The wait after something that the service wants later, which is no failure to speak of.
    [[nodiscard]] task<void> put_off();

private:
    void on_judged();
    [[nodiscard]] task<void> until_a_read_goes_through();

    project_state& project_;
    std::string_view source_;
    patience patience_;
    unsigned failures_in_a_row_ = 0;
};

} // namespace retraind::pipeline
