#include "retraind/pipeline/tagging_loop.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/pipeline/region_comparison_rules.hpp"
#include "retraind/pipeline/tagging_rules.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::image_tag;
using customvision::verdict;

namespace {

bool contains(const std::vector<image_tag>& pairs, const image_tag& wanted) {
    return std::find(pairs.begin(), pairs.end(), wanted) != pairs.end();
}

ledger::rejection rejection_of(const intake::refusal& refusal, const failure& why) {
    ledger::rejection reason;
    reason.code = refusal.code;
    reason.sentence = refusal.sentence;
    reason.mend = refusal.mend;
    reason.attempts = 1;
    reason.service_status = why.status;
    reason.service_code = why.code;
    reason.service_message = why.message;
    reason.request_id = why.request_id;
    return reason;
}

} // namespace

tagging_loop::tagging_loop(project_state& project, settler& ends)
    : project_(project), ends_(ends), wakeup_(project.common.loop) {}

void tagging_loop::add(const journey& each, image_id image, bool look_first) {
    // Which boxes an image has nobody but the service knows.
    add(each.number, {image, each.tags, each.regions, look_first || !each.regions.empty()});
}

void tagging_loop::add(journey_number number, tagging_order wanted) {
    add(ends_, number, std::move(wanted));
}

void tagging_loop::add(tagging_owner& owner, journey_number number, tagging_order wanted) {
    job fresh;
    fresh.owner = &owner;
    fresh.number = number;
    fresh.image = wanted.image;
    fresh.tags = std::move(wanted.tags);
    fresh.regions = std::move(wanted.regions);
    fresh.look_first = wanted.look_first;
    fresh.result = wanted.result;
    waiting_.push_back(std::move(fresh));
    wakeup_.notify();
}

task<void> tagging_loop::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    while (!project_.common.stop.requested()) {
        if (waiting_.empty() || project_.capacity.read_only()) {
            co_await wakeup_.wait();
            continue;
        }
        busy_ = true;
        co_await carry(take_group());
        busy_ = false;
    }
}

/// As many from the front as one call takes, of one owner; the same is to be done with all.
tagging_loop::jobs tagging_loop::take_group() {
    jobs group;
    std::size_t size = 0;
    while (!waiting_.empty()) {
        const job& next = waiting_.front();
        const bool joins = group.empty() || (!next.alone && next.owner == group.front().owner &&
                                             step_of(next) == step_of(group.front()) &&
                                             size + size_of(next) <= most_of(step_of(next)));
        if (!joins) {
            break;
        }
        size += size_of(next);
        group.push_back(next);
        waiting_.pop_front();
        if (group.front().alone) {
            break;
        }
    }
    return group;
}

void tagging_loop::put_back(jobs group) {
    waiting_.insert(waiting_.begin(), std::make_move_iterator(group.begin()),
                    std::make_move_iterator(group.end()));
}

task<void> tagging_loop::carry(jobs group) {
    switch (step_of(group.front())) {
    case step::look:
        co_await look(std::move(group));
        break;
    case step::tag:
        co_await tag(std::move(group));
        break;
    case step::mark:
        co_await mark(std::move(group));
        break;
    }
}

task<void> tagging_loop::look(jobs group) {
    std::vector<image_id> ids;
    for (const job& each : group) {
        ids.push_back(each.image);
    }
    const customvision::answer<std::vector<customvision::image>> found =
        co_await project_.common.client.get_images_by_ids(project_.identity.id, std::move(ids));
    if (!project_.contact.heard(found, project_.common.time.now())) {
        co_await fail(std::move(group), found.error());
        co_return;
    }
    on_judged();
    tagging_owner& owner = *group.front().owner;
    settled_batch ended;
    for (job& each : group) {
        const auto present =
            std::find_if(found->begin(), found->end(), [&each](const customvision::image& image) {
                return image.id == each.image;
            });
        if (present == found->end()) {
            send_again(each);
        } else {
            judge_present(std::move(each), *present, ended);
        }
    }
    if (!ended.files.empty()) {
        co_await owner.settle(std::move(ended));
    }
}

void tagging_loop::judge_present(job each, const customvision::image& present,
                                 settled_batch& ended) {
    const present_verdict found =
        judge_present_tags(project_.identity.kind, each.tags, present.tags);
    if (const auto* conflict = std::get_if<tags_conflict>(&found)) {
        each.owner->hold(each.number, other_tag_sentence(each.owner->labels_of(each.number),
                                                         project_.tags.names_of(conflict->there)));
        return;
    }
    if (const auto* stand = std::get_if<tags_stand>(&found)) {
        say_beside(each, stand->beside);
        each.tags.clear();
    } else {
        each.tags = std::get<tags_lack>(found).missing;
    }
    each.regions = missing_regions(each.regions, present.regions);
    if (!has_room_for_regions(present.regions.size(), each.regions.size())) {
        each.owner->hold(each.number, too_many_regions_sentence(each.image, present.regions.size(),
                                                                each.regions.size()));
        return;
    }
    each.tags = without_tags_of(std::move(each.tags), each.regions);
    each.look_first = false;
    go_on(std::move(each), ended);
}

void tagging_loop::say_beside(const job& each, const std::vector<tag_id>& beside) {
    if (beside.empty()) {
        return;
    }
    const std::string path = each.owner->place_of(each.number);
    project_.emit(event_name::file_duplicate, severity::warning,
                  fmt::format("{}: the project has this picture as image {}, which had the tag {} "
                              "before; see in the portal which is right",
                              printable(path), to_string(each.image),
                              project_.tags.names_of(beside)),
                  {{"path", path}, {"image_id", to_string(each.image)}});
}

task<void> tagging_loop::tag(jobs group) {
    std::vector<image_tag> pairs;
    for (const job& each : group) {
        for (const tag_id& wanted : each.tags) {
            pairs.push_back({each.image, wanted});
        }
    }
    const customvision::answer<customvision::image_tag_summary> done =
        co_await project_.common.client.create_image_tags(project_.identity.id, std::move(pairs));
    if (!project_.contact.heard(done, project_.common.time.now())) {
        co_await fail(std::move(group), done.error());
        co_return;
    }
    on_judged();
    tagging_owner& owner = *group.front().owner;
    settled_batch ended;
    bool some_again = false;
    for (job& each : group) {
        some_again = !judge_tagged(std::move(each), *done, ended) || some_again;
    }
    co_await finish(owner, std::move(ended), some_again);
}

bool tagging_loop::judge_tagged(job each, const customvision::image_tag_summary& done,
                                settled_batch& ended) {
    bool all = true;
    for (const tag_id& wanted : each.tags) {
        const image_tag pair{each.image, wanted};
        if (contains(done.exceeded, pair)) {
            each.owner->hold(
                each.number,
                fmt::format("the project has this picture as image {}, which can take no "
                            "more tags; remove some of its tags in the portal, or give the "
                            "picture fewer labels",
                            to_string(each.image)));
            return true;
        }
        all = all && (contains(done.created, pair) || contains(done.duplicated, pair));
    }
    if (!all) {
        return look_once_more(std::move(each), "tags");
    }
    each.tags.clear();
    go_on(std::move(each), ended);
    return true;
}

/// A call with these did nothing.
task<void> tagging_loop::fail(jobs group, failure why) {
    const bool refused =
        why.meaning == verdict::refused_batch || why.meaning == verdict::needs_operator;
    if (refused || says_read_only(why)) {
        // It is these pictures' matter now: the service hears and answers.
        on_judged();
    }
    if (says_read_only(why)) {
        project_.capacity.on_read_only_refusal();
        put_back(std::move(group));
        project_.ask_capacity();
        co_return;
    }
    if (!refused) {
        put_back(std::move(group));
        co_await pause(std::move(why));
        co_return;
    }
    if (group.size() == 1) {
        co_await refuse(std::move(group.front()), std::move(why));
        co_return;
    }
    for (job& each : group) {
        each.alone = true;
    }
    put_back(std::move(group));
}

/// The service does not take it, and it alone is to blame.
task<void> tagging_loop::refuse(job each, failure why) {
    if (says_image_unknown(why)) {
        send_again(each);
        co_return;
    }
    if (may_mean_unknown_tag(why)) {
        const customvision::answer<bool> fresh = co_await project_.tags.refresh();
        if (fresh && !has_all_tags(each) && each.owner->may_go_back(each.number)) {
            each.owner->send_back(each.number);
            co_return;
        }
    }
    if (why.code == "BadRequestNegativeAndRegularTagOnSameImage") {
        settled_file file;
        file.number = each.number;
        file.result = outcome::rejected;
        file.reason = rejection_of(
            intake::refuse_negative_and_regular(each.owner->labels_of(each.number)), why);
        settled_batch ended;
        ended.files.push_back(std::move(file));
        co_await each.owner->settle(std::move(ended));
        co_return;
    }
    if (!each.looked && why.meaning == verdict::refused_batch) {
        // Nobody documents what is said of an image that is gone; a read tells.
        each.looked = true;
        each.look_first = true;
        put_back({std::move(each)});
        co_return;
    }
    each.owner->hold(
        each.number,
        fmt::format("the project has this picture as image {}, and the service refuses the "
                    "{} that it lacks: {}",
                    to_string(each.image), each.regions.empty() ? "tags" : "tags or boxes",
                    why.cause.message));
}

/// The image that was to get tags is not there any more, so its content is sent as a new one.
void tagging_loop::send_again(const job& each) {
    if (!each.owner->may_go_back(each.number)) {
        each.owner->hold(
            each.number,
            fmt::format("the service calls it a duplicate of image {}, which it does not have",
                        to_string(each.image)));
        return;
    }
    const std::string path = each.owner->place_of(each.number);
    project_.emit(
        event_name::file_waiting, severity::info,
        fmt::format("{}: image {} is not in the project any more; the picture is sent again",
                    printable(path), to_string(each.image)),
        {{"path", path}, {"image_id", to_string(each.image)}});
    each.owner->send_as_new(each.number);
}

/// The service has judged a call, for good or ill.
void tagging_loop::on_judged() {
    failures_in_a_row_ = 0;
    project_.health.clear("tagging");
}

task<void> tagging_loop::pause(failure why) {
    shared& common = project_.common;
    const bool stopped =
        why.meaning == verdict::unauthorised || why.meaning == verdict::missing_project;
    ++failures_in_a_row_;
    if (why.meaning != verdict::abandoned && why.meaning != verdict::throttled &&
        (stopped || failures_in_a_row_ > 1)) {
        project_.health.block("tagging", why.cause.message);
    }
    const duration span = patience_.after(why, common.random());
    co_await common.stop.sleep_for(span);
    if (stopped && !common.stop.requested()) {
        const result<void> key = co_await common.reload_key();
        if (!key) {
            project_.health.block("tagging", key.error().message);
        }
    }
}

} // namespace retraind::pipeline
