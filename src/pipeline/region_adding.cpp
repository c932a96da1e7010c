#include "retraind/pipeline/region_adding.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "retraind/pipeline/region_comparison_rules.hpp"

namespace retraind::pipeline {
namespace {

using customvision::image_region;

constexpr std::size_t most_regions_a_call = 64; ///< CONTRACT.md section 2

/// Answers come in an order of their own, and rounded (CONTRACT.md section 2.1).
bool mentions(const std::vector<image_region>& list, const image_region& wanted) {
    return std::any_of(list.begin(), list.end(), [&wanted](const image_region& each) {
        return each.image == wanted.image && same_region(each.box, wanted.box);
    });
}

void judge(const image_region& wanted, const customvision::image_region_summary& done,
           added_regions& sum) {
    if (mentions(done.exceeded, wanted)) {
        sum.exceeded.push_back(wanted);
    } else if (!mentions(done.created, wanted) && !mentions(done.duplicated, wanted)) {
        sum.unmentioned.push_back(wanted);
    }
}

} // namespace

task<customvision::answer<added_regions>> add_regions(project_state& project,
                                                      std::vector<image_region> wanted) {
    added_regions sum;
    for (std::size_t at = 0; at < wanted.size(); at += most_regions_a_call) {
        const auto first = wanted.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t count = std::min(most_regions_a_call, wanted.size() - at);
        const std::vector<image_region> some(first, first + static_cast<std::ptrdiff_t>(count));
        const customvision::answer<customvision::image_region_summary> done =
            co_await project.common.client.create_image_regions(project.identity.id, some);
        if (!project.contact.heard(done, project.common.time.now())) {
            co_return tl::unexpected(done.error());
        }
        sum.created += done->created.size();
        for (const image_region& each : some) {
            judge(each, *done, sum);
        }
    }
    co_return sum;
}

} // namespace retraind::pipeline
