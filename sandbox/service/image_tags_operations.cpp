#include <algorithm>
#include <map>

#include "sandbox/service/binding.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/image_rules.hpp"
#include "sandbox/service/operations.hpp"

namespace sandbox::service {

namespace {

struct tag_pair {
    std::string image_id;
    std::string tag_id;
};

tl::unexpected<refusal> no_image_tags() {
    return refuse("BadRequestImageTags", "No image tags provided");
}

result<std::vector<tag_pair>> bind_pairs(const json::value& document) {
    const json::value* tags = member(document, "tags");
    if (tags == nullptr || !tags->is_array() || tags->get_array().empty()) {
        return no_image_tags();
    }
    if (tags->get_array().size() > image_tags_per_call) {
        return refuse("BadRequestExceededBatchSize", "Too many image tags in one batch");
    }
    std::vector<tag_pair> pairs;
    for (const json::value& each : tags->get_array()) {
        auto image_id = bind_guid(each, "imageId");
        auto tag_id = bind_guid(each, "tagId");
        if (!image_id || !tag_id) {
            return no_image_tags();
        }
        pairs.push_back({std::move(*image_id), std::move(*tag_id)});
    }
    return pairs;
}

json::value pair_shape(const tag_pair& shown) {
    json::object shape;
    shape["imageId"] = shown.image_id;
    shape["tagId"] = shown.tag_id;
    return shape;
}

struct tagging_summary {
    json::array created;
    json::array duplicated;
    json::array exceeded;
};

label_question question_of(const state& in, const project& owner, const image& on,
                           const tag& added) {
    label_question asked;
    asked.is_multiclass = owner.classification == "Multiclass";
    asked.wanted_types = {added.type};
    asked.all_types = {added.type};
    for (const image_tag& has : on.tags) {
        if (const auto known = in.tags.find(owner.id, has.tag_id)) {
            asked.all_types.push_back(known->type);
        }
    }
    return asked;
}

/// One pair into one of the three lists of the summary.
std::optional<refusal> add(state& in, const project& owner, const tag_pair& pair, int minor,
                           tagging_summary& into) {
    const auto on = in.images.find_one(owner.id, pair.image_id);
    if (!on) {
        return refusal{"NotFoundImage", "Image not found"};
    }
    const auto added = in.tags.find(owner.id, pair.tag_id);
    if (!added) {
        return refusal{"NotFoundTag", "Tag not found"};
    }
    const bool is_there = std::any_of(on->tags.begin(), on->tags.end(), [&](const image_tag& has) {
        return has.tag_id == pair.tag_id;
    });
    if (is_there) {
        into.duplicated.push_back(pair_shape(pair));
        return std::nullopt;
    }
    const auto refused = refuse_labels(question_of(in, owner, *on, *added), minor);
    if (refused == "ErrorNegativeAndRegularTagOnSameImage") {
        return refusal{"BadRequestNegativeAndRegularTagOnSameImage",
                       "Negative and regular tags cannot be on the same image"};
    }
    if (refused) {
        into.exceeded.push_back(pair_shape(pair));
        return std::nullopt;
    }
    in.images.add_tag(pair.image_id, pair.tag_id, now());
    into.created.push_back(pair_shape(pair));
    return std::nullopt;
}

} // namespace

outcome create_image_tags(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    const auto pairs = bind_pairs(*document);
    if (!owner || !pairs) {
        return owner ? refusal_of(pairs) : refusal_of(owner);
    }
    tagging_summary summary;
    transaction whole(in.db);
    for (const tag_pair& pair : *pairs) {
        if (const auto refused = add(in, *owner, pair, asked.minor, summary)) {
            return tl::make_unexpected(*refused);
        }
    }
    if (!summary.created.empty()) {
        in.projects.mark_changed(owner->id);
    }
    whole.commit();
    json::object shape;
    shape["created"] = std::move(summary.created);
    shape["duplicated"] = std::move(summary.duplicated);
    shape["exceeded"] = std::move(summary.exceeded);
    return json_response(200, shape);
}

outcome delete_image_tags(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto image_ids = asked.ids("imageIds", untag_images_per_call);
    const auto tag_ids = asked.ids("tagIds", filter_tags);
    if (!image_ids || !tag_ids) {
        return image_ids ? refusal_of(tag_ids) : refusal_of(image_ids);
    }
    if (image_ids->empty() || tag_ids->empty()) {
        return refuse("BadRequestRequiredParamIsNull", "imageIds and tagIds are required");
    }
    bool has_changed = false;
    transaction whole(in.db);
    for (const image& each : in.images.find(owner->id, workspace, *image_ids)) {
        for (const std::string& tag_id : *tag_ids) {
            has_changed |= in.images.remove_tag(each.id, tag_id);
        }
    }
    if (has_changed) {
        in.projects.mark_changed(owner->id);
    }
    whole.commit();
    return no_content();
}

outcome delete_images(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const bool may_be_all = version_of(asked.minor).deletes_all_images;
    const auto all_images = may_be_all ? asked.flag("allImages") : result<bool>(false);
    const auto all_iterations = may_be_all ? asked.flag("allIterations") : result<bool>(false);
    auto ids = asked.ids("imageIds", ids_per_call);
    if (!all_images || !all_iterations || !ids) {
        return ids ? refusal_of(all_images ? all_iterations : all_images) : refusal_of(ids);
    }
    if (*all_images) {
        constexpr std::size_t everything = 1'000'000;
        for (const image& each : in.images.list({owner->id}, {true, everything, 0})) {
            ids->push_back(each.id);
        }
    } else if (ids->empty()) {
        return refuse("BadRequestRequiredParamIsNull",
                      may_be_all ? "imageIds or allImages is required" : "imageIds is required");
    }
    bool has_changed = false;
    transaction whole(in.db);
    for (const std::string& id : *ids) {
        has_changed |= in.images.leave_workspace(owner->id, id);
        if (*all_iterations && in.images.media_type(owner->id, id)) {
            in.images.leave_iterations(id);
        }
    }
    if (has_changed) {
        in.projects.mark_changed(owner->id);
    }
    const auto gone = in.images.purge(owner->id);
    whole.commit();
    for (const std::string& id : gone) {
        in.files.remove(owner->id, id);
    }
    http::response answer = no_content();
    answer.status = *all_images || *all_iterations ? 202 : 204;
    return answer;
}

} // namespace sandbox::service
