#pragma once

#include <span>
#include <string_view>

namespace sandbox::service {

struct model_information {
    int megabytes = 0;
    std::string_view description;
};

struct domain {
    std::string_view id;
    std::string_view name;
    std::string_view type; ///< Classification or ObjectDetection
    std::span<const std::string_view> platforms;
    model_information model; ///< only of exportable domains

    [[nodiscard]] bool exportable() const { return !platforms.empty(); }
    [[nodiscard]] bool classifies() const { return type == "Classification"; }
};

/// The fourteen domains in the order of the service (CONTRACT.md section 3, recorded 2020-11).
[[nodiscard]] std::span<const domain> all_domains();

/// By id, case ignored; nullptr where there is none.
[[nodiscard]] const domain* find_domain(std::string_view id);

inline constexpr std::string_view default_domain_id = "ee85a74c-405e-4adc-bb47-ffa8ca0c9f31";

} // namespace sandbox::service
