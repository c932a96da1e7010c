#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace retraind::intake {

/// Why a file is set aside for good: the words of its `reason.json`. `code` is the service's own
/// image status where it has one (CONTRACT.md section 3), else one of ours.
struct refusal {
    std::string code;
    std::string sentence; ///< what is wrong, with the numbers
    std::string mend;     ///< what a person can do about it

    bool operator==(const refusal&) const = default;
};

/// Why a picture stays in its folder until a person or the project changes something.
struct held {
    std::string sentence;

    bool operator==(const held&) const = default;
};

namespace code {
inline constexpr std::string_view image_format = "ErrorImageFormat";
inline constexpr std::string_view image_size = "ErrorImageSize";
inline constexpr std::string_view image_dimensions = "ErrorImageDimensions";
inline constexpr std::string_view tag_limit = "ErrorTagLimitExceed";
inline constexpr std::string_view empty = "Empty";
inline constexpr std::string_view truncated = "Truncated";
inline constexpr std::string_view unreadable = "Unreadable";
inline constexpr std::string_view tag_conflict = "TagConflict";
inline constexpr std::string_view sidecar = "Sidecar";
inline constexpr std::string_view negative_and_regular = "ErrorNegativeAndRegularTagOnSameImage";
} // namespace code

/// A file without a byte.
[[nodiscard]] refusal refuse_empty();

/// A file that cannot be opened or read; `why` is the error's own sentence.
[[nodiscard]] refusal refuse_unreadable(std::string_view why);

/// More tags than a picture can have.
[[nodiscard]] refusal refuse_too_many_tags(std::size_t tags, std::size_t limit);

/// The negative tag beside regular ones; `regular` are their names.
[[nodiscard]] refusal refuse_negative_and_regular(std::span<const std::string> regular);

/// Several labels on a picture of a project whose pictures take one.
[[nodiscard]] refusal refuse_tag_conflict(std::span<const std::string> labels);

/// A sidecar that cannot be used; `why` names its file, the line or member, and the field.
[[nodiscard]] refusal refuse_sidecar(std::string_view why);

} // namespace retraind::intake
