#include "commands.hpp"
#include "loading.hpp"
#include "retraind/config/parse.hpp"
#include "run_code.hpp"
#include "version.hpp"

namespace retraind::daemon {

int code_of(pipeline::run_result result) {
    switch (result) {
    case pipeline::run_result::done:
        return done;
    case pipeline::run_result::failed:
        return failed;
    case pipeline::run_result::files_left:
        return files_left;
    case pipeline::run_result::key_refused:
        return key_refused;
    }
    return failed;
}

int perform(const run_command& command) {
    const auto configuration = load_or_say(command.configuration);
    if (!configuration) {
        return configuration_wrong;
    }
    pipeline::run_options options;
    options.once = command.once;
    options.version = version;
    options.code_of = code_of;
    options.reload = [file = command.configuration] {
        return config::load(file, variables_for(file));
    };
    return code_of(pipeline::run_daemon(*configuration, options));
}

} // namespace retraind::daemon
