#include "retraind/intake/reasons.hpp"

#include <fmt/format.h>

namespace retraind::intake {

refusal refuse_empty() {
    return {std::string(code::empty), "0 bytes; there is no picture in it", "copy it here again"};
}

refusal refuse_unreadable(std::string_view why) {
    return {std::string(code::unreadable), std::string(why), "let the daemon's user read it"};
}

refusal refuse_too_many_tags(std::size_t tags, std::size_t limit) {
    return {std::string(code::tag_limit),
            fmt::format("{} tags; a picture takes at most {}", tags, limit),
            "give it fewer labels"};
}

refusal refuse_negative_and_regular(std::span<const std::string> regular) {
    return {std::string(code::negative_and_regular),
            fmt::format("it would get the negative tag and {}; a picture with the negative tag "
                        "shows nothing that another tag stands for",
                        fmt::join(regular, ", ")),
            "move it out of the negative folder, or out from under the other labels"};
}

refusal refuse_tag_conflict(std::span<const std::string> labels) {
    return {std::string(code::tag_conflict),
            fmt::format("{} labels ({}); in a multi-class project a picture has one", labels.size(),
                        fmt::join(labels, ", ")),
            "leave it one label, or make the project multi-label"};
}

refusal refuse_sidecar(std::string_view why) {
    return {std::string(code::sidecar), std::string(why),
            "mend the sidecar, or take it away, and put the picture here again"};
}

} // namespace retraind::intake
