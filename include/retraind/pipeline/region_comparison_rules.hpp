#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/customvision/types.hpp"

namespace retraind::pipeline {

/// Whether two boxes are one: the same tag, and no edge further apart than a tenth of a pixel of
/// the largest picture that the service takes (10,240; CONTRACT.md section 4). The service keeps
/// single precision, so a box never comes back as it was sent.
[[nodiscard]] bool same_region(const customvision::region& left, const customvision::region& right);

/// Those of `wanted` that are not among `present`, each once.
[[nodiscard]] std::vector<customvision::region>
missing_regions(const std::vector<customvision::region>& wanted,
                const std::vector<customvision::region>& present);

/// Whether an image with so many boxes can take so many more.
[[nodiscard]] bool has_room_for_regions(std::size_t present, std::size_t missing);

/// The tags of `regions`, each once.
[[nodiscard]] std::vector<tag_id> tags_of(const std::vector<customvision::region>& regions);
/// Those of `tags` that do not come with one of `regions`: the service gives an image the tag of
/// its box together with the box (CONTRACT.md section 2.1).
[[nodiscard]] std::vector<tag_id> without_tags_of(std::vector<tag_id> tags,
                                                  const std::vector<customvision::region>& regions);

/// Why a picture is held whose boxes do not all fit on its image.
[[nodiscard]] std::string too_many_regions_sentence(image_id image, std::size_t present,
                                                    std::size_t missing);
/// The same where the service says it, and not how many it has.
[[nodiscard]] std::string too_many_regions_sentence(image_id image);

} // namespace retraind::pipeline
