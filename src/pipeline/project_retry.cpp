// Rejected and held files go back in line, because a person says so.
#include <utility>

#include "retraind/pipeline/project_runner.hpp"
#include "running_project.hpp"

namespace retraind::pipeline {

task<result<std::size_t>> project_runner::retry(retry_target which) {
    if (!running_) {
        co_return fail(errc::refused, "the project is not known on the service yet: " +
                                          health_.reason().value_or("it is being looked for"));
    }
    ledger::retry_order order;
    order.project = running_->state.identity.id;
    order.folder = options_.watch.at(which.folder).watch.path;
    order.below = which.below;
    order.accept_mount = which.accept_mount;
    order.at = common_.time.wall();
    const result<ledger::retried_files> let_go = co_await common_.memory.retry(std::move(order));
    if (!let_go) {
        co_return tl::unexpected(let_go.error());
    }
    folder_port& folder = *running_->state.folders[which.folder];
    for (const file_fingerprint print : let_go->prints) {
        folder.release(print);
    }
    running_->guards[which.folder]->ask_ledger_again();
    folder.look_again();
    running_->lists.look_again();
    co_return let_go->prints.size();
}

} // namespace retraind::pipeline
