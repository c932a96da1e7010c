// What the tags and the limits of the project mean for addresses that are sent.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/customvision/image_status_rules.hpp"
#include "retraind/pipeline/label_share_rules.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "url_list_run.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::image_result;

/// As far as can be sent; while nothing can be, to the end, because what the ledger knows needs no
/// room. Tags can be set in a full project, so what waits for that is bounded there.
bool url_list_run::may_read_on() const {
    if (read_) {
        return false;
    }
    if (project_.capacity.read_only()) {
        return true;
    }
    return (project_.capacity.full() ? being_tagged_ : in_hand()) < enough_;
}

/// An address for which there is neither room in the project nor in memory. Tags need no room.
bool url_list_run::must_pass_over(const planned& each) const {
    const bool waits = each.known ? project_.capacity.read_only() : project_.capacity.closed();
    return waits && in_hand() >= enough_;
}

/// All that was in hand has its end, so what is open was passed over.
void url_list_run::read_from_the_top() {
    file_ = std::make_shared<std::optional<intake::url_list_file>>();
    pictures_ = intake::url_picture_tracker(survey_.addresses);
    next_ordinal_ = 0;
    read_ = false;
    passed_over_ = false;
}

/// The oldest that are planned, as many as the project has room for; nothing where it has none.
std::optional<url_list_run::items> url_list_run::next_batch() {
    if (project_.room_for(1) == 0) {
        return std::nullopt;
    }
    std::optional<items> batch = planner_.take(project_.options.batch.max_bytes);
    const std::size_t room = batch ? std::min(project_.room_for(batch->size()), most_at_once_) : 0;
    if (batch && room < batch->size()) {
        const auto first = batch->begin() + static_cast<std::ptrdiff_t>(room);
        put_back({std::make_move_iterator(first), std::make_move_iterator(batch->end())});
        batch->erase(first, batch->end());
    }
    return batch;
}

/// Until something that was put off is due, or somebody says that something is different.
task<void> url_list_run::wait() {
    mono_time due = mono_time::max();
    for (const put_off& each : later_) {
        due = std::min(due, each.due);
    }
    co_await wait_until(due);
}

/// Whether nothing of it can go on before the project takes pictures, or is written to, again.
bool url_list_run::waits_for_project() const {
    if (project_.capacity.read_only()) {
        return in_hand() > 0;
    }
    return project_.capacity.full() && planner_.size() > 0 && being_tagged_ == 0;
}

task<void> url_list_run::wait_until(mono_time due) {
    if (waits_for_project() && !std::exchange(said_waiting_, true)) {
        say_waiting();
    }
    waits_ = true;
    co_await wakeup_.wait_until(due);
    waits_ = false;
}

void url_list_run::say_waiting() {
    const std::string path = place_.absolute();
    const std::string why = project_.capacity.why_full().value_or(
        "the service keeps the project read-only for now (drModeEnabled)");
    project_.emit(event_name::file_waiting, severity::info,
                  fmt::format("{}: {} of its lines wait: {}", printable(path), lines_.open(), why),
                  {{"path", path}, {"lines", lines_.open()}});
}

/// Those of its regions too, each once.
std::vector<tag_id> url_list_run::tags_of(const customvision::url_entry& entry) {
    std::set<tag_id> tags(entry.tags.begin(), entry.tags.end());
    for (const customvision::region& region : entry.regions) {
        tags.insert(region.tag);
    }
    return {tags.begin(), tags.end()};
}

/// What of it one request takes; all of it for nearly all.
customvision::url_entry url_list_run::first_part(const planned& each) const {
    label_shares shares =
        share_labels(tags_of(each.entry), each.entry.regions, project_.options.batch.max_tags);
    if (shares.rest.empty()) {
        return each.entry;
    }
    customvision::url_entry part;
    part.url = each.entry.url;
    part.tags = std::move(shares.first.tags);
    part.regions = std::move(shares.first.regions);
    return part;
}

/// Of an address whose image is there with its first tags: true where others are to follow, and
/// with them its outcome. After a crash before that it is a duplicate that lacks some.
bool url_list_run::add_rest(batch::item_id id, image_id image) {
    const customvision::url_entry& entry = planned_.at(id).entry;
    label_share rest =
        share_labels(tags_of(entry), entry.regions, project_.options.batch.max_tags).rest;
    if (rest.empty()) {
        return false;
    }
    tagging_order wanted;
    wanted.image = image;
    wanted.tags = std::move(rest.tags);
    wanted.regions = std::move(rest.regions);
    wanted.result = outcome::confirmed;
    ++being_tagged_;
    tagging_.add(*this, id, std::move(wanted));
    return true;
}

/// After a refusal that an unknown tag may have caused: those that carry one have their tags found
/// anew. Returns the others; all where there is none.
task<url_list_run::items> url_list_run::without_unknown_tags(items batch, failure why) {
    const customvision::answer<bool> looked = co_await project_.tags.refresh();
    if (looked) {
        std::erase_if(batch, [&](const batch::item& item) {
            const bool known = project_.tags.has(tags_of(planned_.at(item.id).entry));
            if (!known) {
                find_tags_anew(item.id, why.cause.message);
            }
            return !known;
        });
    }
    co_return batch;
}

void url_list_run::find_tags_anew(batch::item_id id, const std::string& why) {
    if (may_go_back(id)) {
        anew_.push_back(id);
        return;
    }
    const planned& each = planned_.at(id);
    hold_lines(each.picture, tags_unknown_sentence(each.returns, why));
    planned_.erase(id);
}

task<void> url_list_run::plan_anew() {
    for (const batch::item_id id : std::exchange(anew_, {})) {
        planned each = std::move(planned_.at(id));
        planned_.erase(id);
        co_await plan(std::move(each));
    }
}

task<void> url_list_run::plan_without_tags() {
    for (planned& each : std::exchange(without_tags_, {})) {
        co_await plan(std::move(each));
    }
}

/// What the status alone does not tell; false where it does.
bool url_list_run::take_special(const batch::item& item, const image_result& found,
                                answered_batch& batch) {
    planned& each = planned_.at(item.id);
    const std::vector<tag_id> tags = tags_of(each.entry);
    sent_tags sent;
    sent.count = tags.size();
    sent.one_is_gone = batch.tags_looked_at && !project_.tags.has(tags);
    sent.several_allowed = project_.identity.several_tags();
    switch (judge_meaning(found, sent)) {
    case answer_meaning::as_it_says: {
        const bool confirmed =
            customvision::rule_on_image(found).meaning == customvision::image_verdict::confirmed;
        return confirmed && add_rest(item.id, *found.id); // one without its image is none
    }
    case answer_meaning::tags_gone:
        find_tags_anew(item.id, found.status);
        return true;
    case answer_meaning::tags_to_ensure:
        ensure_labels(item.id, *found.id, true);
        return true;
    case answer_meaning::no_room:
        batch.again.push_back(item);
        project_.capacity.on_refused();
        project_.ask_capacity();
        return true;
    case answer_meaning::other_tag:
        hold_lines(each.picture, other_tag_sentence(each.labels, ""));
        planned_.erase(item.id);
        return true;
    }
    return false;
}

} // namespace retraind::pipeline
