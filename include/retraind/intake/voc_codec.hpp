#pragma once

#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// Reads `NAME.xml`, Pascal VOC as labelImg writes it: an `object` a box, `bndbox` in pixels of the
/// size that the file states, left = xmin / width, width = (xmax - xmin) / width. A file without a
/// size is taken for one of the picture's own upright size. Where the stated sides are the stored
/// ones of a picture that EXIF turns, the boxes are turned with it. Fails with a sentence that
/// names line and element. Any bytes are safe.
[[nodiscard]] result<sidecar_labels> read_voc(std::string_view text, const picture& shown);

} // namespace retraind::intake
