#include <iostream>

#include "commands.hpp"
#include "retraind/config/schema_codec.hpp"

namespace retraind::daemon {

int perform(const schema_command& command) {
    static_cast<void>(command);
    std::cout << config::schema_text(config::describe_configuration()) << std::flush;
    return std::cout ? done : failed;
}

} // namespace retraind::daemon
