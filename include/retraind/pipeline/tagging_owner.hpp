#pragma once

#include <string>
#include <vector>

#include "retraind/pipeline/settled_batch.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::pipeline {

/// Whose pictures an image of the project is to be made like: the files of the drop folders, or the
/// addresses of a list. Numbers are the owner's own. Loop only.
class tagging_owner {
public:
    tagging_owner() = default;
    tagging_owner(const tagging_owner&) = delete;
    tagging_owner& operator=(const tagging_owner&) = delete;
    virtual ~tagging_owner() = default;

    /// Where it lies, for people.
    [[nodiscard]] virtual std::string place_of(journey_number number) const = 0;
    [[nodiscard]] virtual std::vector<std::string> labels_of(journey_number number) const = 0;

    /// Makes outcomes durable, and ends what has them.
    [[nodiscard]] virtual task<void> settle(settled_batch batch) = 0;
    /// It has no outcome before something changes.
    virtual void hold(journey_number number, std::string sentence) = 0;
    /// Counts that it goes back; false where it did so too often.
    [[nodiscard]] virtual bool may_go_back(journey_number number) = 0;
    /// Its tags are found anew.
    virtual void send_back(journey_number number) = 0;
    /// The image that it was a duplicate of is not there: it is sent as a new one.
    virtual void send_as_new(journey_number number) = 0;
};

} // namespace retraind::pipeline
