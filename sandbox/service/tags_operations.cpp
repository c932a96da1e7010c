#include <array>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/shapes.hpp"
#include "sandbox/service/text_list.hpp"

namespace sandbox::service {

namespace {

/// Whether a tag may be as it is: its name and type, and that no other stands in its way.
std::optional<refusal> refuse_tag(const state& in, std::string_view project_id, const tag& wanted,
                                  int minor) {
    if (wanted.name.find_first_not_of(" \t") == std::string::npos) {
        return refusal{"BadRequestTagName", "Invalid tag name"};
    }
    const bool is_general =
        version_of(minor).has_general_products && wanted.type == "GeneralProduct";
    if (wanted.type != "Regular" && wanted.type != "Negative" && !is_general) {
        return refusal{"BadRequestTagType", "Invalid tag type"};
    }
    if (in.tags.is_name_taken(project_id, wanted.name, wanted.id)) {
        return refusal{"BadRequestTagNameNotUnique", "Tag name is not unique"};
    }
    if (wanted.type == "Regular" || !in.tags.is_type_taken(project_id, wanted.type, wanted.id)) {
        return std::nullopt;
    }
    return wanted.type == "Negative"
               ? refusal{"BadRequestMultipleNegativeTag", "There is a negative tag already"}
               : refusal{"BadRequestMultipleGeneralProductTag",
                         "There is a general product tag already"};
}

/// A type in its own spelling; another word as it is, for refuse_tag().
std::string type_of(std::string given) {
    constexpr auto types =
        std::to_array<std::string_view>({"Regular", "Negative", "GeneralProduct"});
    return find_word(types, given).value_or(given);
}

/// The tag of the path as an iteration was trained on it.
result<tag> find_learned_tag(const state& in, const call& asked, std::string_view iteration_id) {
    const auto id = parse_guid(asked.route["tagId"]);
    for (tag& each : in.tags.of_iteration(iteration_id)) {
        if (id == each.id) {
            return std::move(each);
        }
    }
    return refuse("NotFoundTag", "Tag not found");
}

/// An empty description is none (recorded tag lists).
std::optional<std::string> description_of(std::optional<std::string> text) {
    return text && text->empty() ? std::nullopt : std::move(text);
}

void apply(const json::value& document, tag& to) {
    if (const json::string* name = string_member(document, "name")) {
        to.name = std::string(*name);
    }
    if (const json::string* description = string_member(document, "description")) {
        to.description = description_of(std::string(*description));
    }
    if (const json::string* type = string_member(document, "type")) {
        to.type = type_of(std::string(*type));
    }
}

} // namespace

outcome get_tags(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto found = find_project(in, asked);
    if (!found) {
        return refusal_of(found);
    }
    const auto iteration_id = queried_iteration(in, asked, found->id);
    if (!iteration_id) {
        return refusal_of(iteration_id);
    }
    const auto tags =
        *iteration_id == workspace ? in.tags.all(found->id) : in.tags.of_iteration(*iteration_id);
    return json_response(200, array_of(tags, tag_shape));
}

outcome get_tag(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto iteration_id = queried_iteration(in, asked, owner->id);
    if (!iteration_id) {
        return refusal_of(iteration_id);
    }
    auto found = *iteration_id == workspace ? find_tag(in, asked, owner->id)
                                            : find_learned_tag(in, asked, *iteration_id);
    return found.map([](const tag& shown) { return json_response(200, tag_shape(shown)); });
}

outcome create_tag(state& in, const call& asked) {
    const auto name = asked.required("name");
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner || !name) {
        return owner ? refusal_of(name) : refusal_of(owner);
    }
    tag made;
    made.name = *name;
    made.description = description_of(asked.query("description"));
    made.type = type_of(asked.query("type").value_or("Regular"));
    if (const auto refused = refuse_tag(in, owner->id, made, asked.minor)) {
        return tl::make_unexpected(*refused);
    }
    if (in.tags.count(owner->id) >= in.limits.tags_per_project) {
        return refuse("BadRequestExceedTagPerProjectLimit",
                      "Exceeded the limit of tags per project");
    }
    made.id = new_guid();
    in.tags.insert(owner->id, made);
    return json_response(200, tag_shape(made));
}

outcome update_tag(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto changed = find_tag(in, asked, owner->id);
    if (!changed) {
        return refusal_of(changed);
    }
    if (!document->is_object()) {
        return refuse("BadRequestRequiredParamIsNull", "updatedTag is required");
    }
    apply(*document, *changed);
    if (const auto refused = refuse_tag(in, owner->id, *changed, asked.minor)) {
        return tl::make_unexpected(*refused);
    }
    in.tags.update(*changed);
    return json_response(200, tag_shape(*changed));
}

outcome delete_tag(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto found = find_tag(in, asked, owner->id);
    if (!found) {
        return refusal_of(found);
    }
    transaction whole(in.db);
    in.tags.remove(found->id);
    if (found->image_count > 0) {
        in.projects.mark_changed(owner->id);
    }
    whole.commit();
    return no_content();
}

} // namespace sandbox::service
