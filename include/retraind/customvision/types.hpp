#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::customvision {

/// The service's objects, with the members this program uses. Names are the service's own
/// (CONTRACT.md section 2; OpenAPI definitions of the same names).

struct domain {
    domain_id id;
    std::string name;
    std::string type; ///< Classification, ObjectDetection
};

enum class classification_type { multiclass, multilabel };

struct project {
    project_id id;
    std::string name;
    domain_id domain;
    /// Nothing for object detection.
    std::optional<classification_type> classification;
    bool read_only = false; ///< drModeEnabled
};

enum class tag_type { regular, negative, other };

struct tag {
    tag_id id;
    std::string name;
    tag_type type = tag_type::regular;
    std::uint64_t image_count = 0;
};

/// A box of an object, in parts of the upright picture's width and height (0 … 1), from the top
/// left.
struct region {
    tag_id tag;
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;

    bool operator==(const region&) const = default;
};

/// A picture of a project, as lists show it.
struct image {
    image_id id;
    std::vector<tag_id> tags; ///< unique, those of its regions among them
    std::vector<region> regions;
    std::map<std::string, std::string> metadata;
};

/// A tag that a picture is to get, or has got.
struct image_tag {
    image_id image;
    tag_id tag;

    bool operator==(const image_tag&) const = default;
};

/// ImageTagCreateSummary: what became of each pair.
struct image_tag_summary {
    std::vector<image_tag> created;
    std::vector<image_tag> duplicated;
    std::vector<image_tag> exceeded; ///< did not fit a limit
};

/// A region that a picture is to get, or has got; its tag comes with it.
struct image_region {
    image_id image;
    region box;

    bool operator==(const image_region&) const = default;
};

/// ImageRegionCreateSummary: what became of each. The service keeps single precision, so what
/// comes back need not equal what was sent, nor does it come in that order.
struct image_region_summary {
    std::vector<image_region> created;
    std::vector<image_region> duplicated;
    std::vector<image_region> exceeded; ///< did not fit a limit
};

struct iteration {
    iteration_id id;
    std::string name;
    std::string status; ///< an open enumeration: Training, Completed, Failed, New, …
    wall_time created{};
    std::optional<wall_time> trained_at;
    std::chrono::minutes training_time{0}; ///< as it is billed; 0 where the version says nothing
    std::optional<std::string> publish_name;
    std::string error_details; ///< v3.4-preview's trainingErrorDetails; else empty
};

struct tag_performance {
    tag_id id;
    std::string name;
    double precision = 0;
    double recall = 0;
    double average_precision = 0;
};

struct performance {
    double precision = 0;
    double recall = 0;
    double average_precision = 0;
    std::vector<tag_performance> tags;
};

/// What became of one entry of a batch.
struct image_result {
    std::string source_url; ///< the entry's name as it was sent; not in the order of the request
    std::string status;     ///< an open enumeration: OK, OKDuplicate, ErrorImageFormat, …
    std::optional<image_id> id;
};

/// What one request of pictures did.
struct image_summary {
    std::vector<image_result> results;
    unsigned status = 0;          ///< 200 or 207; which of them says nothing (CONTRACT.md fact 2)
    std::string request_id;       ///< apim-request-id
    std::uint64_t body_bytes = 0; ///< of the request as it was sent
};

enum class training_type { regular, advanced };

struct train_request {
    training_type type = training_type::regular;
    unsigned budget_hours = 0;         ///< reservedBudgetInHours; Advanced only
    std::vector<tag_id> selected_tags; ///< empty: all
};

} // namespace retraind::customvision
