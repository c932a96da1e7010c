#include "retraind/pipeline/key_trial.hpp"

namespace retraind::pipeline {

task<key_verdict> try_key(customvision::training_client& with_the_new,
                          customvision::training_client& with_the_one_in_force,
                          std::vector<project_in_use> used) {
    const projects_answer of_the_new = co_await with_the_new.get_projects();
    std::vector<project_in_use> missing;
    if (of_the_new) {
        missing = lacking(used, *of_the_new);
    }
    if (missing.empty()) {
        co_return judge_new_key(of_the_new);
    }
    const projects_answer of_the_one_in_force = co_await with_the_one_in_force.get_projects();
    co_return judge_lacking_key(missing, of_the_one_in_force);
}

} // namespace retraind::pipeline
