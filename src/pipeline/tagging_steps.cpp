// What an image's order goes through: a look, its tags, its regions, its end.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/pipeline/region_comparison_rules.hpp"
#include "retraind/pipeline/tagging_loop.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::image_region;

namespace {

// Of one call (CONTRACT.md section 2).
constexpr std::size_t most_images = 256;
constexpr std::size_t most_pairs = 128;
constexpr std::size_t most_regions = 64;
/// How often an answer that does not mention a picture is asked for again, before it is held.
constexpr unsigned most_attempts = 5;

/// Whether one of the regions of that image is among `list`. An order's image is its alone, but for
/// two files of one content, which stand in one project as one.
bool has_one_of(const std::vector<image_region>& list, image_id image) {
    return std::any_of(list.begin(), list.end(),
                       [&image](const image_region& each) { return each.image == image; });
}

} // namespace

tagging_loop::step tagging_loop::step_of(const job& each) {
    if (each.look_first) {
        return step::look;
    }
    return each.tags.empty() && !each.regions.empty() ? step::mark : step::tag;
}

std::size_t tagging_loop::size_of(const job& each) {
    switch (step_of(each)) {
    case step::look:
        break;
    case step::tag:
        return each.tags.size();
    case step::mark:
        return each.regions.size();
    }
    return 1;
}

std::size_t tagging_loop::most_of(step next) {
    switch (next) {
    case step::look:
        break;
    case step::tag:
        return most_pairs;
    case step::mark:
        return most_regions;
    }
    return most_images;
}

bool tagging_loop::has_all_tags(const job& each) const {
    return project_.tags.has(each.tags) && project_.tags.has(tags_of(each.regions));
}

settled_file tagging_loop::end_of(const job& each) {
    settled_file file;
    file.number = each.number;
    file.result = each.result;
    file.image = each.image;
    return file;
}

/// It has its outcome when nothing is left to do.
void tagging_loop::go_on(job each, settled_batch& ended) {
    if (each.tags.empty() && each.regions.empty()) {
        ended.files.push_back(end_of(each));
    } else {
        put_back({std::move(each)});
    }
}

task<void> tagging_loop::mark(jobs group) {
    std::vector<image_region> wanted;
    for (const job& each : group) {
        for (const customvision::region& box : each.regions) {
            wanted.push_back({each.image, box});
        }
    }
    const customvision::answer<added_regions> done =
        co_await add_regions(project_, std::move(wanted));
    if (!done) {
        co_await fail(std::move(group), done.error());
        co_return;
    }
    on_judged();
    say_marked(group.size(), done->created);
    tagging_owner& owner = *group.front().owner;
    settled_batch ended;
    bool some_again = false;
    for (job& each : group) {
        some_again = !judge_marked(std::move(each), *done, ended) || some_again;
    }
    co_await finish(owner, std::move(ended), some_again);
}

void tagging_loop::say_marked(std::size_t images, std::size_t regions) {
    if (regions > 0) {
        project_.emit(
            event_name::regions_created, severity::info,
            fmt::format("{} boxes added to {} pictures that the project has", regions, images),
            {{"regions", regions}, {"images", images}});
    }
}

bool tagging_loop::judge_marked(job each, const added_regions& done, settled_batch& ended) {
    if (has_one_of(done.exceeded, each.image)) {
        each.owner->hold(each.number, too_many_regions_sentence(each.image));
        return true;
    }
    if (has_one_of(done.unmentioned, each.image)) {
        return look_once_more(std::move(each), "boxes");
    }
    each.regions.clear();
    go_on(std::move(each), ended);
    return true;
}

/// An answer left it out; a read tells, some times. True where that was often enough.
bool tagging_loop::look_once_more(job each, const char* what) {
    if (++each.attempts >= most_attempts) {
        each.owner->hold(each.number,
                         fmt::format("its {} were to be set {} times, and the service's "
                                     "answer does not mention them",
                                     what, each.attempts));
        return true;
    }
    each.look_first = true;
    put_back({std::move(each)});
    return false;
}

task<void> tagging_loop::finish(tagging_owner& owner, settled_batch ended, bool some_again) {
    if (!ended.files.empty()) {
        co_await owner.settle(std::move(ended));
    }
    if (!some_again) {
        patience_.success();
        co_return;
    }
    failure later;
    later.cause.message =
        "the service's answer does not mention some tags or boxes that were to be set";
    co_await pause(std::move(later));
}

} // namespace retraind::pipeline
