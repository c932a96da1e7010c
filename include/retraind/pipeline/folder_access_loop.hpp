#pragma once

#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// Keeps looking whether a project may write where it has to: pictures that are confirmed but
/// cannot be moved or set aside stay where they are, and a person has to know. Loop only.
class folder_access_loop {
public:
    /// All of them outlive the loop; `files` makes the calls.
    folder_access_loop(shared& common, readiness& health, const config::project_block& options,
                       runtime::workers& files);

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();

private:
    [[nodiscard]] task<void> look();

    shared& common_;
    readiness& health_;
    const config::project_block& options_;
    runtime::workers& files_;
};

} // namespace retraind::pipeline
