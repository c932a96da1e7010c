#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// The names in a YOLO data set's `classes.txt`, one a line, as tags; a class is the number of its
/// line from 0. A blank line keeps its number and has no name. Fails with a sentence that names the
/// line for what cannot name a tag.
[[nodiscard]] result<std::vector<std::string>> read_yolo_classes(std::string_view text);

/// Reads `NAME.txt`: a line a box, `class cx cy width height`, the class a number in `classes`, the
/// rest in parts of the upright picture, the centre first. An empty file says that there is
/// nothing in the picture. Fails with a sentence that names line and field. Any bytes are safe.
[[nodiscard]] result<sidecar_labels>
read_yolo(std::string_view text, std::span<const std::string> classes, const picture& shown);

} // namespace retraind::intake
