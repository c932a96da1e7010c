#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "retraind/intake/reasons.hpp"
#include "retraind/ledger/types.hpp"
#include "retraind/pipeline/project_state.hpp"

namespace retraind::pipeline {

/// One journey's end.
struct settled_file {
    journey_number number = 0;
    outcome result = outcome::confirmed;
    std::optional<image_id> image;
    std::optional<ledger::rejection> reason; ///< of rejected files
};

/// One that is set aside for good.
[[nodiscard]] settled_file rejected(journey_number number, const intake::refusal& refusal);

struct settled_batch {
    std::string request_id; ///< empty where nothing was sent
    std::uint64_t body_bytes = 0;
    std::vector<settled_file> files;
};

/// Makes outcomes durable, then touches the sources, then frees the slots: in this order, always.
/// Loop only.
class settler {
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
    [[nodiscard]] task<void> settle(settled_batch batch);

    /// Gives a journey up without an outcome: the file is taken again when it is seen.
    void abandon(journey_number number);
    /// It changed while it was on its way: it settles again with twice the wait.
    void changed(journey_number number);
    /// It goes through intake again, in its slot: what the project was thought to have is not so.
    void send_back(journey_number number);
    /// It lacks its end: passed over until it is looked at again, without a slot.
    void set_aside(journey_number number);
    /// It stays where it is, with a reason, and takes no slot any more.
    void hold(journey_number number, std::string sentence);

private:
    [[nodiscard]] task<bool> record(const settled_batch& batch);
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
