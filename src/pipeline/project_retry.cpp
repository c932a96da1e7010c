// Rejected and held files go back in line, because a person says so, or has the daemon reload.
#include <utility>

#include "retraind/pipeline/outcome_counter.hpp"
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
    take_off_rejected(running_->state.totals, let_go->prints.size());
    running_->guards[which.folder]->ask_ledger_again();
    folder.look_again();
    running_->lists.look_again();
    co_return let_go->prints.size();
}

task<void> project_runner::look_again_at_all() {
    // Also those that a start under way has not come to yet.
    rejected_anew_ = true;
    if (!running_) {
        co_return;
    }
    for (const auto& folder : running_->state.folders) {
        co_await release_rejected(*folder);
    }
    // Behind those: a picture that its sidecar had rejected is held beside what is remembered of
    // it.
    look_again();
}

task<void> project_runner::release_rejected(folder_port& folder) {
    while (!common_.stop.requested()) {
        remembered_visitor release = [&folder](const ledger::remembered_file& each) {
            // One that is being judged just now is not given to its watcher a second time.
            if (each.result == outcome::rejected && folder.remembers(each.print)) {
                folder.release(each.print);
            }
        };
        const result<void> done = co_await go_through_remembered(folder, std::move(release));
        if (done) {
            health_.clear("ledger");
            co_return;
        }
        health_.block("ledger", done.error().message);
        const duration pause = std::chrono::seconds(5);
        co_await common_.stop.sleep_for(pause);
    }
}

} // namespace retraind::pipeline
