#include "retraind/customvision/image_status_rules.hpp"

#include "retraind/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace retraind::customvision {
namespace {

struct status_rule {
    std::string_view status;
    image_verdict meaning;
    std::string_view sentence;
    std::string_view mend;
};

constexpr std::array status_rules{
    status_rule{"OKDuplicate", image_verdict::duplicate, "", ""},

    status_rule{"ErrorStorage", image_verdict::retry, "the service could not store the picture",
                ""},
    status_rule{"ErrorUnknown", image_verdict::retry,
                "the service failed on the picture without saying why", ""},
    status_rule{"ErrorSource", image_verdict::retry,
                "the service could not read the picture's "
                "source",
                ""},

    status_rule{"ErrorImageFormat", image_verdict::reject,
                "the service cannot read it as a JPEG, PNG, BMP or GIF picture",
                "save it again as JPEG or PNG"},
    status_rule{"ErrorImageSize", image_verdict::reject,
                "the service takes no picture of so many bytes", "make it smaller"},
    status_rule{"ErrorImageDimensions", image_verdict::reject,
                "the service takes no picture of that width and height",
                "scale it to at most 10,240 pixels a side and 25:1"},
    status_rule{"ErrorNegativeAndRegularTagOnSameImage", image_verdict::reject,
                "it has the project's negative tag and another one",
                "leave it in one place only: with the negative tag, or with the others"},
    status_rule{"ErrorInvalidTag", image_verdict::reject, "one of its tags is not in the project",
                "see in the portal whether the tag was deleted, then retry the file"},
    status_rule{"ErrorInvalidRegion", image_verdict::reject,
                "one of its regions does not lie within the picture",
                "correct the regions: left, top, width and height as fractions of the picture"},

    status_rule{"ErrorLimitExceed", image_verdict::needs_operator,
                "the project can take no more pictures",
                "delete pictures from the project, or use a larger tier"},
    status_rule{"ErrorTagLimitExceed", image_verdict::needs_operator,
                "the limit of tags is reached",
                "delete tags from the project, or give the picture fewer"},
    status_rule{"ErrorRegionLimitExceed", image_verdict::needs_operator,
                "the limit of regions is reached", "give the picture fewer regions"},
};

} // namespace

image_ruling rule_on_image(const image_result& answered) {
    std::string code = printable(answered.status);
    if (answered.status == "OK") {
        if (answered.id) {
            return {image_verdict::confirmed, std::move(code), "", ""};
        }
        return {image_verdict::retry, std::move(code), "the service gave the picture no id", ""};
    }
    const auto rule = std::find_if(
        status_rules.begin(), status_rules.end(),
        [&answered](const status_rule& each) { return each.status == answered.status; });
    if (rule == status_rules.end()) {
        std::string sentence =
            fmt::format("the service answered {}, a status that is not known here", code);
        return {image_verdict::retry, std::move(code), std::move(sentence), ""};
    }
    return {rule->meaning, std::move(code), std::string(rule->sentence), std::string(rule->mend)};
}

} // namespace retraind::customvision
