#include "retraind/pipeline/sidecar_loader.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/sidecar_rules.hpp"

namespace retraind::pipeline {
namespace {

/// Network shares give no hints, so names are looked for; never all the time.
constexpr duration look_every = std::chrono::seconds(1);
constexpr int rest_after_a_look = 10;

/// A picture that lies there this long has waited for its sidecar in another life.
constexpr auto long_ago = std::chrono::hours(24);

bool has_lain_long(const file_identity& file, wall_time now) {
    const std::chrono::nanoseconds changed(file.changed_ns);
    return now.time_since_epoch() - changed > long_ago;
}

} // namespace

/// What a file thread is asked of one picture.
struct sidecar_loader::question {
    journey_number number = 0;
    intake::sidecar_files* files = nullptr;
    std::string path;
    intake::picture shape;
    bool has_ended = false;
    intake::sidecar_look found;
};

sidecar_loader::sidecar_loader(project_state& project, settler& ends)
    : project_(project), ends_(ends) {}

sidecar_loader::folder_tools* sidecar_loader::tools_of(std::size_t folder) {
    while (tools_.size() < project_.folders.size()) {
        const config::watch_block& options = project_.folders[tools_.size()]->options();
        if (options.intake.sidecars.empty()) {
            tools_.push_back(nullptr);
            continue;
        }
        intake::options lenient = options.intake;
        lenient.without_label = intake::unlabelled::untagged;
        // The same rules were made of the same options for the folder itself.
        tools_.push_back(std::make_unique<folder_tools>(
            folder_tools{intake::sidecar_files(options.watch.path, options.intake.sidecars),
                         intake::label_rules::create(lenient).value()}));
    }
    return tools_[folder].get();
}

task<sidecar_loader::numbers> sidecar_loader::attach(numbers whole, settled_batch& ended) {
    std::vector<question> questions;
    const auto ask = [&](journey_number number, bool has_ended) {
        const journey& each = *project_.slots.find(number);
        if (folder_tools* tools = tools_of(each.folder)) {
            questions.push_back({number, &tools->files, each.file.path, each.shape, has_ended, {}});
            return true;
        }
        return false;
    };
    for (const settled_file& file : ended.files) {
        ask(file.number, true);
    }
    numbers go_on;
    for (const journey_number number : whole) {
        if (!ask(number, false)) {
            go_on.push_back(number);
        }
    }
    if (questions.empty()) {
        co_return go_on;
    }
    auto look = [&questions] {
        for (question& each : questions) {
            if (each.has_ended) {
                each.found.files = each.files->own_files(each.path);
            } else {
                each.found = each.files->look(each.path, each.shape);
            }
        }
    };
    co_await project_.files.run(look);
    for (question& each : questions) {
        journey& asked = *project_.slots.find(each.number);
        if (each.has_ended) {
            asked.sidecars = std::move(each.found.files);
        } else {
            judge(asked, std::move(each.found), go_on, ended);
        }
    }
    co_return go_on;
}

void sidecar_loader::judge(journey& each, intake::sidecar_look found, numbers& whole,
                           settled_batch& ended) {
    if (has_to_wait(each, found)) {
        const std::string path = project_.folder_of(each).absolute(each.file.path);
        project_.emit(event_name::file_waiting, severity::debug,
                      fmt::format("{}: waiting for its sidecar", printable(path)),
                      {{"path", path}});
        ends_.set_aside(each.number);
        return;
    }
    const std::optional<intake::refusal> broken = found.broken;
    const std::uint64_t state = found.state;
    take(each, std::move(found));
    folder_port& folder = project_.folder_of(each);
    if (state != 0 && !folder.options().disposal.rejected) {
        each.beside = state;
    }
    if (folder.has_rejected(each)) {
        folder.reject_beside(each);
        ends_.set_aside(each.number);
        return;
    }
    if (broken) {
        ended.files.push_back(rejected(each.number, *broken));
        return;
    }
    whole.push_back(each.number);
}

bool sidecar_loader::has_to_wait(const journey& each, const intake::sidecar_look& found) {
    const config::watch_block& folder = project_.folder_of(each).options();
    sidecar_tracker::sighting seen;
    seen.where = {each.folder, each.file.path};
    seen.print = each.file.print;
    seen.picture = each.file.identity;
    seen.first_seen = each.file.first_seen;
    seen.long_ago = has_lain_long(each.file.identity, project_.common.time.wall());
    for (const intake::sidecar_file& file : found.files) {
        seen.sidecars.emplace_back(fingerprint(folder.watch.path, file.path, file.identity),
                                   file.identity);
    }
    seen.found = found.found && !found.may_come;
    seen.changing = found.changing;
    seen.state = found.state;
    const sidecar_tracker::limits rule{folder.watch.settle, folder.intake.sidecar_wait};
    return tracker_.judge(seen, rule, project_.common.time.now()).has_value();
}

void sidecar_loader::take(journey& each, intake::sidecar_look found) {
    std::erase_if(found.files, [](const auto& file) { return !file.own; });
    each.sidecars = std::move(found.files);
    if (found.broken) {
        return;
    }
    each.said = std::move(found.labels);
    if (each.said.regions && !project_.identity.detection()) {
        // What a box shows is in the picture: its tag counts, its place has no use here.
        each.said.tags = intake::tags_of(each.said);
        each.said.regions.reset();
        if (!each.said.tags.empty() && !std::exchange(said_no_regions_, true)) {
            project_.emit(event_name::configuration_warning, severity::warning,
                          "a classification project takes no regions; the tags of the boxes in "
                          "sidecars are used as the pictures' own");
        }
    }
}

intake::labelling sidecar_loader::label(const journey& each) {
    const std::vector<std::string> more = intake::tags_of(each.said);
    if (more.empty()) {
        return project_.folder_of(each).labels().label(each.file.path);
    }
    intake::labelling labelling = tools_of(each.folder)->without_hold.label(each.file.path);
    if (auto* labels = std::get_if<intake::labels>(&labelling)) {
        intake::sidecar_labels all{std::move(labels->names), {}};
        all.tags.insert(all.tags.end(), more.begin(), more.end());
        labels->names = intake::tags_of(all);
    }
    return labelling;
}

task<bool> sidecar_loader::place_regions(journey& each) {
    each.regions.clear();
    if (!each.said.regions) {
        co_return true;
    }
    std::map<std::string, tag_id> ids;
    for (const intake::region_label& region : *each.said.regions) {
        if (ids.contains(region.tag)) {
            continue;
        }
        intake::labels wanted;
        wanted.names.push_back(region.tag);
        const customvision::answer<intake::tag_resolution> found =
            co_await project_.tags.resolve(std::move(wanted), false);
        const auto* tags = found ? std::get_if<intake::resolved_tags>(&*found) : nullptr;
        if (tags == nullptr || tags->ids.size() != 1) {
            co_return false;
        }
        ids.emplace(region.tag, tags->ids.front());
    }
    for (const intake::region_label& region : *each.said.regions) {
        each.regions.push_back(
            {ids.at(region.tag), region.left, region.top, region.width, region.height});
    }
    co_return true;
}

task<void> sidecar_loader::look_again() {
    if (project_.common.time.now() >= next_look_at_rejected()) {
        co_await look_at_rejected();
    }
    if (tracker_.size() > 0 && project_.common.time.now() >= next_look_) {
        co_await look_for_changes();
    }
    for (const auto& file : tracker_.due(project_.common.time.now())) {
        project_.folders[file.where.folder]->look_again_at(file.print, file.where.path);
    }
}

task<void> sidecar_loader::look_for_changes() {
    struct look_at {
        sidecar_tracker::waiting_file file;
        intake::sidecar_files* files = nullptr;
        bool differs = false;
    };
    std::vector<look_at> looks;
    for (sidecar_tracker::waiting_file& file : tracker_.waiting()) {
        intake::sidecar_files& files = tools_of(file.where.folder)->files;
        looks.push_back({std::move(file), &files, false});
    }
    auto look = [&looks] {
        for (look_at& each : looks) {
            each.differs = each.files->state(each.file.where.path) != each.file.state;
        }
    };
    const mono_time began = project_.common.time.now();
    co_await project_.files.run(look);
    const mono_time ended = project_.common.time.now();
    for (const look_at& each : looks) {
        if (each.differs) {
            tracker_.wake(each.file.where, ended);
        }
    }
    const auto rest = std::chrono::ceil<duration>(ended - began) * rest_after_a_look;
    next_look_ = ended + std::max(look_every, rest);
}

/// Of pictures that are rejected and stay: where a sidecar has changed, they are tried again.
task<void> sidecar_loader::look_at_rejected() {
    struct look_at {
        std::size_t folder = 0;
        beside_file file;
        bool differs = false;
    };
    std::vector<look_at> looks;
    duration pause = look_every;
    for (std::size_t at = 0; at < project_.folders.size(); ++at) {
        for (beside_file& file : project_.folders[at]->rejected_beside().all()) {
            looks.push_back({at, std::move(file), false});
            pause = std::max(pause, project_.folders[at]->options().watch.scan_every);
        }
    }
    auto look = [this, &looks] {
        for (look_at& each : looks) {
            each.differs = tools_[each.folder]->files.state(each.file.path) != each.file.state;
        }
    };
    const mono_time began = project_.common.time.now();
    co_await project_.files.run(look);
    const mono_time ended = project_.common.time.now();
    for (const look_at& each : looks) {
        if (each.differs) {
            project_.folders[each.folder]->rejected_beside().forget(each.file.path);
            project_.folders[each.folder]->look_again_at(each.file.print, each.file.path);
        }
    }
    const auto rest = std::chrono::ceil<duration>(ended - began) * rest_after_a_look;
    rejected_look_ = ended + std::max(pause, rest);
}

mono_time sidecar_loader::next_look_at_rejected() const {
    const bool some =
        std::any_of(project_.folders.begin(), project_.folders.end(),
                    [](const auto& folder) { return !folder->rejected_beside().empty(); });
    return some ? rejected_look_ : mono_time::max();
}

mono_time sidecar_loader::next_due() const {
    const mono_time rejected = next_look_at_rejected();
    return tracker_.size() == 0 ? rejected : std::min({tracker_.next_due(), next_look_, rejected});
}

} // namespace retraind::pipeline
