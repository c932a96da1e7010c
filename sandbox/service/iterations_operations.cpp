#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/publish_rules.hpp"
#include "sandbox/service/shapes.hpp"

namespace sandbox::service {

namespace {

result<iteration> find_owned_iteration(state& in, const call& asked) {
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    return find_iteration(in, asked, owner->id);
}

std::optional<refusal> refuse_name(const state& in, const iteration& named) {
    if (named.name.find_first_not_of(" \t") == std::string::npos) {
        return refusal{"BadRequestIterationName", "Invalid iteration name"};
    }
    if (in.iterations.is_name_taken(named.project_id, named.name, named.id)) {
        return refusal{"BadRequestIterationNameNotUnique", "Iteration name is not unique"};
    }
    return std::nullopt;
}

} // namespace

outcome get_iterations(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    return json_response(200, array_of(in.iterations.all(owner->id), [&](const iteration& each) {
                             return iteration_shape(each, asked.minor);
                         }));
}

outcome get_iteration(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return find_owned_iteration(in, asked).map([&](const iteration& found) {
        return json_response(200, iteration_shape(found, asked.minor));
    });
}

outcome update_iteration(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const std::scoped_lock lock(in.guard);
    auto changed = find_owned_iteration(in, asked);
    if (!changed) {
        return refusal_of(changed);
    }
    const json::string* name = string_member(*document, "name");
    if (name == nullptr) {
        return refuse("BadRequestRequiredParamIsNull", "updatedIteration with a name is required");
    }
    changed->name = std::string(*name);
    changed->last_modified = now();
    if (const auto refused = refuse_name(in, *changed)) {
        return tl::make_unexpected(*refused);
    }
    in.iterations.update(*changed);
    return json_response(200, iteration_shape(*changed, asked.minor));
}

outcome delete_iteration(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto found = find_owned_iteration(in, asked);
    if (!found) {
        return refusal_of(found);
    }
    if (found->publish_name) {
        return tl::make_unexpected(iteration_is_published(*found->publish_name));
    }
    if (found->status == "Training") {
        return refuse("BadRequestIterationIsNotTrained", "Iteration is still in training");
    }
    transaction whole(in.db);
    in.iterations.remove(found->id);
    // Images that only this iteration still had go with it (CONTRACT.md section 2.1).
    const auto gone = in.images.purge(found->project_id);
    whole.commit();
    std::filesystem::remove(in.files.model_of(found->id));
    for (const std::string& id : gone) {
        in.files.remove(found->project_id, id);
    }
    return no_content();
}

outcome publish_iteration(state& in, const call& asked) {
    const auto name = asked.required("publishName");
    const auto prediction_id = asked.required("predictionId");
    const auto overwrite = version_of(asked.minor).overwrites_publications ? asked.flag("overwrite")
                                                                           : result<bool>(false);
    const std::scoped_lock lock(in.guard);
    auto target = find_owned_iteration(in, asked);
    if (!target) {
        return refusal_of(target);
    }
    if (!name || !prediction_id || !overwrite) {
        return !name            ? refusal_of(name)
               : !prediction_id ? refusal_of(prediction_id)
                                : refusal_of(overwrite);
    }
    auto holder = in.iterations.find_published(target->project_id, *name);
    if (const auto refused = refuse_publish({*name, *prediction_id, *overwrite, *target, holder})) {
        return tl::make_unexpected(*refused);
    }
    transaction whole(in.db);
    if (holder) {
        holder->publish_name.reset();
        holder->publish_resource.reset();
        holder->last_modified = now();
        in.iterations.update(*holder);
    }
    target->publish_name = *name;
    target->publish_resource = *prediction_id;
    target->last_modified = now();
    in.iterations.update(*target);
    whole.commit();
    return json_response(200, true);
}

outcome unpublish_iteration(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    auto found = find_owned_iteration(in, asked);
    if (!found) {
        return refusal_of(found);
    }
    if (!found->publish_name) {
        return refuse("BadRequestIterationNotPublished", "Iteration is not published");
    }
    found->publish_name.reset();
    found->publish_resource.reset();
    found->last_modified = now();
    in.iterations.update(*found);
    return no_content();
}

} // namespace sandbox::service
