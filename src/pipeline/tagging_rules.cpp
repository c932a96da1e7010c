#include "retraind/pipeline/tagging_rules.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

std::vector<tag_id> without(std::vector<tag_id> tags, const std::vector<tag_id>& taken) {
    std::erase_if(tags, [&taken](const tag_id& tag) {
        return std::find(taken.begin(), taken.end(), tag) != taken.end();
    });
    return tags;
}

} // namespace

bool may_mean_unknown_tag(std::string_view image_status) noexcept {
    return image_status == "ErrorInvalidTag" || image_status == "ErrorUnknown";
}

bool may_mean_unknown_tag(const customvision::failure& why) noexcept {
    return why.code == "NotFoundTag" || why.code == "BadRequestImageTags" ||
           why.code == "BadRequestImageRegions";
}

bool says_image_unknown(const customvision::failure& why) noexcept {
    return why.code == "NotFoundImage";
}

bool says_read_only(const customvision::failure& why) noexcept {
    return why.code == "ForbiddenDRModeEnabled";
}

present_verdict judge_present_tags(project_type kind, const std::vector<tag_id>& wanted,
                                   const std::vector<tag_id>& present) {
    std::vector<tag_id> missing = without(wanted, present);
    const bool one_tag = kind == project_type::multiclass;
    if (missing.empty()) {
        return tags_stand{one_tag ? without(present, wanted) : std::vector<tag_id>()};
    }
    if (one_tag && !present.empty()) {
        return tags_conflict{present};
    }
    return tags_lack{std::move(missing)};
}

std::string tags_unknown_sentence(unsigned times, const std::string& why) {
    return fmt::format("its tags were found {} times, and the service does not know them when it "
                       "is sent: {}",
                       times, why);
}

std::string other_tag_sentence(const std::vector<std::string>& labels, const std::string& present) {
    std::vector<std::string> quoted;
    for (const std::string& label : labels) {
        quoted.push_back("\"" + printable(label) + "\"");
    }
    return fmt::format(
        "the project has this picture already, under {}; this one lies under {}, and "
        "in a multi-class project a picture has one tag; remove it here, or give it "
        "that tag in the portal",
        present.empty() ? "another tag" : present, fmt::join(quoted, ", "));
}

} // namespace retraind::pipeline
