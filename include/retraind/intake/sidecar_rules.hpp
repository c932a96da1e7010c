#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/intake/options.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// The classes of YOLO files, in their folder or one above it up to the watched one.
inline constexpr std::string_view yolo_classes_name = "classes.txt";

/// What a folder's COCO file is called: Roboflow's name, what people write by hand, and the name
/// that CVAT gives to boxes. In the picture's folder or one above it up to the watched one.
inline constexpr std::array<std::string_view, 4> coco_names{
    "_annotations.coco.json", "annotations.json", "instances_default.json", "coco.json"};

/// The names that a picture's own sidecar of that format may have, below the watched folder; none
/// for COCO, and none that a folder's own file has (`classes.jpg` has no YOLO sidecar).
[[nodiscard]] std::vector<std::string> sidecar_paths(std::string_view picture_path,
                                                     sidecar_format format);

/// The folders in which a folder's own file is looked for: the picture's first, then upwards; ""
/// is the watched one.
[[nodiscard]] std::vector<std::string> folders_upwards(std::string_view picture_path);

/// `name` in `folder`, which may be "".
[[nodiscard]] std::string path_in(std::string_view folder, std::string_view name);

/// All tags that a sidecar brings: the picture's own and those of its regions; sorted, unique.
[[nodiscard]] std::vector<std::string> tags_of(const sidecar_labels& said);

} // namespace retraind::intake
