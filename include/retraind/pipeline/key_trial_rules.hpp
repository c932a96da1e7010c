#pragma once

#include <string>
#include <vector>

#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/pipeline/key_tracker.hpp"

namespace retraind::pipeline {

/// A project that the key in force works on.
struct project_in_use {
    std::string label;
    project_id id;
};

/// What becomes of a key that was tried.
struct key_verdict {
    key_trial came = key_trial::undecided;
    /// Why a key that the service takes is not used and how it is used all the same: "answers
    /// without …"; else empty.
    std::string objection;
};

using projects_answer = customvision::answer<std::vector<customvision::project>>;

/// The projects in use that an answer lacks, in their order.
[[nodiscard]] std::vector<project_in_use> lacking(const std::vector<project_in_use>& used,
                                                  const std::vector<customvision::project>& seen);

/// What the service's answer to a new key means as long as that lacks no project in use.
[[nodiscard]] key_verdict judge_new_key(const projects_answer& of_the_new);

/// The same where it takes the new key and the answer lacks `missing`, not none. A regional
/// endpoint takes the keys of all its resources, and each has other projects: the one in force
/// stays as long as it works and has one of them.
[[nodiscard]] key_verdict judge_lacking_key(const std::vector<project_in_use>& missing,
                                            const projects_answer& of_the_one_in_force);

} // namespace retraind::pipeline
