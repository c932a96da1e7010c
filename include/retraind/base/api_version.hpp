#pragma once

#include <array>
#include <string_view>

namespace retraind {

/// What a version of the Training API has that another has not, as far as this program asks for it
/// or could meet it: the OpenAPI files and CONTRACT.md section 1. There is no file of v3.1, which
/// is taken to be as v3.0. Everything that depends on a version is asked of this table.
struct api_version {
    std::string_view name;  ///< as it stands in the path: "v3.3"
    bool selected_tags;     ///< TrainProject takes a body, TrainingParameters
    bool delete_all_images; ///< DeleteImages has `allImages` and `allIterations`, and answers 202
    bool overwrite;         ///< PublishIteration can take a name from the iteration that holds it
    bool metadata;          ///< batches and images have it; UpdateImageMetadata
    bool all_images;        ///< GetImages and GetImageCount, which list tagged and untagged ones
    /// A batch that failed in part is declared to be 207. It is taken from every version: what is
    /// on the wire has departed from the files before (facts 1 and 2).
    bool multi_status;
    /// ErrorImageDimensions and ErrorInvalidTag are declared. Statuses are open all the same
    /// (fact 5).
    bool status_dimensions;
};

inline constexpr std::array api_versions{
    api_version{"v3.0", false, false, false, false, false, false, false},
    api_version{"v3.1", false, false, false, false, false, false, false},
    api_version{"v3.2", true, true, false, false, false, false, false},
    api_version{"v3.3", true, true, true, true, true, true, false},
    api_version{"v3.4-preview", true, true, true, true, true, true, true},
};

/// Null for a version that is not known.
[[nodiscard]] constexpr const api_version* find_api_version(std::string_view name) noexcept {
    for (const api_version& each : api_versions) {
        if (each.name == name) {
            return &each;
        }
    }
    return nullptr;
}

} // namespace retraind
