#include "retraind/pipeline/region_comparison_rules.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "retraind/intake/region_rules.hpp"

namespace retraind::pipeline {
namespace {

using customvision::region;

constexpr double tolerance = 1e-5;

bool near(double left, double right) {
    return std::abs(left - right) <= tolerance;
}

bool contains(const std::vector<region>& regions, const region& wanted) {
    return std::any_of(regions.begin(), regions.end(),
                       [&wanted](const region& each) { return same_region(each, wanted); });
}

} // namespace

bool same_region(const region& left, const region& right) {
    return left.tag == right.tag && near(left.left, right.left) && near(left.top, right.top) &&
           near(left.left + left.width, right.left + right.width) &&
           near(left.top + left.height, right.top + right.height);
}

std::vector<region> missing_regions(const std::vector<region>& wanted,
                                    const std::vector<region>& present) {
    std::vector<region> missing;
    for (const region& each : wanted) {
        if (!contains(present, each) && !contains(missing, each)) {
            missing.push_back(each);
        }
    }
    return missing;
}

bool has_room_for_regions(std::size_t present, std::size_t missing) {
    return missing == 0 || present + missing <= intake::most_regions;
}

std::vector<tag_id> tags_of(const std::vector<region>& regions) {
    std::vector<tag_id> tags;
    for (const region& each : regions) {
        if (std::find(tags.begin(), tags.end(), each.tag) == tags.end()) {
            tags.push_back(each.tag);
        }
    }
    return tags;
}

std::vector<tag_id> without_tags_of(std::vector<tag_id> tags, const std::vector<region>& regions) {
    std::erase_if(tags, [&regions](const tag_id& tag) {
        return std::any_of(regions.begin(), regions.end(),
                           [&tag](const region& each) { return each.tag == tag; });
    });
    return tags;
}

std::string too_many_regions_sentence(image_id image, std::size_t present, std::size_t missing) {
    return fmt::format("the project has this picture as image {}, which has {} boxes and lacks {} "
                       "of those beside it; the service takes {} on a picture; remove some in the "
                       "portal or in its sidecar",
                       to_string(image), present, missing, intake::most_regions);
}

std::string too_many_regions_sentence(image_id image) {
    return fmt::format("the project has this picture as image {}, and the service says that it can "
                       "take no more boxes; it takes {} on a picture; remove some in the portal or "
                       "in its sidecar",
                       to_string(image), intake::most_regions);
}

} // namespace retraind::pipeline
