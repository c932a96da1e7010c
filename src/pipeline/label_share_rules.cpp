#include "retraind/pipeline/label_share_rules.hpp"

#include <algorithm>
#include <utility>

#include "retraind/pipeline/region_comparison_rules.hpp"

namespace retraind::pipeline {

label_shares share_labels(const std::vector<tag_id>& tags,
                          const std::vector<customvision::region>& regions, std::size_t most_tags) {
    label_shares shares;
    for (const tag_id& tag : tags) {
        const bool fits = shares.first.tags.size() < most_tags;
        (fits ? shares.first : shares.rest).tags.push_back(tag);
    }
    const std::vector<tag_id>& first = shares.first.tags;
    for (const customvision::region& box : regions) {
        const bool goes = std::find(first.begin(), first.end(), box.tag) != first.end();
        (goes ? shares.first : shares.rest).regions.push_back(box);
    }
    shares.rest.tags = without_tags_of(std::move(shares.rest.tags), shares.rest.regions);
    return shares;
}

} // namespace retraind::pipeline
