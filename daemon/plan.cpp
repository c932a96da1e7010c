#include <iostream>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/pipeline/plan_report.hpp"

namespace retraind::daemon {

int perform(const plan_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    const result<void> reported =
        pipeline::report_plan(*configuration, [](std::string_view line) { std::cout << line; });
    std::cout << std::flush;
    if (!reported) {
        std::cerr << "retraind plan: " << reported.error().message << '\n';
        return failed;
    }
    return done;
}

} // namespace retraind::daemon
