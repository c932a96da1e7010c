#include "sandbox/service/image_rules.hpp"

#include <algorithm>

#include "sandbox/service/limits.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::service {

namespace {

bool has_good_dimensions(const picture_facts& facts) {
    const unsigned longer = std::max(facts.width, facts.height);
    const unsigned shorter = std::min(facts.width, facts.height);
    return shorter > 0 && longer <= image_side_max && longer <= shorter * image_aspect_max;
}

/// Half a pixel of the largest picture: what single precision may make of an edge at 1.
constexpr double edge = 1.0 + 1.0 / (2.0 * image_side_max);

bool is_inside(const box& place) {
    return place.left >= 0 && place.top >= 0 && place.width > 0 && place.height > 0 &&
           place.left + place.width <= edge && place.top + place.height <= edge;
}

bool contains(const std::vector<std::string>& types, std::string_view type) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

} // namespace

std::optional<std::string_view>
refuse_picture(std::size_t bytes, const std::optional<picture_facts>& facts, int minor) {
    if (bytes > training_image_bytes) {
        return "ErrorImageSize";
    }
    if (!facts) {
        return "ErrorImageFormat";
    }
    if (!has_good_dimensions(*facts)) {
        return version_of(minor).has_dimension_status ? "ErrorImageDimensions" : "ErrorImageFormat";
    }
    return std::nullopt;
}

std::optional<std::string_view> refuse_labels(const label_question& asked, int minor) {
    if (contains(asked.wanted_types, "")) {
        return version_of(minor).has_tag_status ? "ErrorInvalidTag" : "ErrorUnknown";
    }
    if (!std::all_of(asked.wanted_regions.begin(), asked.wanted_regions.end(), is_inside)) {
        return "ErrorInvalidRegion";
    }
    if (asked.present_regions + asked.wanted_regions.size() > regions_per_image) {
        return "ErrorRegionLimitExceed";
    }
    const auto negative = std::count(asked.all_types.begin(), asked.all_types.end(), "Negative");
    if (negative > 0 && static_cast<std::size_t>(negative) < asked.all_types.size()) {
        return "ErrorNegativeAndRegularTagOnSameImage";
    }
    if (asked.all_types.size() > (asked.is_multiclass ? 1 : tags_per_image)) {
        return "ErrorTagLimitExceed";
    }
    return std::nullopt;
}

} // namespace sandbox::service
