#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "retraind/base/status.hpp"
#include "retraind/ledger/types.hpp"
#include "retraind/pipeline/project_identity.hpp"
#include "retraind/pipeline/publisher.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/pipeline/training_pursuit.hpp"
#include "retraind/retrain/options.hpp"
#include "retraind/retrain/training_governor.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// Trains one project when its rules say so, and publishes what was trained. Loop only.
class retrain_loop {
public:
    /// Hears that a training has ended, and with it perhaps how many iterations there are.
    using ended_listener = std::function<void()>;

    retrain_loop(shared& common, service_contact& contact, readiness& health,
                 project_identity project, retrain::options options,
                 std::optional<retrain::publish_options> publish, ended_listener ended);

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();

    /// Pictures were confirmed: decide anew.
    void on_confirmed();
    /// What a publish was refused for may be mended: try it again now.
    void publish_again();

    /// Whether nothing will happen before more pictures come or a cooldown is over; false while a
    /// training or a wait for quiet is under way. What `--once` waits for.
    [[nodiscard]] bool at_rest() const noexcept { return at_rest_; }
    /// Why the newest training or publish did not end well; nothing where it did.
    [[nodiscard]] const std::optional<std::string>& failure() const noexcept { return failure_; }
    [[nodiscard]] training_status status() const;
    [[nodiscard]] const std::vector<published_iteration>& published() const noexcept {
        return published_;
    }

private:
    [[nodiscard]] task<std::optional<ledger::training_facts>> facts();
    [[nodiscard]] task<void> read_uses();
    [[nodiscard]] task<void> resume();
    [[nodiscard]] task<void> decide();
    [[nodiscard]] task<void> train(retrain::training_decision decision);
    [[nodiscard]] task<void> conclude(ledger::training_record ended);
    [[nodiscard]] task<void> publish(ledger::training_record trained);
    [[nodiscard]] retrain::training_facts decidable(const ledger::training_facts& known) const;
    void remember_last(const ledger::training_record& record);

    shared& common_;
    project_identity project_;
    readiness& health_;
    retrain::options options_;
    training_status status_;
    std::vector<ledger::training_use> uses_; ///< this month's, as it was when they were read
    training_pursuit pursuit_;
    std::optional<retrain::publish_options> publish_options_;
    ended_listener ended_;
    std::optional<publisher> publisher_;
    std::vector<published_iteration> published_;
    runtime::notifier wakeup_;
    std::optional<std::string> failure_;
    std::optional<ledger::training_record> unpublished_; ///< its publish was refused
    mono_time publish_at_;                               ///< when that is tried again
    bool at_rest_ = false;
};

/// The word that `status` and the log use for how a training ended.
[[nodiscard]] std::string_view to_string(ledger::training_state state);

} // namespace retraind::pipeline
