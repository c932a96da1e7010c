#pragma once

#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <vector>

namespace retraind::customvision {

/// The documents that several bodies are made of. Pure.

[[nodiscard]] boost::json::array ids_of(const std::vector<tag_id>& tags);

/// Tags of one entry that are not `shared`, and its regions, as members of it.
[[nodiscard]] boost::json::object labels_of(const std::vector<tag_id>& tags,
                                            const std::vector<tag_id>& shared,
                                            const std::vector<region>& regions);

/// What stands on a batch beside its entries: `shared` tags and metadata.
[[nodiscard]] boost::json::object batch_members(const std::vector<tag_id>& shared,
                                                const metadata_map& metadata, notation as);

} // namespace retraind::customvision
