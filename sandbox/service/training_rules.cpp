#include "sandbox/service/training_rules.hpp"

#include <algorithm>

#include "sandbox/service/limits.hpp"

namespace sandbox::service {

namespace {

std::optional<refusal> refuse_type(const training_question& asked) {
    if (asked.training_type != "Regular" && asked.training_type != "Advanced") {
        return refusal{"BadRequest", "Invalid trainingType"};
    }
    if (asked.training_type == "Advanced" && asked.reserved_hours < 1) {
        return refusal{"BadRequestReservedBudgetInHoursNotEnoughForAdvancedTraining",
                       "Not enough reserved budget for advanced training"};
    }
    return std::nullopt;
}

std::optional<refusal> refuse_supply(const training_question& asked) {
    if (!asked.classifies) {
        return refusal{"BadRequestDetectionTrainingValidationFailed",
                       "This sandbox trains no object detectors"};
    }
    std::vector<tag_supply> counted = asked.tags;
    if (!asked.are_tags_selected) {
        std::erase_if(counted, [](const tag_supply& each) { return each.images == 0; });
    }
    if (counted.empty()) {
        return refusal{"BadRequestTrainingValidationFailed", "Not enough images for training"};
    }
    const bool is_short = std::any_of(counted.begin(), counted.end(), [](const tag_supply& each) {
        return each.images < images_per_tag_min;
    });
    if (is_short) {
        return refusal{"BadRequestClassificationTrainingValidationFailed",
                       "Not enough images per tag for training"};
    }
    if (counted.size() < training_tags_min) {
        return refusal{"BadRequestClassificationTrainingValidationFailed",
                       "Not enough tags for training"};
    }
    return std::nullopt;
}

} // namespace

std::optional<refusal> refuse_training(const training_question& asked) {
    if (auto refused = refuse_type(asked)) {
        return refused;
    }
    if (asked.is_running) {
        return refusal{"BadRequestTrainingAlreadyInProgress", "Training is already in progress"};
    }
    if (auto refused = refuse_supply(asked)) {
        return refused;
    }
    if (!asked.force && asked.last == asked.basis) {
        return refusal{"BadRequestTrainingNotNeeded", "Nothing changed since last training"};
    }
    if (asked.iterations >= iterations_per_project) {
        return refusal{"BadRequestExceedIterationPerProjectLimit",
                       "Exceeded the limit of iterations per project"};
    }
    return std::nullopt;
}

} // namespace sandbox::service
