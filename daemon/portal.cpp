// projects, tags and iterations: one way of asking for three kinds of things.
#include <iostream>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

#include "commands.hpp"
#include "loading.hpp"
#include "retraind/portal/commands.hpp"
#include "session.hpp"

namespace retraind::daemon {
namespace {

bool read_agreement() {
    std::string line;
    if (!std::getline(std::cin, line)) {
        std::cerr << '\n';
        return false;
    }
    return line == "y" || line == "Y" || line == "yes" || line == "Yes" || line == "YES";
}

portal::console terminal() {
    portal::console with;
    with.out = [](std::string_view text) {
        std::cout << text << std::flush;
    };
    with.say = [](std::string_view text) {
        std::cerr << text << std::flush;
    };
    if (::isatty(STDIN_FILENO) == 1) {
        with.agreed = read_agreement;
    }
    winsize size{};
    if (::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col > 0) {
        with.width = size.ws_col;
    }
    return with;
}

} // namespace

int perform(const portal_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    report::log_writer events = quiet_log(configuration->log);
    pipeline::service_session session(configuration->service, events);
    return code_of(portal::perform(session, *configuration, command.asked, terminal()));
}

} // namespace retraind::daemon
