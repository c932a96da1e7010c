// What becomes of each picture of a batch that was answered.
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "retraind/customvision/image_status_rules.hpp"
#include "retraind/pipeline/answer_rules.hpp"
#include "upload_sending.hpp"

namespace retraind::pipeline {

using customvision::image_result;

task<void> upload_loop::take_results(sending& batch) {
    std::unordered_map<std::string_view, const image_result*> by_name;
    for (const image_result& each : batch.answered.results) {
        by_name.emplace(each.source_url, &each);
    }
    co_await look_at_tags(batch);
    settled_batch ended;
    ended.request_id = batch.answered.request_id;
    ended.body_bytes = batch.answered.body_bytes;
    for (std::size_t at = 0; at < batch.items.size(); ++at) {
        const auto found = by_name.find(batch.names[at]);
        take_result(batch, at, found == by_name.end() ? nullptr : found->second, ended);
    }
    co_await ends_.settle(std::move(ended));
    if (!batch.again.empty()) {
        co_await recovery_.put_off();
    }
}

void upload_loop::take_result(sending& batch, std::size_t at, const image_result* found,
                              settled_batch& ended) {
    journey& each = *project_.slots.find(batch.items[at].id);
    each.digest = batch.streams[at]->digest();
    settled_file file;
    file.number = each.number;
    customvision::image_ruling ruling;
    ruling.sentence = "the service's answer does not mention it";
    if (found != nullptr) {
        ruling = customvision::rule_on_image(*found);
        file.image = found->id;
    }
    if (take_special(batch, at, found, ruling)) {
        return;
    }
    switch (ruling.meaning) {
    case customvision::image_verdict::confirmed:
        ended.files.push_back(file);
        return;
    case customvision::image_verdict::duplicate:
        file.result = outcome::duplicate;
        ended.files.push_back(file);
        return;
    case customvision::image_verdict::reject: {
        file.result = outcome::rejected;
        ledger::rejection reason;
        reason.code = ruling.code;
        reason.sentence = ruling.sentence;
        reason.mend = ruling.mend;
        reason.attempts = each.attempts + 1;
        reason.service_status = batch.answered.status;
        reason.service_code = ruling.code;
        reason.request_id = batch.answered.request_id;
        file.reason = std::move(reason);
        ended.files.push_back(std::move(file));
        return;
    }
    case customvision::image_verdict::needs_operator:
        ends_.hold(each.number, fmt::format("{}: {}", ruling.sentence, ruling.mend));
        return;
    case customvision::image_verdict::retry:
        if (++each.attempts >= most_attempts) {
            ends_.hold(each.number, fmt::format("sent {} times without success: {}", each.attempts,
                                                ruling.sentence));
            return;
        }
        batch.again.push_back(batch.items[at]);
    }
}

} // namespace retraind::pipeline
