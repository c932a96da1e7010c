#pragma once

#include <functional>

#include "retraind/pipeline/project_state.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// Asks the service how full a project is and whether it is read-only: at start, now and then, and
/// every minute while that keeps uploads from going. Says so in health. Loop only.
class capacity_loop {
public:
    /// `reopened` hears that uploads may go on, or in a full project what needs no room.
    capacity_loop(project_state& project, std::function<void()> reopened);

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();
    /// Asks once; where the service does not answer, what is known stays.
    [[nodiscard]] task<void> look();
    /// Something is different: ask now.
    void look_now() { wakeup_.notify(); }

private:
    [[nodiscard]] task<void> look_at_mode();
    void say_state();

    project_state& project_;
    std::function<void()> reopened_;
    runtime::notifier wakeup_;
};

} // namespace retraind::pipeline
