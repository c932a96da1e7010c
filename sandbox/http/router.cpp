#include "sandbox/http/router.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "sandbox/http/message.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::http {

namespace {

struct operation_row {
    std::string_view method;
    std::string_view path;
    std::string_view operation;
    int since = 0; ///< the first minor version 3.x that has it
};

// The paths of the OpenAPI files. v3.1 was never published as one; it is given what v3.2 has.
constexpr auto training_operations = std::to_array<operation_row>({
    {"GET", "/domains", "GetDomains", 0},
    {"GET", "/domains/{domainId}", "GetDomain", 0},
    {"GET", "/projects", "GetProjects", 0},
    {"POST", "/projects", "CreateProject", 0},
    {"GET", "/projects/{projectId}", "GetProject", 0},
    {"DELETE", "/projects/{projectId}", "DeleteProject", 0},
    {"PATCH", "/projects/{projectId}", "UpdateProject", 0},
    {"GET", "/projects/{projectId}/artifacts", "GetArtifact", 3},
    {"GET", "/projects/{projectId}/export", "ExportProject", 1},
    {"GET", "/projects/{projectId}/images", "GetImages", 3},
    {"POST", "/projects/{projectId}/images", "CreateImagesFromData", 0},
    {"DELETE", "/projects/{projectId}/images", "DeleteImages", 0},
    {"POST", "/projects/{projectId}/images/{imageId}/regionproposals", "GetImageRegionProposals",
     0},
    {"GET", "/projects/{projectId}/images/count", "GetImageCount", 3},
    {"POST", "/projects/{projectId}/images/files", "CreateImagesFromFiles", 0},
    {"GET", "/projects/{projectId}/images/id", "GetImagesByIds", 0},
    {"POST", "/projects/{projectId}/images/metadata", "UpdateImageMetadata", 3},
    {"POST", "/projects/{projectId}/images/predictions", "CreateImagesFromPredictions", 0},
    {"POST", "/projects/{projectId}/images/regions", "CreateImageRegions", 0},
    {"DELETE", "/projects/{projectId}/images/regions", "DeleteImageRegions", 0},
    {"POST", "/projects/{projectId}/images/suggested", "QuerySuggestedImages", 1},
    {"POST", "/projects/{projectId}/images/suggested/count", "QuerySuggestedImageCount", 1},
    {"GET", "/projects/{projectId}/images/tagged", "GetTaggedImages", 0},
    {"GET", "/projects/{projectId}/images/tagged/count", "GetTaggedImageCount", 0},
    {"POST", "/projects/{projectId}/images/tags", "CreateImageTags", 0},
    {"DELETE", "/projects/{projectId}/images/tags", "DeleteImageTags", 0},
    {"GET", "/projects/{projectId}/images/untagged", "GetUntaggedImages", 0},
    {"GET", "/projects/{projectId}/images/untagged/count", "GetUntaggedImageCount", 0},
    {"POST", "/projects/{projectId}/images/urls", "CreateImagesFromUrls", 0},
    {"GET", "/projects/{projectId}/iterations", "GetIterations", 0},
    {"GET", "/projects/{projectId}/iterations/{iterationId}", "GetIteration", 0},
    {"DELETE", "/projects/{projectId}/iterations/{iterationId}", "DeleteIteration", 0},
    {"PATCH", "/projects/{projectId}/iterations/{iterationId}", "UpdateIteration", 0},
    {"GET", "/projects/{projectId}/iterations/{iterationId}/export", "GetExports", 0},
    {"POST", "/projects/{projectId}/iterations/{iterationId}/export", "ExportIteration", 0},
    {"GET", "/projects/{projectId}/iterations/{iterationId}/performance", "GetIterationPerformance",
     0},
    {"GET", "/projects/{projectId}/iterations/{iterationId}/performance/images",
     "GetImagePerformances", 0},
    {"GET", "/projects/{projectId}/iterations/{iterationId}/performance/images/count",
     "GetImagePerformanceCount", 0},
    {"POST", "/projects/{projectId}/iterations/{iterationId}/publish", "PublishIteration", 0},
    {"DELETE", "/projects/{projectId}/iterations/{iterationId}/publish", "UnpublishIteration", 0},
    {"DELETE", "/projects/{projectId}/predictions", "DeletePrediction", 0},
    {"POST", "/projects/{projectId}/predictions/query", "QueryPredictions", 0},
    {"POST", "/projects/{projectId}/quicktest/image", "QuickTestImage", 0},
    {"POST", "/projects/{projectId}/quicktest/url", "QuickTestImageUrl", 0},
    {"GET", "/projects/{projectId}/tags", "GetTags", 0},
    {"POST", "/projects/{projectId}/tags", "CreateTag", 0},
    {"GET", "/projects/{projectId}/tags/{tagId}", "GetTag", 0},
    {"DELETE", "/projects/{projectId}/tags/{tagId}", "DeleteTag", 0},
    {"PATCH", "/projects/{projectId}/tags/{tagId}", "UpdateTag", 0},
    {"POST", "/projects/{projectId}/tagsandregions/suggestions", "SuggestTagsAndRegions", 1},
    {"POST", "/projects/{projectId}/train", "TrainProject", 0},
    {"POST", "/projects/import", "ImportProject", 1},
});

constexpr auto prediction_operations = std::to_array<operation_row>({
    {"POST", "/{projectId}/classify/iterations/{publishedName}/image", "ClassifyImage"},
    {"POST", "/{projectId}/classify/iterations/{publishedName}/image/nostore",
     "ClassifyImageWithNoStore"},
    {"POST", "/{projectId}/classify/iterations/{publishedName}/url", "ClassifyImageUrl"},
    {"POST", "/{projectId}/classify/iterations/{publishedName}/url/nostore",
     "ClassifyImageUrlWithNoStore"},
    {"POST", "/{projectId}/detect/iterations/{publishedName}/image", "DetectImage"},
    {"POST", "/{projectId}/detect/iterations/{publishedName}/image/nostore",
     "DetectImageWithNoStore"},
    {"POST", "/{projectId}/detect/iterations/{publishedName}/url", "DetectImageUrl"},
    {"POST", "/{projectId}/detect/iterations/{publishedName}/url/nostore",
     "DetectImageUrlWithNoStore"},
});

constexpr auto fetching_operations = std::to_array<std::string_view>(
    {"ClassifyImageUrl", "ClassifyImageUrlWithNoStore", "CreateImagesFromUrls", "DetectImageUrl",
     "DetectImageUrlWithNoStore", "QuickTestImageUrl"});

constexpr auto storage_operations = std::to_array<operation_row>({
    {"GET", "/{projectId}/{blob}", "GetBlob"},
});

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) {
            segments.push_back(path.substr(0, end));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return segments;
}

bool is_parameter(std::string_view segment) {
    return segment.front() == '{';
}

bool matches(const std::vector<std::string_view>& pattern,
             std::span<const std::string_view> segments) {
    return std::equal(pattern.begin(), pattern.end(), segments.begin(), segments.end(),
                      [](std::string_view expected, std::string_view given) {
                          return is_parameter(expected) || equal_without_case(expected, given);
                      });
}

std::vector<route::parameter> parameters_of(const std::vector<std::string_view>& pattern,
                                            std::span<const std::string_view> segments) {
    std::vector<route::parameter> parameters;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (is_parameter(pattern[i])) {
            parameters.push_back(
                {pattern[i].substr(1, pattern[i].size() - 2), std::string(segments[i])});
        }
    }
    return parameters;
}

std::size_t literal_count(const std::vector<std::string_view>& pattern) {
    return static_cast<std::size_t>(
        std::count_if(pattern.begin(), pattern.end(), [](auto s) { return !is_parameter(s); }));
}

/// Of several rows that match, the one with the most literal segments: projects/import is no
/// project of that id.
std::optional<route> match_operations(std::span<const operation_row> rows, int minor,
                                      std::string_view method,
                                      std::span<const std::string_view> segments) {
    std::optional<route> best;
    std::size_t best_literals = 0;
    for (const operation_row& row : rows) {
        if (row.method != method || row.since > minor) {
            continue;
        }
        const auto pattern = segments_of(row.path);
        if (!matches(pattern, segments) || (best && literal_count(pattern) <= best_literals)) {
            continue;
        }
        best_literals = literal_count(pattern);
        best.emplace();
        best->operation = row.operation;
        best->parameters = parameters_of(pattern, segments);
    }
    return best;
}

std::string_view effective_method(std::string_view method,
                                  std::span<const std::string_view> segments) {
    const bool upload =
        segments.size() == 4 && equal_without_case(segments[2], "images") &&
        (equal_without_case(segments[3], "files") || equal_without_case(segments[3], "urls"));
    return method == "PUT" && upload ? "POST" : method;
}

std::optional<route> find_custom_vision(std::string_view method,
                                        std::span<const std::string_view> segments) {
    const auto* const version =
        std::find_if(api_versions.begin(), api_versions.end(), [&](const api_version& row) {
            return equal_without_case(row.name, segments[1]);
        });
    if (version == api_versions.end()) {
        return std::nullopt;
    }
    const auto rest = segments.subspan(3);
    std::optional<route> found;
    if (equal_without_case(segments[2], "training")) {
        found = match_operations(training_operations, version->minor,
                                 effective_method(method, rest), rest);
    } else if (equal_without_case(segments[2], "prediction") && version->has_prediction_api) {
        found = match_operations(prediction_operations, version->minor, method, rest);
        if (found) {
            found->service = api::prediction;
        }
    }
    if (found) {
        found->version = version->name;
    }
    return found;
}

template <std::size_t Size>
bool has_operation(const std::array<operation_row, Size>& rows, std::string_view name) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const operation_row& row) { return row.operation == name; });
}

} // namespace

std::string_view route::operator[](std::string_view name) const {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const parameter& p) { return p.name == name; });
    return found == parameters.end() ? std::string_view() : std::string_view(found->value);
}

std::optional<route> find_route(std::string_view method, std::string_view path) {
    const auto segments = segments_of(path);
    const std::span<const std::string_view> all(segments);
    if (segments.size() > 3 && equal_without_case(segments[0], "customvision")) {
        return find_custom_vision(method, all);
    }
    if (segments.empty() || !equal_without_case(segments[0], "blobs")) {
        return std::nullopt;
    }
    auto found = match_operations(storage_operations, 0, method, all.subspan(1));
    if (found) {
        found->service = api::storage;
    }
    return found;
}

bool fetches(const route& asked) {
    return std::find(fetching_operations.begin(), fetching_operations.end(), asked.operation) !=
           fetching_operations.end();
}

bool is_operation(std::string_view name) {
    return has_operation(training_operations, name) || has_operation(prediction_operations, name) ||
           has_operation(storage_operations, name);
}

} // namespace sandbox::http
