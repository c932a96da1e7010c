#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/project_settings.hpp"
#include "sandbox/service/shapes.hpp"
#include "sandbox/service/text_list.hpp"

namespace sandbox::service {

namespace {

std::optional<std::string> non_empty(std::optional<std::string> text) {
    return text && text->empty() ? std::nullopt : std::move(text);
}

std::optional<std::string> text_of(const json::value& document, std::string_view name) {
    const json::string* text = string_member(document, name);
    return text == nullptr ? std::nullopt : std::optional(std::string(*text));
}

wanted_settings settings_of(const call& asked) {
    wanted_settings wanted;
    wanted.name = asked.query("name");
    wanted.description = asked.query("description");
    wanted.domain_id = non_empty(asked.query("domainId"));
    wanted.classification = non_empty(asked.query("classificationType"));
    if (const auto platforms = asked.query("targetExportPlatforms")) {
        wanted.export_platforms = split_list(*platforms);
    }
    return wanted;
}

/// Where models and notices would go to.
void put_addresses(const json::value& document, wanted_settings& into) {
    into.export_container = text_of(document, "exportModelContainerUri");
    into.notification_queue = text_of(document, "notificationQueueUri");
}

wanted_settings settings_of(const json::value& document) {
    wanted_settings wanted;
    wanted.name = text_of(document, "name");
    wanted.description = text_of(document, "description");
    const json::value* settings = member(document, "settings");
    if (settings == nullptr) {
        return wanted;
    }
    wanted.domain_id = text_of(*settings, "domainId");
    wanted.classification = text_of(*settings, "classificationType");
    put_addresses(*settings, wanted);
    const json::value* platforms = member(*settings, "targetExportPlatforms");
    if (platforms != nullptr && platforms->is_array()) {
        wanted.export_platforms.emplace();
        for (const json::value& each : platforms->get_array()) {
            const json::string* platform = each.if_string();
            wanted.export_platforms->emplace_back(platform == nullptr ? "" : platform->c_str());
        }
    }
    return wanted;
}

/// The body of CreateProject, in the versions that have one.
result<wanted_settings> wanted_of(const call& asked) {
    wanted_settings wanted = settings_of(asked);
    if (!version_of(asked.minor).takes_project_options) {
        return wanted;
    }
    const auto options = decode_body(asked.asked);
    if (!options) {
        return refusal_of(options);
    }
    put_addresses(*options, wanted);
    return wanted;
}

tl::unexpected<refusal> name_not_unique() {
    return refuse("BadRequestProjectNameNotUnique", "Project name is not unique");
}

/// What a training would see differently.
bool differ_in_training(const project& left, const project& right) {
    return left.domain_id != right.domain_id || left.classification != right.classification;
}

} // namespace

outcome get_projects(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return json_response(200, array_of(in.projects.all(), [&](const project& each) {
                             return project_shape(each, asked.minor);
                         }));
}

outcome get_project(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return find_project(in, asked).map([&](const project& found) {
        return json_response(200, project_shape(found, asked.minor));
    });
}

outcome create_project(state& in, const call& asked) {
    const auto name = asked.required("name");
    if (!name) {
        return refusal_of(name);
    }
    const auto wanted = wanted_of(asked);
    if (!wanted) {
        return refusal_of(wanted);
    }
    project made;
    if (const auto refused = apply_settings(*wanted, asked.minor, made)) {
        return tl::make_unexpected(*refused);
    }
    const std::scoped_lock lock(in.guard);
    if (in.projects.is_name_taken(made.name)) {
        return name_not_unique();
    }
    if (in.projects.count() >= in.limits.projects) {
        return refuse("BadRequestExceedProjectLimit", "Exceeded the limit of projects");
    }
    made.id = new_guid();
    made.created = made.last_modified = made.workspace_created = now();
    in.projects.insert(made);
    return json_response(200, project_shape(made, asked.minor));
}

outcome update_project(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const std::scoped_lock lock(in.guard);
    const auto before = find_project(in, asked);
    if (!before) {
        return refusal_of(before);
    }
    if (!document->is_object()) {
        return refuse("BadRequestRequiredParamIsNull", "updatedProject is required");
    }
    project changed = *before;
    if (const auto refused = apply_settings(settings_of(*document), asked.minor, changed)) {
        return tl::make_unexpected(*refused);
    }
    if (in.projects.is_name_taken(changed.name, changed.id)) {
        return name_not_unique();
    }
    changed.last_modified = now();
    transaction whole(in.db);
    in.projects.update(changed);
    if (differ_in_training(*before, changed)) {
        in.projects.mark_changed(changed.id);
    }
    whole.commit();
    return json_response(200, project_shape(changed, asked.minor));
}

outcome delete_project(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto found = find_project(in, asked);
    if (!found) {
        return refusal_of(found);
    }
    const auto iterations = in.iterations.all(found->id);
    for (const iteration& each : iterations) {
        if (each.publish_name) {
            return refuse("BadRequestIterationIsPublished",
                          "Project has published iterations, unpublish them first");
        }
    }
    in.projects.remove(found->id);
    in.files.remove_project(found->id);
    for (const iteration& each : iterations) {
        std::filesystem::remove(in.files.model_of(each.id));
    }
    return no_content();
}

} // namespace sandbox::service
