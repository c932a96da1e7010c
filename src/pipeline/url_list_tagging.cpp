// Addresses that the project has an image of: their tags and boxes are made sure of as those of
// pictures.
#include <utility>

#include <fmt/format.h>

#include "url_list_run.hpp"

namespace retraind::pipeline {

void url_list_run::ensure_labels(batch::item_id id, image_id image, bool look_first) {
    const planned& each = planned_.at(id);
    tagging_order wanted;
    wanted.image = image;
    wanted.tags = tags_of(each.entry);
    wanted.regions = each.entry.regions;
    // Which boxes an image has nobody but the service knows.
    wanted.look_first = look_first || !wanted.regions.empty();
    ++being_tagged_;
    tagging_.add(*this, id, std::move(wanted));
}

/// Its image is somebody else's business no more.
void url_list_run::come_back() {
    --being_tagged_;
    wakeup_.notify();
}

std::string url_list_run::place_of(journey_number number) const {
    return fmt::format("{}, line {}", place_.absolute(),
                       planned_.at(number).picture.lines.front().line);
}

std::vector<std::string> url_list_run::labels_of(journey_number number) const {
    return planned_.at(number).labels;
}

task<void> url_list_run::settle(settled_batch batch) {
    ledger::url_record ended;
    for (settled_file& file : batch.files) {
        const planned each = std::move(planned_.at(file.number));
        planned_.erase(file.number);
        note(each, {file.result, file.image, std::move(file.reason)}, ended);
    }
    count();
    co_await record(std::move(ended));
    for (std::size_t each = 0; each < batch.files.size(); ++each) {
        come_back();
    }
}

void url_list_run::hold(journey_number number, std::string sentence) {
    hold_lines(planned_.at(number).picture, sentence);
    planned_.erase(number);
    come_back();
}

bool url_list_run::may_go_back(journey_number number) {
    return ++planned_.at(number).returns <= most_returns;
}

void url_list_run::send_back(journey_number number) {
    anew_.push_back(number);
    come_back();
}

void url_list_run::send_as_new(journey_number number) {
    planned_.at(number).known.reset();
    send_back(number);
}

/// Until nobody else has anything of this list in hand.
task<void> url_list_run::until_tagged() {
    while (being_tagged_ > 0 && !project_.common.stop.requested()) {
        co_await wait_until(mono_time::max());
    }
}

} // namespace retraind::pipeline
