#include "retraind/pipeline/tag_directory.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace retraind::pipeline {

using customvision::answer;

namespace {

intake::tag_role kind_of(customvision::tag_type type) {
    switch (type) {
    case customvision::tag_type::regular:
        return intake::tag_role::regular;
    case customvision::tag_type::negative:
        return intake::tag_role::negative;
    case customvision::tag_type::other:
        break;
    }
    return intake::tag_role::other;
}

} // namespace

tag_directory::tag_directory(shared& common, service_contact& contact, std::string project_label,
                             project_id project, intake::tag_terms terms)
    : common_(common),
      contact_(contact),
      label_(std::move(project_label)),
      project_(project),
      rules_(terms) {}

task<answer<bool>> tag_directory::refresh() {
    const answer<std::vector<customvision::tag>> tags = co_await common_.client.get_tags(project_);
    if (!contact_.heard(tags, common_.time.now())) {
        co_return tl::unexpected(tags.error());
    }
    std::vector<intake::known_tag> fresh;
    for (const customvision::tag& each : *tags) {
        fresh.push_back({each.name, each.id, kind_of(each.type)});
    }
    // The service lists tags in no order of its own (CONTRACT.md section 2.1).
    std::sort(fresh.begin(), fresh.end(),
              [](const auto& left, const auto& right) { return left.id < right.id; });
    const bool differs = fresh != known_;
    known_ = std::move(fresh);
    rules_.set_known(known_);
    co_return differs;
}

task<answer<intake::tag_resolution>> tag_directory::resolve(intake::labels wanted,
                                                            bool create_tags) {
    while (true) {
        intake::tag_resolution resolution = rules_.resolve(wanted, create_tags);
        const auto* tags = std::get_if<intake::resolved_tags>(&resolution);
        if (tags == nullptr) {
            co_return resolution;
        }
        say(*tags);
        std::string missing;
        intake::tag_role kind = intake::tag_role::regular;
        if (tags->create_negative) {
            missing = intake::negative_tag_name;
            kind = intake::tag_role::negative;
        } else if (tags->to_create.empty()) {
            co_return resolution;
        } else {
            missing = tags->to_create.front();
        }
        const answer<void> created = co_await create(missing, kind);
        if (!created) {
            co_return tl::unexpected(created.error());
        }
    }
}

bool tag_directory::lacks(const intake::labels& wanted, bool create_tags) {
    const intake::tag_resolution resolution = rules_.resolve(wanted, create_tags);
    const auto* tags = std::get_if<intake::resolved_tags>(&resolution);
    if (tags == nullptr) {
        return false;
    }
    say(*tags); // the rules take it for said
    return tags->create_negative || !tags->to_create.empty();
}

task<answer<void>> tag_directory::create(std::string name, intake::tag_role kind) {
    customvision::tag_type type = customvision::tag_type::regular;
    if (kind == intake::tag_role::negative) {
        type = customvision::tag_type::negative;
    }
    const answer<customvision::tag> made = co_await common_.client.create_tag(project_, name, type);
    if (contact_.heard(made, common_.time.now())) {
        common_.events.emit({event_name::tag_created,
                             severity::info,
                             label_,
                             fmt::format("made the tag \"{}\"", made->name),
                             {{"tag", made->name}, {"tag_id", to_string(made->id)}}});
        known_.push_back({made->name, made->id, kind});
        rules_.add_known(known_.back());
        co_return answer<void>();
    }
    // After an unclear answer, or where somebody else was faster, the tag may be there by now.
    const answer<bool> looked = co_await refresh();
    if (looked && knows(name, kind)) {
        co_return answer<void>();
    }
    co_return tl::unexpected(made.error());
}

bool tag_directory::knows(const std::string& name, intake::tag_role kind) const {
    // The Negative tag goes by its type: a person may have made it under another name.
    return std::any_of(known_.begin(), known_.end(), [&](const intake::known_tag& tag) {
        return tag.kind == kind && (kind == intake::tag_role::negative || tag.name == name);
    });
}

bool tag_directory::has(const std::vector<tag_id>& tags) const {
    return std::all_of(tags.begin(), tags.end(), [this](const tag_id& wanted) {
        return std::any_of(known_.begin(), known_.end(),
                           [&](const intake::known_tag& tag) { return tag.id == wanted; });
    });
}

std::string tag_directory::names_of(const std::vector<tag_id>& tags) const {
    std::vector<std::string> names;
    for (const tag_id& wanted : tags) {
        const auto found =
            std::find_if(known_.begin(), known_.end(),
                         [&](const intake::known_tag& tag) { return tag.id == wanted; });
        names.push_back(found == known_.end() ? to_string(wanted) : found->name);
    }
    return names.empty() ? "no tag" : fmt::format("\"{}\"", fmt::join(names, "\", \""));
}

void tag_directory::say(const intake::resolved_tags& found) {
    for (const intake::tag_alias& alias : found.to_say) {
        common_.events.emit(
            {event_name::configuration_warning,
             severity::warning,
             label_,
             fmt::format("the label \"{}\" goes to the tag \"{}\", which differs only in case",
                         alias.label, alias.tag),
             {{"label", alias.label}, {"tag", alias.tag}}});
    }
}

} // namespace retraind::pipeline
