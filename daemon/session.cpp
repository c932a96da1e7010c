#include "session.hpp"

#include "arguments.hpp"

namespace retraind::daemon {

report::log_writer quiet_log(report::log_options wanted) {
    if (wanted.level != severity::debug) {
        wanted.level = severity::error;
    }
    if (wanted.format != report::log_format::json) {
        wanted.format = report::log_format::text; // whoever gave the command reads it here
    }
    return {wanted, system_clock(), report::write_to_stderr};
}

int code_of(portal::ending how) {
    switch (how) {
    case portal::ending::done:
        return done;
    case portal::ending::failed:
        return failed;
    case portal::ending::wrong_usage:
        return wrong_usage;
    case portal::ending::key_refused:
        return key_refused;
    }
    return failed;
}

} // namespace retraind::daemon
