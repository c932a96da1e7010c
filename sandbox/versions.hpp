#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// In what the versions of the APIs differ, beside the operations they have
/// (sandbox/http/router.cpp) and the words of enumerations that nobody sends. Read off the OpenAPI
/// files: Training v3.0, v3.2, v3.3 and v3.4-preview, Prediction v3.0 and v3.1. Training v3.1 was
/// never published as one, but it was recorded, and is given what v3.2 has.
namespace sandbox {

struct api_version {
    std::string_view name; ///< as in a path
    int minor = 0;         ///< of v3.minor

    // The prediction API beside the training API.
    bool has_prediction_api = false;      ///< under that version
    bool has_predicted_tag_types = false; ///< its Prediction.tagType

    // Requests.
    bool takes_training_parameters = false; ///< TrainProject: the body with selectedTags
    bool deletes_all_images = false;        ///< DeleteImages: allImages and allIterations, 202
    bool has_general_products = false;      ///< CreateTag: type GeneralProduct
    bool overwrites_publications = false;   ///< PublishIteration: overwrite
    bool has_metadata = false;              ///< of images: in batches and in answers
    bool takes_project_options = false; ///< URIs for models and notices: CreateProject, settings
    bool has_openvino = false;          ///< the export platform

    // Answers.
    bool has_project_status = false;       ///< Project.status, imageProcessingSettings
    bool has_training_minutes = false;     ///< Iteration.trainingTimeInMinutes
    bool has_tag_types = false;            ///< Prediction.tagType of quick tests and queries
    bool says_multi_status = false;        ///< 207 where one of a batch failed; else 200
    bool has_dimension_status = false;     ///< ErrorImageDimensions; else ErrorImageFormat
    bool has_tag_status = false;           ///< ErrorInvalidTag; else ErrorUnknown
    bool has_training_errors = false;      ///< Iteration.trainingErrorDetails, customBaseModelInfo
    bool has_exportable_platforms = false; ///< Domain.exportablePlatforms, modelInformation
};

namespace detail {

constexpr api_version v3_0{.name = "v3.0", .minor = 0, .has_prediction_api = true};

constexpr api_version v3_1 = [] {
    api_version version = v3_0;
    version.name = "v3.1";
    version.minor = 1;
    version.takes_training_parameters = true;
    version.deletes_all_images = true;
    version.has_project_status = true;
    version.has_training_minutes = true;
    version.has_predicted_tag_types = true;
    return version;
}();

constexpr api_version v3_2 = [] {
    api_version version = v3_1;
    version.name = "v3.2";
    version.minor = 2;
    version.has_prediction_api = false;
    return version;
}();

constexpr api_version v3_3 = [] {
    api_version version = v3_2;
    version.name = "v3.3";
    version.minor = 3;
    version.has_tag_types = true;
    version.has_general_products = true;
    version.overwrites_publications = true;
    version.has_metadata = true;
    version.says_multi_status = true;
    return version;
}();

constexpr api_version v3_4 = [] {
    api_version version = v3_3;
    version.name = "v3.4-preview";
    version.minor = 4;
    version.takes_project_options = true;
    version.has_openvino = true;
    version.has_dimension_status = true;
    version.has_tag_status = true;
    version.has_training_errors = true;
    version.has_exportable_platforms = true;
    return version;
}();

} // namespace detail

/// By their minor number.
inline constexpr std::array<api_version, 5> api_versions{detail::v3_0, detail::v3_1, detail::v3_2,
                                                         detail::v3_3, detail::v3_4};

/// The version v3.minor; the newest for a number that there is not.
[[nodiscard]] constexpr const api_version& version_of(int minor) {
    const auto at = static_cast<std::size_t>(minor);
    return at < api_versions.size() ? api_versions[at] : api_versions.back();
}

/// By its name in a path, which is lower case; the newest for what has no version.
[[nodiscard]] constexpr const api_version& version_of(std::string_view name) {
    for (const api_version& each : api_versions) {
        if (each.name == name) {
            return each;
        }
    }
    return api_versions.back();
}

} // namespace sandbox
