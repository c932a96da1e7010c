#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/service/timestamps.hpp"

/// What the service keeps, without the shapes of the wire.
namespace sandbox::service {

struct project {
    std::string id;
    std::string name;
    std::string description;
    std::string domain_id;
    std::optional<std::string> classification; ///< Multiclass, Multilabel; none for detection
    std::vector<std::string> export_platforms;
    std::optional<std::string> export_container;   ///< exportModelContainerUri
    std::optional<std::string> notification_queue; ///< notificationQueueUri
    ticks created = 0;
    ticks last_modified = 0;
    ticks workspace_created = 0;     ///< becomes the next iteration's `created`
    std::int64_t revision = 0;       ///< grows with every change a training would see
    std::int64_t next_iteration = 1; ///< numbers are not used twice
};

struct tag {
    std::string id;
    std::string name;
    std::optional<std::string> description;
    std::string type = "Regular";
    std::size_t image_count = 0;
};

struct image_tag {
    std::string tag_id;
    std::string tag_name;
    ticks created = 0;
};

/// A box in parts of the picture's width and height.
struct box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

struct region {
    std::string id;
    std::string tag_id;
    std::string tag_name;
    box place;
    ticks created = 0;
};

struct image {
    std::string id;
    unsigned width = 0;
    unsigned height = 0;
    std::string media_type;
    std::optional<std::string> metadata; ///< JSON text of an object of strings
    ticks created = 0;
    std::vector<image_tag> tags;
    std::vector<region> regions;
};

struct iteration {
    std::string id;
    std::string project_id;
    std::int64_t number = 0;
    std::string name;
    std::string status; ///< Training, Completed, Failed
    ticks created = 0;
    ticks last_modified = 0;
    std::optional<ticks> trained_at;
    std::optional<std::string> domain_id;
    std::optional<std::string> classification;
    std::string training_type = "Regular";
    std::int64_t reserved_hours = 0;
    std::int64_t training_minutes = 0;
    std::optional<std::string> publish_name;
    std::optional<std::string> publish_resource;
    std::optional<std::string> error;
    std::int64_t revision = 0; ///< the project's at the time of training
    std::string selection;     ///< ids of the tags that were asked for, sorted; empty: all
};

/// The iteration id under which the workspace is kept.
inline constexpr const char* workspace = "";

} // namespace sandbox::service
