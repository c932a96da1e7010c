#pragma once

#include <string>
#include <vector>

#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"
#include "retraind/customvision/types.hpp"

namespace retraind::customvision {

/// The small bodies of requests, in any notation (OpenAPI definitions of these names). Pure.

/// TrainingParameters: the tags to train with.
[[nodiscard]] std::string encode_train_body(const std::vector<tag_id>& selected_tags,
                                            notation as = notation::json);
/// ImageUrlCreateBatch; tags that all entries share stand once, on the batch.
[[nodiscard]] std::string encode_url_batch(const url_batch& batch, notation as = notation::json);
/// ImageTagCreateBatch.
[[nodiscard]] std::string encode_image_tags(const std::vector<image_tag>& tags,
                                            notation as = notation::json);
/// ImageRegionCreateBatch.
[[nodiscard]] std::string encode_image_regions(const std::vector<image_region>& regions,
                                               notation as = notation::json);

} // namespace retraind::customvision
