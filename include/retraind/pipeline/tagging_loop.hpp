#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// Gives images that the project has already the tags that they lack, instead of a second upload,
/// and their files the outcome `duplicate`. Many pictures a call; one whose call fails for now
/// keeps its slot and its turn. Loop only.
class tagging_loop {
public:
    tagging_loop(project_state& project, settler& ends);

    /// The image is to get the journey's tags. `look_first`: what it has is not known, because the
    /// service has just called an upload a duplicate of it.
    void add(const journey& each, image_id image, bool look_first);

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();
    /// What stopped it may be over.
    void wake() { wakeup_.notify(); }

    [[nodiscard]] bool idle() const noexcept { return waiting_.empty() && !busy_; }

private:
    struct job {
        journey_number number = 0;
        image_id image;
        std::vector<tag_id> tags;
        bool look_first = false;
        bool looked = false; ///< since a call with it was refused
        bool alone = false;  ///< a call with it and others was refused as a whole
        unsigned attempts = 0;
    };
    using jobs = std::vector<job>;

    [[nodiscard]] jobs take_group();
    void put_back(jobs group);
    [[nodiscard]] task<void> carry(jobs group);

    [[nodiscard]] task<void> look(jobs group);
    void judge_present(job each, const customvision::image& present, settled_batch& ended);
    [[nodiscard]] task<void> tag(jobs group);
    void judge_tagged(job each, const customvision::image_tag_summary& done, settled_batch& ended);

    [[nodiscard]] task<void> fail(jobs group, customvision::failure why);
    [[nodiscard]] task<void> refuse(job each, customvision::failure why);
    [[nodiscard]] task<void> pause(customvision::failure why);
    void send_again(const job& each);
    void say_beside(const job& each, const std::vector<tag_id>& beside);

    project_state& project_;
    settler& ends_;
    patience patience_;
    runtime::notifier wakeup_;
    std::deque<job> waiting_;
    unsigned failures_in_a_row_ = 0;
    bool busy_ = false;
};

} // namespace retraind::pipeline
