// What the tags and the limits of the project mean for pictures that are sent.
#include <algorithm>
#include <iterator>
#include <utility>

#include "retraind/pipeline/answer_rules.hpp"
#include "retraind/pipeline/label_share_rules.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "upload_sending.hpp"

namespace retraind::pipeline {

using customvision::image_result;

bool upload_loop::may_start() const {
    return under_way_ < most_under_way_ && project_.room_for(1) > 0;
}

/// The oldest of them, as many as the project has room for; the others are planned again.
std::vector<batch::item> upload_loop::within_quota(std::vector<batch::item> items) {
    const std::size_t room = project_.room_for(items.size());
    if (room < items.size()) {
        const auto first = items.begin() + static_cast<std::ptrdiff_t>(room);
        put_back({std::make_move_iterator(first), std::make_move_iterator(items.end())});
        items.erase(first, items.end());
    }
    return items;
}

/// Asks for the project's tags where an answer may mean that it has one of them no more.
task<void> upload_loop::look_at_tags(sending& batch) {
    if (leaves_doubt_of_tags(batch.answered.results)) {
        const customvision::answer<bool> looked = co_await project_.tags.refresh();
        batch.tags_looked_at = looked.has_value();
    }
}

/// After a refusal that an unknown tag may have caused: pictures that carry one go back to intake.
/// False where there is none.
task<bool> upload_loop::find_tags_anew(sending& batch) {
    const customvision::answer<bool> looked = co_await project_.tags.refresh();
    if (!looked) {
        co_return false;
    }
    const std::size_t returned = std::erase_if(batch.items, [&](const batch::item& item) {
        journey* each = project_.slots.find(item.id);
        const bool unknown = each != nullptr && !project_.tags.has(each->tags);
        if (unknown) {
            return_to_intake(*each, batch.refused->cause.message);
        }
        return unknown;
    });
    co_return returned > 0;
}

void upload_loop::return_to_intake(journey& each, const std::string& why) {
    if (++each.returns > most_returns) {
        ends_.hold(each.number, tags_unknown_sentence(each.returns, why));
        return;
    }
    ends_.send_back(each.number);
}

/// Of a picture that is there with its first tags: true where others are to follow, and with them
/// its outcome. After a crash before that it is a duplicate that lacks some.
bool upload_loop::add_rest(const journey& each, const image_id& image) {
    label_share rest = share_labels(each.tags, each.regions, most_tags_).rest;
    if (rest.empty()) {
        return false;
    }
    tagging_order wanted;
    wanted.image = image;
    wanted.tags = std::move(rest.tags);
    wanted.regions = std::move(rest.regions);
    wanted.result = outcome::confirmed;
    tagging_.add(each.number, std::move(wanted));
    return true;
}

/// What the status alone does not tell; false where it does.
bool upload_loop::take_special(sending& batch, std::size_t at, const image_result* found,
                               const customvision::image_ruling& ruling) {
    journey& each = *project_.slots.find(batch.items[at].id);
    if (found == nullptr) {
        return false;
    }
    sent_tags sent;
    sent.count = each.tags.size();
    sent.one_is_gone = batch.tags_looked_at && !project_.tags.has(each.tags);
    sent.several_allowed = project_.identity.several_tags();
    switch (judge_meaning(*found, sent)) {
    case answer_meaning::as_it_says:
        return ruling.meaning == customvision::image_verdict::confirmed &&
               add_rest(each, *found->id); // one without its image is no confirmed one
    case answer_meaning::tags_gone:
        return_to_intake(each, ruling.sentence);
        return true;
    case answer_meaning::tags_to_ensure:
        tagging_.add(each, *found->id, true);
        return true;
    case answer_meaning::no_room:
        each.at = journey::stage::planned;
        batch.again.push_back(batch.items[at]);
        project_.capacity.on_refused();
        project_.ask_capacity();
        return true;
    case answer_meaning::other_tag:
        ends_.hold(each.number, other_tag_sentence(each.labels, ""));
        return true;
    }
    return false;
}

} // namespace retraind::pipeline
