#pragma once

#include <string>
#include <vector>

#include "retraind/customvision/failure.hpp"
#include "retraind/intake/tag_resolution_rules.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"

namespace retraind::pipeline {

/// The tags of one project, as the service has them, and the making of new ones. Loop only.
class tag_directory {
public:
    tag_directory(shared& common, service_contact& contact, std::string project_label,
                  project_id project, intake::tag_terms terms);

    /// Asks the service anew; true where the answer differs from what was known.
    [[nodiscard]] task<customvision::answer<bool>> refresh();

    /// The ids that `wanted` stands for; tags that are missing are made where that is allowed.
    [[nodiscard]] task<customvision::answer<intake::tag_resolution>> resolve(intake::labels wanted,
                                                                             bool create_tags);

    /// Whether `resolve` would have to make one of them.
    [[nodiscard]] bool lacks(const intake::labels& wanted, bool create_tags);

    /// Whether the project still has all of these, as far as is known.
    [[nodiscard]] bool has(const std::vector<tag_id>& tags) const;
    /// What the service calls them: a quoted list, for people.
    [[nodiscard]] std::string names_of(const std::vector<tag_id>& tags) const;

    [[nodiscard]] std::size_t size() const noexcept { return known_.size(); }

private:
    [[nodiscard]] task<customvision::answer<void>> create(std::string name, intake::tag_role kind);
    /// Whether what `create` was to make is there.
    [[nodiscard]] bool knows(const std::string& name, intake::tag_role kind) const;
    void say(const intake::resolved_tags& found);

    shared& common_;
    service_contact& contact_;
    std::string label_;
    project_id project_;
    intake::tag_resolution_rules rules_;
    std::vector<intake::known_tag> known_;
};

} // namespace retraind::pipeline
