#pragma once

#include <optional>

#include "retraind/base/status.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/ledger/types.hpp"
#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_identity.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/retrain/iteration_rules.hpp"
#include "retraind/retrain/options.hpp"

namespace retraind::pipeline {

/// One training from its intent to its end. Training is not idempotent: the intent is in the ledger
/// before the service is asked, and after an unclear answer or a restart our own iteration is
/// looked for before it is asked again. Loop only.
class training_pursuit {
public:
    training_pursuit(shared& common, service_contact& contact, readiness& health,
                     project_identity project, retrain::options options, training_status& status);

    /// Begins one where nobody else is training; nothing where somebody is (wait and decide anew),
    /// or where stopping was requested.
    [[nodiscard]] task<std::optional<ledger::training_record>> begin();

    /// Sees an open one (intended or running) to its end, which is in the ledger when this returns.
    /// Its state is still open only where stopping was requested. `never_asked`: `begin` has just
    /// written the intent, so the service need not be searched for an iteration of ours.
    [[nodiscard]] task<ledger::training_record> finish(ledger::training_record open,
                                                       bool never_asked);

    /// Writes it down, again and again until the ledger takes it or stopping is requested.
    [[nodiscard]] task<void> keep(ledger::training_record record);

    /// When a stranger's training was last seen running: it counts for the cooldown.
    [[nodiscard]] std::optional<wall_time> stranger_seen() const noexcept { return stranger_seen_; }

private:
    using views = std::vector<retrain::iteration_view>;

    [[nodiscard]] task<std::optional<views>> iterations();
    [[nodiscard]] task<void> ask(ledger::training_record& record);
    /// All that have the service's least number of pictures; empty for all there are.
    [[nodiscard]] task<std::vector<tag_id>> tags_to_train();
    [[nodiscard]] task<void> disown_running(ledger::training_record& record);
    [[nodiscard]] task<void> follow(ledger::training_record& record);
    [[nodiscard]] task<void> wait_for_stranger();
    [[nodiscard]] task<void> pause_after(customvision::failure why);
    [[nodiscard]] task<void> complete(ledger::training_record& record);
    void close(ledger::training_record& record, ledger::training_state state, std::string detail);
    void take_answer(ledger::training_record& record, const customvision::failure& why);

    shared& common_;
    service_contact& contact_;
    readiness& health_;
    project_identity project_;
    retrain::options options_;
    training_status& status_;
    patience patience_;
    std::optional<wall_time> stranger_seen_;
    bool unclear_ = false; ///< a train call went out whose answer never came
};

} // namespace retraind::pipeline
