#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/region_adding.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// What an image of the project is to have before its file has its outcome.
struct tagging_order {
    image_id image;
    std::vector<tag_id> tags;
    std::vector<customvision::region> regions; ///< of detection projects; each brings its tag
    bool look_first = false;                   ///< what the image has is not known
    outcome result = outcome::duplicate;       ///< of its file then
};

/// Gives images that the project has the tags and regions that they lack, instead of a second
/// upload or behind the first, and their files their outcome. Many pictures a call; one whose call
/// fails for now keeps its slot and its turn. What was done before a crash is found there by a
/// read. Loop only.
class tagging_loop {
public:
    tagging_loop(project_state& project, settler& ends);

    /// The image is to get the journey's tags and regions. `look_first`: what it has is not known,
    /// because the service has just called an upload a duplicate of it.
    void add(const journey& each, image_id image, bool look_first);
    void add(journey_number number, tagging_order wanted);
    /// The same for whoever else has pictures; `owner` outlives what it waits for.
    void add(tagging_owner& owner, journey_number number, tagging_order wanted);

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();
    /// What stopped it may be over.
    void wake() { wakeup_.notify(); }

    [[nodiscard]] bool idle() const noexcept { return waiting_.empty() && !busy_; }

private:
    struct job {
        tagging_owner* owner = nullptr;
        journey_number number = 0;
        image_id image;
        std::vector<tag_id> tags;
        std::vector<customvision::region> regions;
        outcome result = outcome::duplicate;
        bool look_first = false;
        bool looked = false; ///< since a call with it was refused
        bool alone = false;  ///< a call with it and others was refused as a whole
        unsigned attempts = 0;
    };
    using jobs = std::vector<job>;
    /// What is to be done with a job next.
    enum class step { look, tag, mark };

    [[nodiscard]] static step step_of(const job& each);
    [[nodiscard]] static std::size_t size_of(const job& each);
    [[nodiscard]] static std::size_t most_of(step next);
    [[nodiscard]] bool has_all_tags(const job& each) const;
    [[nodiscard]] static settled_file end_of(const job& each);
    [[nodiscard]] jobs take_group();
    void put_back(jobs group);
    [[nodiscard]] task<void> carry(jobs group);

    [[nodiscard]] task<void> look(jobs group);
    void judge_present(job each, const customvision::image& present, settled_batch& ended);
    [[nodiscard]] task<void> tag(jobs group);
    /// False for one whose answer does not say what became of it: it is looked at again.
    [[nodiscard]] bool judge_tagged(job each, const customvision::image_tag_summary& done,
                                    settled_batch& ended);
    [[nodiscard]] task<void> mark(jobs group);
    void say_marked(std::size_t images, std::size_t regions);
    [[nodiscard]] bool judge_marked(job each, const added_regions& done, settled_batch& ended);
    [[nodiscard]] bool look_once_more(job each, const char* what);
    void go_on(job each, settled_batch& ended);
    [[nodiscard]] task<void> finish(tagging_owner& owner, settled_batch ended, bool some_again);

    [[nodiscard]] task<void> fail(jobs group, customvision::failure why);
    [[nodiscard]] task<void> refuse(job each, customvision::failure why);
    [[nodiscard]] task<void> pause(customvision::failure why);
    void on_judged();
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
