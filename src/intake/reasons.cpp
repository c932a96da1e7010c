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
            fmt::format("{} tags; a request takes at most {}", tags, limit),
            "give it fewer labels"};
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
