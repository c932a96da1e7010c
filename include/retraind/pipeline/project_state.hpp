#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/status.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/capacity_tracker.hpp"
#include "retraind/pipeline/folder_port.hpp"
#include "retraind/pipeline/journey.hpp"
#include "retraind/pipeline/project_identity.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/pipeline/tag_directory.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// What the loops of one project share; all of it lives on the loop. Made once the project is known
/// on the service, and outlives its loops.
struct project_state {
    shared& common;
    service_contact& contact;
    readiness& health;
    const config::project_block& options;
    project_identity identity;
    runtime::workers& files; ///< two threads of this project's own
    tag_directory& tags;
    slot_table slots;
    std::vector<std::unique_ptr<folder_port>> folders;
    outcome_totals totals;  ///< since the ledger began
    outcome_totals session; ///< of this run, for the last line of `--once`
    capacity_tracker capacity{capacity_status{{0, 100'000}, {0, 500}, {0, 20}}};
    /// Says that `capacity` heard something that the service should be asked about.
    std::function<void()> ask_capacity = [] {
    };
    std::size_t images_on_their_way = 0; ///< in requests, of whoever sends
    /// Says that some of them have come back: whoever waits for room looks again.
    std::function<void()> room_freed = [] {
    };

    /// How many of so many more pictures may be sent now.
    [[nodiscard]] std::size_t room_for(std::size_t wanted) const {
        const std::optional<std::uint64_t> room = capacity.room(images_on_their_way);
        if (capacity.read_only()) {
            return 0;
        }
        return room ? static_cast<std::size_t>(std::min<std::uint64_t>(*room, wanted)) : wanted;
    }
    /// So many pictures more are there.
    void on_confirmed(std::uint64_t count) {
        capacity.on_confirmed(count);
        if (count > 0 && capacity.full()) {
            ask_capacity();
        }
    }

    [[nodiscard]] folder_port& folder_of(const journey& each) { return *folders[each.folder]; }
    void emit(event_name name, severity level, std::string sentence,
              std::vector<field> fields = {}) const {
        common.events.emit({name, level, identity.label, std::move(sentence), std::move(fields)});
    }
};

} // namespace retraind::pipeline
