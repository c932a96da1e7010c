#include "sandbox/service/shapes.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>

#include "sandbox/versions.hpp"

namespace sandbox::service {

namespace json = boost::json;

namespace {

json::value or_null(const std::optional<std::string>& text) {
    return text ? json::value(*text) : json::value();
}

/// Those that the version has a word for.
template <class Platforms>
json::array platforms_shape(const Platforms& from, int minor) {
    json::array platforms;
    for (const std::string_view platform : from) {
        if (version_of(minor).has_openvino || platform != "OpenVino") {
            platforms.emplace_back(platform);
        }
    }
    return platforms;
}

json::value model_shape(const domain& shown) {
    if (!shown.exportable()) {
        return nullptr;
    }
    json::object model;
    model["estimatedModelSizeInMegabytes"] = shown.model.megabytes;
    model["description"] = shown.model.description;
    return model;
}

json::value processing_shape() {
    constexpr auto methods =
        std::to_array<std::string_view>({"rotation", "scaling", "translation", "horizontal flip",
                                         "equalize", "solarize", "padtosquare"});
    json::object enabled;
    for (const std::string_view method : methods) {
        enabled[method] = true;
    }
    json::object settings;
    settings["augmentationMethods"] = std::move(enabled);
    return settings;
}

/// Recorded projects that have none do not show them.
void put_addresses(const project& shown, json::object& into) {
    if (shown.export_container) {
        into["exportModelContainerUri"] = *shown.export_container;
    }
    if (shown.notification_queue) {
        into["notificationQueueUri"] = *shown.notification_queue;
    }
}

json::value settings_shape(const project& shown, int minor) {
    json::object settings;
    settings["domainId"] = shown.domain_id;
    settings["classificationType"] = or_null(shown.classification);
    const bool is_newer = version_of(minor).has_project_status;
    if (is_newer) {
        settings["targetExportPlatforms"] = platforms_shape(shown.export_platforms, minor);
    }
    settings["useNegativeSet"] = true;
    settings["detectionParameters"] = nullptr;
    if (is_newer) {
        settings["imageProcessingSettings"] = processing_shape();
    } else {
        settings["targetExportPlatforms"] = platforms_shape(shown.export_platforms, minor);
    }
    if (version_of(minor).takes_project_options) {
        put_addresses(shown, settings);
    }
    return settings;
}

/// null until training has looked at the domain, and in v3.4-preview always, even for a domain that
/// exports (recorded); empty before v3.4-preview for a domain that exports nothing.
json::value exportable_to(const domain* trained_on, int minor) {
    if (trained_on == nullptr || version_of(minor).has_exportable_platforms) {
        return nullptr;
    }
    return platforms_shape(trained_on->platforms, minor);
}

json::value image_tag_shape(const image_tag& shown, tag_names names) {
    json::object shape;
    shape["tagId"] = shown.tag_id;
    shape["tagName"] = names == tag_names::shown ? json::value(shown.tag_name) : json::value();
    shape["created"] = trimmed_text(shown.created);
    return shape;
}

json::value region_shape(const region& shown, tag_names names) {
    json::object shape;
    shape["regionId"] = shown.id;
    shape["tagName"] = names == tag_names::shown ? json::value(shown.tag_name) : json::value();
    shape["created"] = trimmed_text(shown.created);
    shape["tagId"] = shown.tag_id;
    shape["left"] = shown.place.left;
    shape["top"] = shown.place.top;
    shape["width"] = shown.place.width;
    shape["height"] = shown.place.height;
    return shape;
}

} // namespace

json::value domain_shape(const domain& shown, int minor) {
    json::object shape;
    shape["id"] = shown.id;
    shape["name"] = shown.name;
    shape["type"] = shown.type;
    shape["exportable"] = shown.exportable();
    shape["enabled"] = true;
    if (version_of(minor).has_exportable_platforms) {
        shape["exportablePlatforms"] = json::array(shown.platforms.begin(), shown.platforms.end());
        shape["modelInformation"] = model_shape(shown);
    }
    return shape;
}

json::value project_shape(const project& shown, int minor) {
    json::object shape;
    shape["id"] = shown.id;
    shape["name"] = shown.name;
    shape["description"] = shown.description;
    shape["settings"] = settings_shape(shown, minor);
    shape["created"] = milliseconds_text(shown.created);
    shape["lastModified"] = milliseconds_text(shown.last_modified);
    shape["thumbnailUri"] = nullptr;
    shape["drModeEnabled"] = false;
    if (version_of(minor).has_project_status) {
        shape["status"] = "Succeeded";
    }
    return shape;
}

json::value tag_shape(const tag& shown) {
    json::object shape;
    shape["id"] = shown.id;
    shape["name"] = shown.name;
    shape["description"] = or_null(shown.description);
    shape["type"] = shown.type;
    shape["imageCount"] = shown.image_count;
    return shape;
}

json::value iteration_shape(const iteration& shown, int minor) {
    const domain* trained_on = shown.domain_id ? find_domain(*shown.domain_id) : nullptr;
    json::object shape;
    shape["id"] = shown.id;
    shape["name"] = shown.name;
    shape["status"] = shown.status;
    shape["created"] = milliseconds_text(shown.created);
    shape["lastModified"] = milliseconds_text(shown.last_modified);
    if (shown.trained_at) {
        shape["trainedAt"] = milliseconds_text(*shown.trained_at);
    }
    shape["projectId"] = shown.project_id;
    shape["exportable"] = trained_on != nullptr && trained_on->exportable();
    shape["exportableTo"] = exportable_to(trained_on, minor);
    shape["domainId"] = or_null(shown.domain_id);
    shape["classificationType"] = or_null(shown.classification);
    shape["trainingType"] = shown.training_type;
    shape["reservedBudgetInHours"] = shown.reserved_hours;
    if (version_of(minor).has_training_minutes) {
        shape["trainingTimeInMinutes"] = shown.training_minutes;
    }
    shape["publishName"] = or_null(shown.publish_name);
    shape["originalPublishResourceId"] = or_null(shown.publish_resource);
    if (version_of(minor).has_training_errors) {
        shape["customBaseModelInfo"] = nullptr;
        shape["trainingErrorDetails"] = or_null(shown.error);
    }
    return shape;
}

json::value image_shape(const image& shown, const image_links& links, tag_names names, int minor) {
    json::object shape;
    shape["id"] = shown.id;
    shape["created"] = trimmed_text(shown.created);
    shape["width"] = shown.width;
    shape["height"] = shown.height;
    shape["resizedImageUri"] = links.resized;
    shape["thumbnailUri"] = links.thumbnail;
    shape["originalImageUri"] = links.original;
    if (!shown.tags.empty()) {
        shape["tags"] =
            array_of(shown.tags, [&](const image_tag& t) { return image_tag_shape(t, names); });
    }
    if (!shown.regions.empty()) {
        shape["regions"] =
            array_of(shown.regions, [&](const region& r) { return region_shape(r, names); });
    }
    if (shown.metadata && version_of(minor).has_metadata) {
        shape["metadata"] = json::parse(*shown.metadata);
    }
    return shape;
}

} // namespace sandbox::service
