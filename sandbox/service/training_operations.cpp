#include <algorithm>
#include <array>

#include "sandbox/service/binding.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/domains.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/scores_codec.hpp"
#include "sandbox/service/shapes.hpp"
#include "sandbox/service/text_list.hpp"
#include "sandbox/service/training_rules.hpp"

namespace sandbox::service {

namespace {

/// What a call of TrainProject says, before the project is looked at.
struct training_call {
    std::string type;
    std::int64_t reserved_hours = 0;
    bool force = false;
    std::vector<std::string> selected; ///< sorted
};

/// The body of TrainProject; null in the versions that know none.
result<json::value> parameters_of(const call& asked) {
    if (!version_of(asked.minor).takes_training_parameters) {
        return json::value();
    }
    auto document = decode_body(asked.asked);
    if (document && member(*document, "customBaseModelInfo") != nullptr) {
        return refuse("BadRequestNotSupported", "customBaseModelInfo is not supported");
    }
    return document;
}

result<training_call> read_call(const call& asked) {
    const auto document = parameters_of(asked);
    const auto force = asked.flag("forceTrain");
    const auto hours = asked.integer("reservedBudgetInHours", 0);
    if (!document || !force || !hours) {
        return !document ? refusal_of(document) : !force ? refusal_of(force) : refusal_of(hours);
    }
    auto selected = bind_guids(*document, "selectedTags");
    if (!selected) {
        return refuse("BadRequestInvalidIds", "Invalid ids in selectedTags");
    }
    std::sort(selected->begin(), selected->end());
    selected->erase(std::unique(selected->begin(), selected->end()), selected->end());
    const std::string type = asked.query("trainingType").value_or("");
    constexpr auto types = std::to_array<std::string_view>({"Regular", "Advanced"});
    return training_call{type.empty() ? "Regular" : find_word(types, type).value_or(type), *hours,
                         *force, std::move(*selected)};
}

/// The tags to learn: those selected, or all of the project.
result<std::vector<tag>> tags_to_learn(const std::vector<tag>& all,
                                       const std::vector<std::string>& selected) {
    if (selected.empty()) {
        return all;
    }
    std::vector<tag> chosen;
    for (const std::string& id : selected) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const tag& each) { return each.id == id; });
        if (found == all.end()) {
            return refuse("NotFoundTag", "Tag not found");
        }
        chosen.push_back(*found);
    }
    return chosen;
}

training_question question_of(const state& in, const project& owner, const training_call& asked,
                              const std::vector<tag>& to_learn) {
    training_question question;
    question.classifies = find_domain(owner.domain_id)->classifies();
    question.force = asked.force;
    question.training_type = asked.type;
    question.reserved_hours = asked.reserved_hours;
    question.basis = {owner.revision, join_list(asked.selected)};
    question.are_tags_selected = !asked.selected.empty();
    for (const tag& each : to_learn) {
        question.tags.push_back({each.id, each.image_count});
    }
    for (const iteration& each : in.iterations.all(owner.id)) {
        ++question.iterations;
        question.is_running |= each.status == "Training";
        if (each.status != "Failed") {
            question.last = training_basis{each.revision, each.selection};
        }
    }
    return question;
}

/// The workspace becomes the iteration, with the time at which the workspace began: that of the
/// training before, long before this call (recorded trainings).
iteration make_iteration(const project& owner, const training_question& question) {
    iteration made;
    made.id = new_guid();
    made.project_id = owner.id;
    made.number = owner.next_iteration;
    made.name = "Iteration " + std::to_string(made.number);
    made.status = "Training";
    made.created = owner.workspace_created;
    made.last_modified = now();
    made.training_type = question.training_type;
    made.reserved_hours = question.reserved_hours;
    made.revision = question.basis.revision;
    made.selection = question.basis.selection;
    return made;
}

std::vector<std::string> learnable_ids(const std::vector<tag>& to_learn) {
    std::vector<std::string> ids;
    for (const tag& each : to_learn) {
        if (each.image_count > 0) {
            ids.push_back(each.id);
        }
    }
    return ids;
}

void put(json::object& shape, const class_performance& figures) {
    shape["precision"] = figures.precision;
    shape["precisionStdDeviation"] = 0.0;
    shape["recall"] = figures.recall;
    shape["recallStdDeviation"] = 0.0;
    shape["averagePrecision"] = figures.average_precision;
}

json::value performance_shape(const performance& shown, const std::vector<tag>& classes) {
    std::vector<std::size_t> by_name(classes.size());
    for (std::size_t i = 0; i < by_name.size(); ++i) {
        by_name[i] = i;
    }
    std::sort(by_name.begin(), by_name.end(), [&](std::size_t left, std::size_t right) {
        return classes[left].name < classes[right].name;
    });
    json::array per_tag;
    for (const std::size_t i : by_name) {
        json::object shape;
        shape["id"] = classes[i].id;
        shape["name"] = classes[i].name;
        put(shape, shown.classes[i]);
        per_tag.emplace_back(std::move(shape));
    }
    json::object shape;
    shape["perTagPerformance"] = std::move(per_tag);
    put(shape, shown.overall);
    return shape;
}

constexpr double default_threshold = 0.5;

} // namespace

outcome train_project(state& in, const call& asked) {
    const auto wanted = read_call(asked);
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner || !wanted) {
        return owner ? refusal_of(wanted) : refusal_of(owner);
    }
    const auto tags = in.tags.all(owner->id);
    const auto to_learn = tags_to_learn(tags, wanted->selected);
    if (!to_learn) {
        return refusal_of(to_learn);
    }
    const auto question = question_of(in, *owner, *wanted, *to_learn);
    if (const auto refused = refuse_training(question)) {
        return tl::make_unexpected(*refused);
    }
    const iteration made = make_iteration(*owner, question);
    transaction whole(in.db);
    in.iterations.insert(made, tags, learnable_ids(*to_learn));
    in.projects.begin_workspace(owner->id, made.last_modified);
    whole.commit();
    in.start_training(made);
    return json_response(200, iteration_shape(made, asked.minor));
}

outcome get_iteration_performance(state& in, const call& asked) {
    const auto threshold = asked.number("threshold");
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto found = find_iteration(in, asked, owner->id);
    if (!found || !threshold) {
        return found ? refusal_of(threshold) : refusal_of(found);
    }
    const auto evaluation = in.iterations.evaluation(found->id);
    if (!evaluation) {
        return refuse("NotFoundIterationPerformance", "Iteration performance not found");
    }
    const double limit = threshold->value_or(default_threshold);
    if (limit < 0 || limit > 1) {
        return refuse("BadRequest", "Invalid value for parameter threshold");
    }
    const auto classes = in.iterations.classes(found->id);
    const auto figures = performance_at(decode_scores(*evaluation), classes.size(), limit);
    return json_response(200, performance_shape(figures, classes));
}

} // namespace sandbox::service
