#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "retraind/config/configuration.hpp"
#include "retraind/config/parse.hpp"

namespace retraind::pipeline {

/// One list of addresses that is to be sent, and nothing else.
struct list_order {
    std::size_t project = 0; ///< which of the configuration's
    std::string list;        ///< absolute
};

/// How a run ended; `daemon` turns it into the exit code.
enum class run_result {
    done,
    failed,
    files_left,  ///< `--once`: some files were rejected, are held or still waiting
    key_refused, ///< `--once`
};

/// What `run` is told beside the configuration.
struct run_options {
    bool once = false;
    std::optional<list_order> only_list; ///< with `once`: `retraind urls`
    std::string version;
    /// Reads the configuration anew, for SIGHUP. Called on another thread; may be empty with
    /// `once`.
    std::function<tl::expected<config::configuration, std::vector<config::diagnostic>>()> reload;
    /// The exit code of a run that must end without returning, because a file call never does.
    std::function<int(run_result)> code_of;
};

/// Runs the daemon on the calling thread: until SIGTERM or SIGINT, or with `once` until everything
/// is done. SIGUSR1 scans now. At a signal requests in flight have 15 s to end, then they are
/// abandoned; after 20 s the process ends whatever a file thread is stuck in. Logs to stderr; with
/// `once` the last line on stdout counts the files.
[[nodiscard]] run_result run_daemon(const config::configuration& wanted,
                                    const run_options& options);

} // namespace retraind::pipeline
