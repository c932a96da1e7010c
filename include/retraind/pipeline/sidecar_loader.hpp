#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retraind/intake/label_rules.hpp"
#include "retraind/intake/sidecar_files.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/pipeline/sidecar_tracker.hpp"

namespace retraind::pipeline {

/// Joins whole pictures with what their sidecars say. Where a folder has no sidecars it does
/// nothing. Loop only; used by one loop.
class sidecar_loader {
public:
    using numbers = std::vector<journey_number>;

    sidecar_loader(project_state& project, settler& ends);

    /// Of `whole` those that go on, with what their sidecars say; the others wait without a slot.
    /// One with a broken sidecar is added to `ended`, and what has ended there already is given its
    /// sidecars, so that they go with it.
    [[nodiscard]] task<numbers> attach(numbers whole, settled_batch& ended);

    /// The tags of its place and those of its sidecars. With one of the latter a picture needs none
    /// of the former.
    [[nodiscard]] intake::labelling label(const journey& each);

    /// Gives its regions the ids of their tags, which exist by now. False where one is gone again.
    [[nodiscard]] task<bool> place_regions(journey& each);

    /// Has those looked at again that waited long enough, or beside which something has changed.
    [[nodiscard]] task<void> look_again();
    /// When `look_again` has something to do.
    [[nodiscard]] mono_time next_due() const;
    /// How many pictures wait.
    [[nodiscard]] std::size_t waiting() const noexcept { return tracker_.size(); }

private:
    struct folder_tools {
        intake::sidecar_files files;
        intake::label_rules without_hold; ///< for pictures that have their tags from elsewhere
    };
    struct question;

    [[nodiscard]] folder_tools* tools_of(std::size_t folder);
    void judge(journey& each, intake::sidecar_look found, numbers& whole, settled_batch& ended);
    [[nodiscard]] bool has_to_wait(const journey& each, const intake::sidecar_look& found);
    void take(journey& each, intake::sidecar_look found);
    [[nodiscard]] task<void> look_for_changes();
    [[nodiscard]] task<void> look_at_rejected();
    [[nodiscard]] mono_time next_look_at_rejected() const;

    project_state& project_;
    settler& ends_;
    sidecar_tracker tracker_;
    std::vector<std::unique_ptr<folder_tools>> tools_; ///< by folder; null without sidecars
    mono_time next_look_;
    mono_time rejected_look_; ///< when those that are rejected and stay are looked at
    bool said_no_regions_ = false;
};

} // namespace retraind::pipeline
