#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"

namespace retraind::intake {

/// The first folder below the watched one.
struct tags_from_folder {};
/// Every folder level between the watched one and the picture.
struct tags_from_folders {};
/// A regular expression over the file name; its group `tag` is the tag.
struct tags_from_pattern {
    std::string pattern; ///< ECMAScript, with exactly one group named `tag`
};
struct tags_fixed {
    std::vector<std::string> names;
};
struct tags_none {};

using tag_source =
    std::variant<tags_from_folder, tags_from_folders, tags_from_pattern, tags_fixed, tags_none>;

/// Whether a pattern can be used: it compiles and has exactly one group, named `tag`. The error is
/// a sentence with the mend.
[[nodiscard]] result<void> check_tag_pattern(const std::string& pattern);
/// Whether each name can be a tag: UTF-8, not blank, and at least one. The error is a sentence.
[[nodiscard]] result<void> check_fixed_tags(const std::vector<std::string>& names);
/// Whether a name can be the folder of negative pictures: one folder's name, UTF-8, not blank. The
/// error is a sentence.
[[nodiscard]] result<void> check_negative_folder(const std::string& name);

enum class unlabelled { hold, untagged };

/// What may lie beside a picture and say its regions and further tags.
enum class sidecar_format {
    yolo, ///< NAME.txt, with classes.txt
    voc,  ///< NAME.xml, Pascal VOC
    coco, ///< one file for a folder
    json, ///< NAME.json, our own
};

/// The patterns of file names that are sidecars of these formats and never pictures.
[[nodiscard]] std::vector<std::string> sidecar_patterns(const std::vector<sidecar_format>& formats);

/// What becomes of a picture that the service does not take for its bytes or its sides alone.
enum class oversize { reject, shrink };

/// What the service takes as a picture's metadata: the smaller limits of those that its versions
/// publish (v3.3: 50 pairs of 256 and 512; v3.4-preview: 10 of 128 and 256), in characters.
struct metadata_limits {
    std::size_t pairs = 10;
    std::size_t key = 128;
    std::size_t value = 256;
};

/// What one watched folder's pictures are.
struct options {
    tag_source tags = tags_from_folder{};
    unlabelled without_label = unlabelled::hold;
    bool create_tags = true;
    /// A folder of this name carries the project's Negative tag; nothing: no folder does.
    std::optional<std::string> negative_folder;
    /// A picture without its end is called truncated after this long without change.
    duration truncated_after = std::chrono::hours(1);
    /// Looked for in this order, each once; the first that speaks of regions decides about them.
    std::vector<sidecar_format> sidecars;
    /// How long a complete picture waits for its sidecar.
    duration sidecar_wait = std::chrono::seconds(30);
    oversize too_large = oversize::reject;
    /// UTF-8; the same for every picture of the folder.
    std::map<std::string, std::string> metadata;
};

} // namespace retraind::intake
