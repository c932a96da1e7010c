#pragma once

#include <functional>
#include <memory>

#include "retraind/ledger/ledger.hpp"
#include "retraind/pipeline/project_runner.hpp"
#include "service_link.hpp"

namespace retraind::pipeline {

/// A project under one configuration, with what ends it alone: its stop signal, its place in the
/// line for the rate, its exchanges. Loop only.
class hosted_project {
public:
    /// `broken` is called when a part of the project ended by a bug.
    hosted_project(process& common, ledger::ledger& memory, const config::configuration& whole,
                   std::size_t at, std::shared_ptr<service_link> link,
                   std::function<void()> broken);
    hosted_project(const hosted_project&) = delete;
    hosted_project& operator=(const hosted_project&) = delete;

    /// Ends when stopping is requested and nothing of the project is under way. Run once; keeps
    /// itself alive meanwhile.
    [[nodiscard]] static task<void> run(std::shared_ptr<hosted_project> self);

    /// What is rejected or held is looked at again, whatever becomes of the project meanwhile.
    [[nodiscard]] static task<void> look_again(std::shared_ptr<hosted_project> self);

    /// No new pictures are taken, no request is begun; those under way may end.
    void stop();
    /// Abandons the requests under way.
    void abort() { line_->abort(); }
    /// Whether it has ended, at `deadline` at the latest.
    [[nodiscard]] task<bool> ended_by(mono_time deadline);
    /// What it waits for may be there: everything that sleeps looks again.
    void hurry() { stop_.hurry(); }

    [[nodiscard]] project_runner& runner() noexcept { return runner_; }
    [[nodiscard]] const project_runner& runner() const noexcept { return runner_; }
    [[nodiscard]] const std::string& label() const noexcept { return label_; }

private:
    std::string label_;
    std::shared_ptr<service_link> link_;
    runtime::stop_signal stop_;
    http::rate_gate gate_;
    std::unique_ptr<http::transport> line_;
    customvision::training_client client_;
    shared common_;
    project_runner runner_;
    runtime::notifier ended_;
    bool has_ended_ = false;
    runtime::stop_signal::subscription ending_; ///< with the process
    runtime::stop_signal::subscription breaking_;
};

} // namespace retraind::pipeline
