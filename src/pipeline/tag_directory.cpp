#include "retraind/pipeline/tag_directory.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace retraind::pipeline {

using customvision::answer;

tag_directory::tag_directory(shared& common, service_contact& contact, std::string project_label,
                             project_id project, bool one_tag_a_picture)
    : common_(common),
      contact_(contact),
      label_(std::move(project_label)),
      project_(project),
      rules_(one_tag_a_picture) {}

task<answer<bool>> tag_directory::refresh() {
    const answer<std::vector<customvision::tag>> tags = co_await common_.client.get_tags(project_);
    if (!contact_.heard(tags, common_.time.now())) {
        co_return tl::unexpected(tags.error());
    }
    std::vector<intake::known_tag> fresh;
    for (const customvision::tag& each : *tags) {
        if (each.type == customvision::tag_type::regular) {
            fresh.push_back({each.name, each.id});
        }
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
        if (tags->to_create.empty()) {
            co_return resolution;
        }
        const answer<void> created = co_await create(tags->to_create.front());
        if (!created) {
            co_return tl::unexpected(created.error());
        }
    }
}

task<answer<void>> tag_directory::create(std::string name) {
    const answer<customvision::tag> made =
        co_await common_.client.create_tag(project_, name, customvision::tag_type::regular);
    if (contact_.heard(made, common_.time.now())) {
        common_.events.emit({event_name::tag_created,
                             severity::info,
                             label_,
                             fmt::format("made the tag \"{}\"", made->name),
                             {{"tag", made->name}, {"tag_id", to_string(made->id)}}});
        known_.push_back({made->name, made->id});
        rules_.add_known(known_.back());
        co_return answer<void>();
    }
    // After an unclear answer, or where somebody else was faster, the tag may be there by now.
    const answer<bool> looked = co_await refresh();
    const bool there = looked && std::any_of(known_.begin(), known_.end(),
                                             [&](const auto& tag) { return tag.name == name; });
    if (there) {
        co_return answer<void>();
    }
    co_return tl::unexpected(made.error());
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
