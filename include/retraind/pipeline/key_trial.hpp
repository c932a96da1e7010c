#pragma once

#include <vector>

#include "retraind/customvision/training_client.hpp"
#include "retraind/pipeline/key_trial_rules.hpp"

namespace retraind::pipeline {

/// Tries a key with a read, and asks with the key in force too where the new one does not have all
/// projects in use. Both clients outlive it. Loop only.
[[nodiscard]] task<key_verdict> try_key(customvision::training_client& with_the_new,
                                        customvision::training_client& with_the_one_in_force,
                                        std::vector<project_in_use> used);

} // namespace retraind::pipeline
