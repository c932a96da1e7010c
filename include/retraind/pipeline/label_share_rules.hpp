#pragma once

#include <cstddef>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/customvision/types.hpp"

namespace retraind::pipeline {

struct label_share {
    std::vector<tag_id> tags;
    std::vector<customvision::region> regions;

    [[nodiscard]] bool empty() const noexcept { return tags.empty() && regions.empty(); }
};

/// A picture's labels, in two: an image may have 100 tags, and a request that creates images brings
/// at most 20 (CONTRACT.md sections 2 and 4), so the rest is added to the image that it has made.
struct label_shares {
    label_share first; ///< go with the picture
    label_share rest;  ///< follow it; empty for nearly all
};

/// `most_tags` is a request's limit. Regions go with their tag; those whose tag follows bring it.
[[nodiscard]] label_shares share_labels(const std::vector<tag_id>& tags,
                                        const std::vector<customvision::region>& regions,
                                        std::size_t most_tags);

} // namespace retraind::pipeline
