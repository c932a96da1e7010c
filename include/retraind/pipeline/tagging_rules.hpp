#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/customvision/failure.hpp"
#include "retraind/pipeline/project_identity.hpp"

namespace retraind::pipeline {

/// How often one picture goes back to have its tags found anew, before it is held.
inline constexpr unsigned most_returns = 3;

/// Whether the status of one image may come from a tag that the project has no more:
/// ErrorInvalidTag, and ErrorUnknown, which older versions said of it (CONTRACT.md section 3).
[[nodiscard]] bool may_mean_unknown_tag(std::string_view image_status) noexcept;
/// Whether a refusal of a whole request may: NotFoundTag, BadRequestImageTags, and
/// BadRequestImageRegions, for a region without its tag is none.
[[nodiscard]] bool may_mean_unknown_tag(const customvision::failure& why) noexcept;
/// Whether an image of the request is not there: NotFoundImage.
[[nodiscard]] bool says_image_unknown(const customvision::failure& why) noexcept;
/// Whether the service keeps the project read-only for now (drModeEnabled).
[[nodiscard]] bool says_read_only(const customvision::failure& why) noexcept;

/// It has all that it is to have, and `beside` too, which a multi-class project does not allow.
struct tags_stand {
    std::vector<tag_id> beside;
};
struct tags_lack {
    std::vector<tag_id> missing;
};
/// In a multi-class project it stands under `there`, and nobody but a person knows which is right.
struct tags_conflict {
    std::vector<tag_id> there;
};
using present_verdict = std::variant<tags_stand, tags_lack, tags_conflict>;

/// What is to be done so that an image of the project, which has the tags `present`, has `wanted`.
[[nodiscard]] present_verdict judge_present_tags(project_type kind,
                                                 const std::vector<tag_id>& wanted,
                                                 const std::vector<tag_id>& present);

/// Why a picture is held whose tags were found that often, and whose sending failed for one of them
/// each time, with `why` last.
[[nodiscard]] std::string tags_unknown_sentence(unsigned times, const std::string& why);

/// Why a picture is held that a multi-class project refuses a tag, or has under other ones.
/// `present` are their quoted names; empty where the service does not say them.
[[nodiscard]] std::string other_tag_sentence(const std::vector<std::string>& labels,
                                             const std::string& present);

} // namespace retraind::pipeline
