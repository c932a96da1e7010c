#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "retraind/intake/reasons.hpp"
#include "retraind/ledger/types.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settled_batch.hpp"
#include "retraind/pipeline/tagging_owner.hpp"

namespace retraind::pipeline {

/// One that is set aside for good.
[[nodiscard]] settled_file rejected(journey_number number, const intake::refusal& refusal);

/// Makes outcomes durable, then touches the sources, then frees the slots: in this order, always.
/// Loop only.
class settler final : public tagging_owner {
public:
    /// Hears which journeys may go on, that the project has pictures which no training has seen
    /// (confirmed, or there already), and that the watchers may hand over more.
    struct listener {
        std::function<void(std::vector<journey_number>)> resume;
        std::function<void()> confirmed;
        std::function<void()> slots_freed;
    };

    settler(project_state& project, listener heard);

    /// Returns when all is done, or when stopping was requested while the ledger failed: then the
    /// files keep their place and are met again as duplicates.
    [[nodiscard]] task<void> settle(settled_batch batch) override;

    /// Gives a journey up without an outcome: the file is taken again when it is seen.
    void abandon(journey_number number);
    /// It changed while it was on its way: it settles again with twice the wait.
    void changed(journey_number number);
    /// It goes through intake again, in its slot: what the project was thought to have is not so.
    void send_back(journey_number number) override;
    /// It lacks its end: passed over until it is looked at again, without a slot.
    void set_aside(journey_number number);
    /// It stays where it is, with a reason, and takes no slot any more.
    void hold(journey_number number, std::string sentence) override;

    [[nodiscard]] std::string place_of(journey_number number) const override;
    [[nodiscard]] std::vector<std::string> labels_of(journey_number number) const override;
    [[nodiscard]] bool may_go_back(journey_number number) override;
    void send_as_new(journey_number number) override;

private:
    /// Nothing where the ledger did not take it.
    [[nodiscard]] task<std::optional<ledger::recorded_batch>> record(const settled_batch& batch);
    [[nodiscard]] task<void> dispose(settled_batch batch);
    void take_disposal(folder_port& folder, journey_number number,
                       const disposal::disposal& outcome, const std::optional<file_identity>& now,
                       std::vector<file_fingerprint>& left);
    void count(const settled_batch& batch);
    void say(const settled_file& file, const journey& each);
    void end(journey_number number);

    project_state& project_;
    listener heard_;
};

} // namespace retraind::pipeline
