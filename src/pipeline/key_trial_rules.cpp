#include "retraind/pipeline/key_trial_rules.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace retraind::pipeline {
namespace {

bool has(const std::vector<customvision::project>& seen, const project_in_use& wanted) {
    return std::any_of(seen.begin(), seen.end(),
                       [&](const customvision::project& each) { return each.id == wanted.id; });
}

bool refuses_the_key(const projects_answer& call) {
    return call.error().meaning == customvision::verdict::unauthorised;
}

std::string names_of(const std::vector<project_in_use>& projects) {
    std::string text;
    for (const project_in_use& each : projects) {
        text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", each.label);
    }
    return text;
}

/// At a start there is no other key that it could be worse than.
constexpr const char* if_it_is_meant =
    "if the move to another resource is meant, restart the service to use the new key all the same";

} // namespace

std::vector<project_in_use> lacking(const std::vector<project_in_use>& used,
                                    const std::vector<customvision::project>& seen) {
    std::vector<project_in_use> missing;
    std::copy_if(used.begin(), used.end(), std::back_inserter(missing),
                 [&](const project_in_use& each) { return !has(seen, each); });
    return missing;
}

key_verdict judge_new_key(const projects_answer& of_the_new) {
    if (of_the_new) {
        return {key_trial::accepted, {}};
    }
    return {refuses_the_key(of_the_new) ? key_trial::refused : key_trial::undecided, {}};
}

key_verdict judge_lacking_key(const std::vector<project_in_use>& missing,
                              const projects_answer& of_the_one_in_force) {
    if (!of_the_one_in_force && refuses_the_key(of_the_one_in_force)) {
        return {key_trial::accepted, {}};
    }
    if (!of_the_one_in_force) {
        return {key_trial::unproven,
                fmt::format("answers without {}, and whether the key in use still has {} cannot be "
                            "told: {}; {}",
                            names_of(missing), missing.size() == 1 ? "it" : "them",
                            of_the_one_in_force.error().cause.message, if_it_is_meant)};
    }
    // What was deleted on the service is no reason against a key.
    std::vector<project_in_use> lost;
    std::copy_if(missing.begin(), missing.end(), std::back_inserter(lost),
                 [&](const project_in_use& each) { return has(*of_the_one_in_force, each); });
    if (lost.empty()) {
        return {key_trial::accepted, {}};
    }
    return {key_trial::refused,
            fmt::format("answers without {}: it is the key of another resource; {}", names_of(lost),
                        if_it_is_meant)};
}

} // namespace retraind::pipeline
