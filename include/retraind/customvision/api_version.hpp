#pragma once

#include <array>
#include <string_view>

namespace retraind::customvision {

/// What a version of the Training API can do, as far as this program asks for it (CONTRACT.md
/// section 1; parameters of PublishIteration and TrainProject in each version's OpenAPI file; v3.1
/// has no published one and is taken to be as v3.0).
struct api_version {
    std::string_view name; ///< as it stands in the path: "v3.3"
    bool overwrite;        ///< publish can take a name from the iteration that holds it
    bool selected_tags;    ///< train takes a body of training parameters
};

inline constexpr std::array api_versions{
    api_version{"v3.0", false, false},       api_version{"v3.1", false, false},
    api_version{"v3.2", false, true},        api_version{"v3.3", true, true},
    api_version{"v3.4-preview", true, true},
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

} // namespace retraind::customvision
