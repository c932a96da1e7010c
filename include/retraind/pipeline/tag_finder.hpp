#pragma once

#include <optional>
#include <string_view>

#include "retraind/intake/tag_resolution_rules.hpp"
#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_state.hpp"

namespace retraind::pipeline {

/// Finds or makes the tags that labels stand for, however long the service does not answer. One for
/// each loop that needs tags, with its own name in health. Loop only.
class tag_finder {
public:
    /// `source`: the name in health, a literal.
    tag_finder(project_state& project, std::string_view source)
        : project_(project), source_(source) {}

    /// What the labels stand for; nothing where that cannot be known now: stopping is requested, or
    /// a tag is missing while the project is read-only, and what needs it waits. A tag that the
    /// service does not let be made for another reason holds what needs it.
    [[nodiscard]] task<std::optional<intake::tag_resolution>> find(intake::labels wanted,
                                                                   bool create_tags);

private:
    [[nodiscard]] static intake::tag_resolution hold(const customvision::failure& why);
    [[nodiscard]] task<void> wait_after(customvision::failure why);

    project_state& project_;
    std::string_view source_;
    patience patience_;
};

} // namespace retraind::pipeline
