#include <algorithm>

#include "sandbox/service/binding.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/domains.hpp"
#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/image_rules.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::service {

namespace {

struct image_region {
    std::string image_id;
    wanted_region wanted;
};

tl::unexpected<refusal> no_image_regions() {
    return refuse("BadRequestImageRegions", "No image regions provided");
}

result<std::vector<image_region>> bind_image_regions(const json::value& document) {
    const json::value* regions = member(document, "regions");
    if (regions == nullptr || !regions->is_array() || regions->get_array().empty()) {
        return no_image_regions();
    }
    if (regions->get_array().size() > regions_per_call) {
        return refuse("BadRequestExceededBatchSize", "Too many image regions in one batch");
    }
    std::vector<image_region> bound;
    for (const json::value& each : regions->get_array()) {
        auto image_id = bind_guid(each, "imageId");
        auto wanted = bind_region(each);
        if (!image_id || !wanted) {
            return no_image_regions();
        }
        bound.push_back({std::move(*image_id), std::move(*wanted)});
    }
    return bound;
}

void put_place(const wanted_region& shown, json::object& into) {
    into["tagId"] = shown.tag_id;
    into["left"] = shown.place.left;
    into["top"] = shown.place.top;
    into["width"] = shown.place.width;
    into["height"] = shown.place.height;
}

json::value entry_shape(const image_region& shown) {
    json::object shape;
    shape["imageId"] = shown.image_id;
    put_place(shown.wanted, shape);
    return shape;
}

json::value created_shape(const image_region& shown, const region& made) {
    json::object shape;
    shape["imageId"] = shown.image_id;
    shape["regionId"] = made.id;
    shape["tagName"] = nullptr;
    shape["created"] = trimmed_text(made.created);
    put_place(shown.wanted, shape);
    return shape;
}

struct region_summary {
    json::array created;
    json::array duplicated;
    json::array exceeded;
};

bool has_tag(const image& on, const std::string& tag_id) {
    return std::any_of(on.tags.begin(), on.tags.end(),
                       [&](const image_tag& has) { return has.tag_id == tag_id; });
}

label_question question_of(const state& in, const project& owner, const image& on, const tag& of,
                           const box& place) {
    label_question asked;
    asked.is_multiclass = owner.classification == "Multiclass";
    asked.wanted_types = {of.type};
    if (!has_tag(on, of.id)) {
        asked.all_types = {of.type};
    }
    for (const image_tag& has : on.tags) {
        if (const auto known = in.tags.find(owner.id, has.tag_id)) {
            asked.all_types.push_back(known->type);
        }
    }
    asked.wanted_regions = {place};
    asked.present_regions = on.regions.size();
    return asked;
}

bool is_same(const region& present, const wanted_region& wanted) {
    return present.tag_id == wanted.tag_id && present.place.left == wanted.place.left &&
           present.place.top == wanted.place.top && present.place.width == wanted.place.width &&
           present.place.height == wanted.place.height;
}

bool has_region(const image& on, const wanted_region& wanted) {
    return std::any_of(on.regions.begin(), on.regions.end(),
                       [&](const region& present) { return is_same(present, wanted); });
}

std::optional<refusal> refusal_for(std::string_view status) {
    if (status == "ErrorInvalidRegion") {
        return refusal{"BadRequestImageRegions", "Invalid image region"};
    }
    if (status == "ErrorNegativeAndRegularTagOnSameImage") {
        return refusal{"BadRequestNegativeAndRegularTagOnSameImage",
                       "Negative and regular tags cannot be on the same image"};
    }
    return std::nullopt;
}

/// One region, and with it its tag, into one of the three lists of the summary.
std::optional<refusal> add(state& in, const project& owner, const image_region& each, int minor,
                           region_summary& into) {
    const auto on = in.images.find_one(owner.id, each.image_id);
    if (!on) {
        return refusal{"NotFoundImage", "Image not found"};
    }
    const auto of = in.tags.find(owner.id, each.wanted.tag_id);
    if (!of) {
        return refusal{"NotFoundTag", "Tag not found"};
    }
    if (has_region(*on, each.wanted)) {
        into.duplicated.push_back(entry_shape(each));
        return std::nullopt;
    }
    const auto refused = refuse_labels(question_of(in, owner, *on, *of, each.wanted.place), minor);
    if (refused) {
        into.exceeded.push_back(entry_shape(each));
        return refusal_for(*refused);
    }
    const region made{new_guid(), of->id, {}, each.wanted.place, now()};
    in.images.add_region(on->id, made);
    in.images.add_tag(on->id, of->id, made.created);
    into.created.push_back(created_shape(each, made));
    return std::nullopt;
}

http::response response_of(region_summary summary, int minor) {
    const bool all_fit = summary.exceeded.empty();
    json::object shape;
    shape["created"] = std::move(summary.created);
    shape["duplicated"] = std::move(summary.duplicated);
    shape["exceeded"] = std::move(summary.exceeded);
    return json_response(all_fit || !version_of(minor).says_multi_status ? 200 : 207, shape);
}

} // namespace

outcome create_image_regions(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    const auto regions = bind_image_regions(*document);
    if (!owner || !regions) {
        return owner ? refusal_of(regions) : refusal_of(owner);
    }
    region_summary summary;
    transaction whole(in.db);
    for (const image_region& each : *regions) {
        if (const auto refused = add(in, *owner, each, asked.minor, summary)) {
            return tl::make_unexpected(*refused);
        }
    }
    if (!summary.created.empty()) {
        in.projects.mark_changed(owner->id);
    }
    whole.commit();
    return response_of(std::move(summary), asked.minor);
}

outcome delete_image_regions(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto ids = asked.ids("regionIds", regions_per_call);
    if (!ids) {
        return refusal_of(ids);
    }
    if (ids->empty()) {
        return refuse("BadRequestRequiredParamIsNull", "Parameter regionIds is required");
    }
    // Seen in recordings of detection projects: a tag goes with its last region.
    const bool forget_tags = !find_domain(owner->domain_id)->classifies();
    bool has_changed = false;
    transaction whole(in.db);
    for (const std::string& id : *ids) {
        has_changed |= in.images.remove_region(owner->id, id, forget_tags);
    }
    if (has_changed) {
        in.projects.mark_changed(owner->id);
    }
    whole.commit();
    return no_content();
}

} // namespace sandbox::service
