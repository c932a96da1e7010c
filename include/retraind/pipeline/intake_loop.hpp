#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "retraind/intake/image_file.hpp"
#include "retraind/pipeline/incomplete_tracker.hpp"
#include "retraind/pipeline/oversize_shrinker.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/pipeline/sidecar_loader.hpp"
#include "retraind/pipeline/tag_finder.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/pipeline/upload_loop.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// From a complete file to a planned picture: probes, labels, looks for duplicates, resolves tags.
/// Works in groups, because each step that leaves the loop costs the same for one and for many.
/// Loop only.
class intake_loop {
public:
    /// `most_shrunken`: smaller pictures that lie in the state folder at once; each is a descriptor
    /// and up to 6 MB.
    intake_loop(project_state& project, settler& ends, upload_loop& uploads, tagging_loop& tagging,
                std::size_t most_shrunken = 32);

    /// A complete file; the slot table had room for it.
    void arrive(std::size_t folder, watch::found_file file);
    /// Journeys that waited for another one to end.
    void resume(const std::vector<journey_number>& journeys);
    /// A journey has ended: there may be room for another smaller picture.
    void slots_freed() { wakeup_.notify(); }
    /// What pictures wait for may be over.
    void wake() { wakeup_.notify(); }

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();

    /// Whether it does nothing before something happens elsewhere: before a smaller picture was
    /// sent, where others wait for its room.
    [[nodiscard]] bool idle() const {
        return arrived_.empty() && !busy_ && !may_shrink() && !may_find_tags();
    }
    /// Whether pictures wait for a tag that cannot be made while the project is read-only.
    [[nodiscard]] bool waits_for_tags() const noexcept { return !without_tags_.empty(); }
    /// Pictures that wait for their end, or for a sidecar.
    [[nodiscard]] std::size_t incomplete() const noexcept {
        return incomplete_.size() + sidecars_.waiting();
    }

private:
    using numbers = std::vector<journey_number>;

    [[nodiscard]] numbers take_group();
    [[nodiscard]] task<void> handle(numbers group);
    [[nodiscard]] task<numbers> probe(numbers group, settled_batch& ended);
    void judge(journey& each, result<intake::verdict> found, numbers& whole, settled_batch& ended);
    void judge_incomplete(journey& each, const intake::incomplete& found, settled_batch& ended);
    void wait_or_reject(journey& each, const std::string& sentence,
                        const intake::refusal& in_the_end, settled_batch& ended);
    [[nodiscard]] numbers label(const numbers& whole, settled_batch& ended);
    void judge_error(journey& each, const error& why, settled_batch& ended);

    [[nodiscard]] task<numbers> without_duplicates(numbers whole, settled_batch& ended);
    [[nodiscard]] task<std::optional<numbers>> to_hash(const numbers& whole);
    [[nodiscard]] task<void> hash(numbers group, settled_batch& ended);
    [[nodiscard]] task<bool> judge_contents(numbers& whole, settled_batch& ended);
    void judge_content(journey& each, const std::vector<ledger::content_record>& known,
                       numbers& fresh, settled_batch& ended);

    /// Puts those of `whole` in line that have to be made smaller.
    void take_too_large(numbers& whole);
    /// Whether the first of them can be made smaller now.
    [[nodiscard]] bool may_shrink() const;
    /// Makes it smaller and plans it, or settles it.
    [[nodiscard]] task<void> shrink_next();
    [[nodiscard]] bool take_smaller(journey& each, result<shrinking> done, settled_batch& ended);

    [[nodiscard]] task<void> plan(numbers group, settled_batch& ended);
    [[nodiscard]] task<void> plan_and_settle(numbers group);
    void wait_for_tags(const journey& each);
    /// Whether those that wait for tags may get them now.
    [[nodiscard]] bool may_find_tags() const {
        return !without_tags_.empty() && !project_.capacity.read_only();
    }

    void look_again_at_incomplete();
    void abandon(const numbers& group);

    project_state& project_;
    settler& ends_;
    upload_loop& uploads_;
    tagging_loop& tagging_;
    incomplete_tracker incomplete_;
    sidecar_loader sidecars_;
    tag_finder tags_;
    runtime::notifier wakeup_;
    std::deque<journey_number> arrived_;
    std::size_t most_shrunken_;
    std::deque<journey_number> too_large_; ///< they keep their slots
    numbers without_tags_;                 ///< they keep theirs as well
    mono_time shrink_at_;                  ///< no sooner, because the state folder had no room
    bool busy_ = false;
};

} // namespace retraind::pipeline
